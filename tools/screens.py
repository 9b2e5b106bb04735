"""``make screens``: pictures of the pages that matter most, light and dark, in docs/screens.

Starts the demonstration (as ``make run`` does) unless ``--url`` names a running one. Who may sign in, and where the
centre's devices are, is read from the demonstration's own note beside its data.

    make screens
    .venv/bin/python tools/screens.py --url http://localhost:8000/ --only kiosk board
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import programs
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

BASE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PARVIS_DATA", BASE / "var"))
SCREENS = BASE / "docs" / "screens"
SIZES = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "desk": (1280, 860),
    "kiosk": (1080, 1920),
    "board": (1920, 1080),
}


DEVICES = {"k": "kiosk", "d": "door"}  # as their addresses begin


@dataclass(frozen=True)
class Told:
    """What the demonstration's note says: a password, mailboxes, and the first centre's devices."""

    password: str
    mailboxes: dict[str, str]
    devices: dict[str, str]
    code: str


@dataclass(frozen=True)
class Screen:
    """One picture. ``address``: ``{kiosk}``, ``{board}`` and ``{door}`` are secrets of the demonstration's devices,
    ``{centre}`` is the first centre's part of addresses. ``person``: the mailbox of who is signed in. ``then``: what to do on the page first.
    """

    name: str
    address: str
    size: str = "desk"
    person: str = ""
    language: str = "en"
    then: Callable[[Page, Told], object] = lambda page, told: None


def at_the_desk(page: Page, _told: Told) -> None:
    """Takes the first free seat for every theme and calls the next visitor; where that is done, calls them again."""
    if page.locator("input[name=place], input[name=seat]").count():
        for name in dict.fromkeys(
            page.locator("form .chip input").evaluate_all("all => all.map(one => one.name)")
        ):
            chips = page.locator(f"form .chip input[name={name}]")
            for chip in chips.all() if chips.first.get_attribute("type") == "checkbox" else [chips.first]:
                chip.check(force=True)
        page.locator("main form button.btn-primary").first.click()
        page.wait_for_selector("#desk")
    call = page.locator("button[hx-post$='/calls/'], button[hx-post$='/recall/']")
    if call.count():
        call.first.click()


def take_a_ticket(page: Page, _told: Told) -> None:
    """Answers the door's questions with the first choice until the ticket's own page is there."""
    for _question in range(5):
        if "/t/" in page.url:
            return
        page.locator(".choice").first.click()
        page.wait_for_load_state("load")


def warmly(page: Page, _told: Told) -> None:
    """To the first institution, with the visitor's agreement."""
    page.locator("input[name=to]").first.check(force=True)
    page.locator("input[name=kind][value=warm]").check(force=True)
    page.locator("input[name=agreed]").check(force=True)
    page.evaluate("scrollTo(0, 0)")


def the_first(page: Page, _told: Told) -> None:
    """Where the first choice leads."""
    page.locator(".choice").first.click()
    page.wait_for_load_state("load")


def answer_one(page: Page, _told: Told) -> None:
    """The question that waits longest, taken."""
    page.locator(".question-row form button").first.click()
    page.wait_for_selector("textarea")


def come_back(page: Page, told: Told) -> None:
    """The code of the demonstration's card is typed; the thread opens."""
    page.fill("textarea", told.code)
    page.locator("form[data-code] button").click()
    page.wait_for_url(re.compile(r"/thread/mine/|/threads/.+/"))


def see_the_code(page: Page, _told: Told) -> None:
    """The yes; then the new code."""
    page.check("input[name=agreed]")
    page.locator("main form button").first.click()
    page.wait_for_selector(".code-words")


def with_a_plan(page: Page, _told: Told) -> None:
    """The first draft, finished; where there is none, the planner makes one now."""
    if not page.locator(".plans-one a").count():
        page.locator(".page-head a.btn-primary").click()
        page.wait_for_load_state("load")
        page.locator(".form-actions button.btn-primary").first.click()
        page.wait_for_selector(".plan-grid", timeout=240_000)
        return
    page.locator(".plans-one a").last.click()
    page.wait_for_selector(".plan-grid")


def one_partner(page: Page, _told: Told) -> None:
    """The report of the first partner."""
    page.locator("a[href*='/rota/ledger/partners/']").first.click()
    page.wait_for_load_state("load")


def one_body(page: Page, _told: Told) -> None:
    """The first body: its seats, mandates and meetings."""
    page.locator(".body-card a").first.click()
    page.wait_for_load_state("load")


def opening(selector: str) -> Callable[[Page, Told], object]:
    """What the first such link leads to."""

    def then(page: Page, _told: Told) -> None:
        page.locator(f"main a[href*='{selector}']").first.click()
        page.wait_for_load_state("load")

    return then


def the_results(page: Page, _told: Told) -> None:
    """What came of the first sample that is over."""
    page.locator("main li, main article, main .card").filter(has_text="sample").first.locator(
        "a"
    ).first.click()
    page.wait_for_load_state("load")
    opening("/results/")(page, _told)


def one_place(page: Page, _told: Told) -> None:
    """The first centre, as anybody sees it, from where it says who is on when."""
    page.locator("main a[href^='/places/']").first.click()
    page.wait_for_load_state("load")


def the_week_after(page: Page, _told: Told) -> None:
    """A week that has not begun, so that nothing of it is over."""
    page.locator(".rota-moves a[data-arrow=on]").click()
    page.wait_for_load_state("load")


def who_could_come(page: Page, _told: Told) -> None:
    """The first absence for which nobody is found yet; where all are covered, the first."""
    page.locator(".cover-state a.btn-primary, .cover-state a.btn").first.click()
    page.wait_for_load_state("load")


PICTURES = [
    Screen("home", "/"),
    Screen("design", "/design/parts/"),
    Screen("launcher", "/", person="director"),
    Screen("greeter", "/c/{centre}/greeter/", "tablet", person="reception"),
    Screen("desk", "/c/{centre}/desk/", person="adviser", then=at_the_desk),
    Screen("board", "/board/{board}/", "board", language="fr"),
    Screen("kiosk", "/k/{kiosk}/", "kiosk", language="fr"),
    Screen("door", "/d/{door}/", "phone", language="fr"),
    Screen("follow", "/d/{door}/", "phone", language="fr", then=take_a_ticket),
    Screen("today", "/c/{centre}/figures/", person="director"),
    Screen("week", "/c/{centre}/week/", person="director"),
    Screen("needs", "/c/{centre}/needs/", person="director"),
    Screen("proposals", "/c/{centre}/needs/proposals/", person="director"),
    Screen("partners", "/c/{centre}/partners/", person="director"),
    Screen("sending-on", "/c/{centre}/redirect/", person="adviser", then=warmly),
    Screen("follow-ups", "/c/{centre}/follow-ups/", person="partnerships"),
    Screen("redirections", "/c/{centre}/redirections/?span=quarter", person="director"),
    Screen("thread", "/thread/", "phone", language="fr", then=come_back),
    Screen("interview", "/c/{centre}/threads/", person="adviser", then=come_back),
    Screen("code", "/c/{centre}/threads/new/fr/", person="adviser", then=see_the_code),
    Screen("ask", "/ask/", "phone", language="fr", then=the_first),
    Screen("questions", "/c/{centre}/questions/", person="director"),
    Screen("question", "/c/{centre}/questions/", person="director", then=answer_one),
    Screen("closing", "/c/{centre}/closing/", person="director"),
    Screen("rota", "/c/{centre}/rota/", person="director", then=the_week_after),
    Screen("month", "/c/{centre}/rota/months/", person="director", then=the_week_after),
    Screen("plan", "/c/{centre}/rota/plans/", person="director", then=with_a_plan),
    Screen("availability", "/c/{centre}/rota/availability/", "phone", person="adviser"),
    Screen("absence", "/c/{centre}/rota/absences/", person="director", then=who_could_come),
    Screen("ledger", "/c/{centre}/rota/ledger/", person="director"),
    Screen("report", "/c/{centre}/rota/ledger/", person="director", then=one_partner),
    Screen("plurality", "/c/{centre}/rota/plurality/", person="director"),
    Screen("look-ahead", "/c/{centre}/rota/control/", person="director"),
    Screen("coverage", "/c/{centre}/coverage/", person="director"),
    Screen("explorer", "/c/{centre}/explore/", person="director"),
    Screen("flows", "/c/{centre}/explore/?count=acts&picture=flows&period=last-year", person="director"),
    Screen("explorer-phone", "/c/{centre}/explore/", "phone", person="director"),
    Screen("reports", "/c/{centre}/reports/", person="director"),
    Screen("quarter", "/c/{centre}/reports/", person="director", then=opening("/reports/1/")),
    Screen("charter", "/c/{centre}/figures/charter/", person="director"),
    Screen("open-data", "/c/{centre}/figures/open-data/", person="director"),
    Screen("beside", "/c/{centre}/beside/", person="director"),
    Screen("surveys", "/c/{centre}/surveys/", person="director"),
    Screen("results", "/c/{centre}/surveys/", person="director", then=the_results),
    Screen("sheets", "/c/{centre}/sheets/", person="reception"),
    Screen("spread", "/n/reseau-de-demonstration/figures/spread/", person="coordinator"),
    Screen("statements", "/n/reseau-de-demonstration/figures/published/", person="coordinator"),
    Screen("network-figures", "/n/reseau-de-demonstration/figures/", person="coordinator"),
    Screen("body", "/c/{centre}/partners/bodies/", person="director", then=one_body),
    Screen("what-is-on", "/agenda/{centre}/"),
    Screen("what-is-on-phone", "/agenda/{centre}/", "phone", language="fr"),
    Screen("announce", "/c/{centre}/agenda/announce/", person="director"),
    Screen("place", "/places/", then=one_place),
    Screen("place-phone", "/places/", "phone", language="fr", then=one_place),
]


def read_note(path: Path) -> Told:
    """Of each kind the first: they belong to the first centre."""
    text = path.read_text() if path.exists() else ""
    password = re.search(r"password: (\S+)", text)
    mails = re.findall(r"\b([\w.-]+)(@[\w.-]+)", text)
    devices = re.findall(r"https?://[^/\s]+/(\w+)/([\w-]+)/\s*$", text, re.MULTILINE)
    code = re.search(r"visitor’s code\s+((?:[^\W\d_]+ ){9})", text)
    return Told(
        password=password[1] if password else "",
        mailboxes={box: box + host for box, host in reversed(mails)},
        devices={DEVICES.get(kind, kind): token for kind, token in reversed(devices)},
        code=code[1] if code else "",
    )


BUSY = "11:00"  # until when the demonstration's day is played before the first picture


def to_a_busy_hour(camera: Camera) -> None:
    """Lets the day happen until some people wait, by the demonstration's own page, and holds its clock there."""
    context = camera.open(Screen("", ""), "light")
    page = context.new_page()
    if camera.sign_in(page, "director"):
        page.goto(f"{camera.site}/c/{camera.centre}/demonstration/")
        stops = page.locator("button[name=to]").filter(has_text=re.compile(r"^\s*\d\d:\d\d\s*$"))
        times = [text.strip() for text in stops.all_inner_texts()]
        if early := [time for time in times if time <= BUSY]:
            stops.nth(times.index(early[-1])).click()
            page.wait_for_selector(f"time:text-matches('^({early[-1]})')", timeout=180_000)
        page.locator("button[name=speed][value='0']").click()
        page.wait_for_load_state("load")
    context.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """Its address, while it runs."""
    environment = os.environ | {"PORT": "8790"}
    server = subprocess.Popen(
        [sys.executable, str(BASE / "tools" / "run.py")],
        cwd=BASE,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    try:
        for line in server.stdout:
            print(line, end="")
            if found := re.search(r"Parvis is open: (\S+)", line):
                yield found[1]
                return
        sys.exit("The demonstration did not start.")
    finally:
        server.terminate()
        server.wait()


class Camera:
    """A browser that signs in once for each person and look."""

    def __init__(self, browser: Browser, site: str, told: Told) -> None:
        self.browser, self.site, self.told = browser, site.rstrip("/"), told
        self.centre = ""

    def take(self, screen: Screen, look: str) -> bool:
        """One picture; False where the demonstration has no such device or person."""
        context = self.open(screen, look)
        try:
            page = context.new_page()
            if screen.person and not self.sign_in(page, screen.person):
                return False
            try:
                address = screen.address.format(centre=self.centre, **self.told.devices)
            except KeyError:
                return False
            answer = page.goto(self.site + address)
            if answer is None or not answer.ok:
                return False
            page.wait_for_load_state("load")
            screen.then(page, self.told)
            page.wait_for_timeout(1200)  # fonts, and the first live figures
            page.screenshot(path=SCREENS / f"{screen.name}-{look}.png")
            return True
        finally:
            context.close()

    def open(self, screen: Screen, look: str) -> BrowserContext:
        width, height = SIZES[screen.size]
        return self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if look == "dark" else "light",
            reduced_motion="reduce",
            locale=screen.language,
        )

    def sign_in(self, page: Page, person: str) -> bool:
        """By the sign-in page, as the person would."""
        if person not in self.told.mailboxes:
            return False
        page.goto(f"{self.site}/account/login/")
        page.fill("input[name=login]", self.told.mailboxes[person])
        page.fill("input[name=password]", self.told.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(f"{self.site}/")
        link = page.locator("a[href^='/c/']").first.get_attribute("href") or ""
        self.centre = link.split("/")[2]
        return True


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="a running demonstration")
    parser.add_argument("--note", type=Path, default=DATA / "demonstration.txt")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures")
    options = parser.parse_args()
    if options.url:
        pictures(options.url, read_note(options.note), options.only)
        return
    with demonstration() as site:
        pictures(site, read_note(options.note), options.only, busy=True)


def pictures(site: str, told: Told, only: list[str], *, busy: bool = False) -> None:
    """All of them, twice; ``busy``: in the middle of a day."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=programs.chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        camera = Camera(browser, site, told)
        if busy:
            to_a_busy_hour(camera)
        for screen in PICTURES:
            if only and screen.name not in only:
                continue
            for look in ("light", "dark"):
                taken = camera.take(screen, look)
                print(f"{screen.name}-{look}" + ("" if taken else ": not in this demonstration"), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
