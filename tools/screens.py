"""``make screens``: pictures of the pages that matter most, light and dark, and sheets of paper, in docs/screens.

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import programs
from pictures import PAPERS, PICTURES, SIZES, Paper, Screen, Told
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

BASE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PARVIS_DATA", BASE / "var"))
SCREENS = BASE / "docs" / "screens"
DEVICES = {"k": "kiosk", "d": "door"}  # as their addresses begin


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
        with self.opened(screen, look) as page:
            if page is None:
                return False
            page.wait_for_timeout(1200)  # fonts, and the first live figures
            page.screenshot(path=SCREENS / f"{screen.name}-{look}.png")
            return True

    def print(self, paper: Paper) -> bool:
        """One sheet, kept as it comes; False where the demonstration has none."""
        with self.opened(paper, "light") as page:
            answer = page and page.request.get(urljoin(page.url, paper.file))
            if not answer or not answer.ok:
                return False
            (SCREENS / f"{paper.name}.pdf").write_bytes(answer.body())
            return True

    @contextmanager
    def opened(self, screen: Screen, look: str) -> Iterator[Page | None]:
        """Its page; None where the demonstration has no such device or person."""
        context = self.open(screen, look)
        try:
            page = context.new_page()
            yield page if self.there(page, screen) else None
        finally:
            context.close()

    def there(self, page: Page, screen: Screen) -> bool:
        """Leads there, signed in as whoever uses it."""
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
        return True

    def open(self, screen: Screen, look: str) -> BrowserContext:
        width, height = SIZES[screen.size]
        return self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if look == "dark" else "light",
            reduced_motion="reduce",
            locale=screen.language,
        )

    def find_the_centre(self) -> None:
        """Which centre is the first, for pages that nobody signs in for."""
        context = self.open(Screen("", ""), "light")
        self.sign_in(context.new_page(), "director")
        context.close()

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
        camera.find_the_centre()
        if busy:
            to_a_busy_hour(camera)
        for screen in PICTURES:
            if only and screen.name not in only:
                continue
            for look in ("light", "dark"):
                taken = camera.take(screen, look)
                print(f"{screen.name}-{look}" + ("" if taken else ": not in this demonstration"), flush=True)
        for paper in PAPERS:
            if not only or paper.name in only:
                done = camera.print(paper)
                print(paper.name + ("" if done else ": not in this demonstration"), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
