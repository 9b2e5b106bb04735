"""What ``make screens`` takes: each page that matters, at the size it is used, signed in as whoever uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

SIZES = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "desk": (1280, 860),
    "kiosk": (1080, 1920),
    "board": (1920, 1080),
}


@dataclass(frozen=True)
class Told:
    """What the demonstration's note says: a password, mailboxes, and the first centre's devices, its teacher's page (``visit``) among them."""

    password: str
    mailboxes: dict[str, str]
    devices: dict[str, str]
    code: str


@dataclass(frozen=True)
class Screen:
    """One picture. ``address``: ``{kiosk}``, ``{board}`` and ``{door}`` are secrets of the demonstration's devices,
    ``{visit}`` is
    a teacher's, ``{centre}`` is the first centre's part of addresses. ``person``: the mailbox of who is signed in. ``then``: what to do on the page first.
    """

    name: str
    address: str
    size: str = "desk"
    person: str = ""
    language: str = "en"
    then: Callable[[Page, Told], object] = lambda page, told: None


@dataclass(frozen=True)
class Paper(Screen):
    """One sheet to print. ``file``: its address as seen from the page that ``address`` and ``then`` lead to."""

    file: str = ""


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


def follow(page: Page, link: Locator) -> None:
    """Where the link leads."""
    link.click()
    page.wait_for_load_state("load")


def opening(selector: str) -> Callable[[Page, Told], object]:
    """What the first such link leads to."""

    def then(page: Page, _told: Told) -> None:
        follow(page, page.locator(f"main a[href*='{selector}']").first)

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


def an_event(page: Page, _told: Told) -> None:
    """The first event for which places can be kept."""
    follow(page, page.locator(".programme-line:has(.programme-left, .pill-sun) h4 a").first)


def to_come(page: Page, told: Told) -> None:
    """The form of its first session."""
    an_event(page, told)
    follow(page, page.locator(".programme-session a.btn-primary").first)


def a_place(page: Page, told: Told) -> None:
    """A place that is kept; what the form asks for beside the number is left out."""
    to_come(page, told)
    page.locator(".coming-form button.btn-primary").click()
    page.wait_for_url("**/coming/**")


def a_session_to_come(page: Page, part: str) -> None:
    """A page of the first session that registers people."""
    follow(page, page.locator("main a[href*='/agenda/sessions/']").first)
    follow(page, page.locator(f"main a[href$='/{part}/']").first)


def at_its_door(page: Page, _told: Told) -> None:
    """Who is expected, and who is here."""
    a_session_to_come(page, "door")


def its_event(page: Page, _told: Told) -> None:
    """What the first session is one of."""
    opening("/agenda/sessions/")(page, _told)
    follow(page, page.locator(".page-head a[href*='/agenda/events/']").first)


def its_count(page: Page, _told: Told) -> None:
    """Heads counted at a session of last week."""
    follow(page, page.locator(".agenda-moves a").first)
    a_session_to_come(page, "count")


def the_prepared_class(page: Page, _told: Told) -> None:
    """The class whose day is worked out; else the first one."""
    lines = page.locator("a.visit-line")
    prepared = lines.filter(has_text="prepared")
    follow(page, (prepared if prepared.count() else lines).first)


def its_day(page: Page, told: Told) -> None:
    """Groups, workshops and rooms of that class."""
    the_prepared_class(page, told)
    follow(page, page.locator("main a[href$='/day/']").first)


def its_preparation(page: Page, told: Told) -> None:
    """What is seen to before that class comes."""
    its_day(page, told)
    follow(page, page.locator("main a[href$='/preparation/']").first)


AGENDA = [
    Screen("what-is-on", "/agenda/{centre}/"),
    Screen("what-is-on-phone", "/agenda/{centre}/", "phone", language="fr"),
    Screen("event-phone", "/agenda/{centre}/", "phone", language="fr", then=an_event),
    Screen("come-phone", "/agenda/{centre}/", "phone", language="fr", then=to_come),
    Screen("my-place-phone", "/agenda/{centre}/", "phone", language="fr", then=a_place),
    Screen("agenda", "/c/{centre}/agenda/", person="director"),
    Screen("agenda-week", "/c/{centre}/agenda/week/", person="director"),
    Screen("agenda-list", "/c/{centre}/agenda/list/", person="director"),
    Screen("agenda-phone", "/c/{centre}/agenda/", "phone", person="facilitator"),
    Screen("event", "/c/{centre}/agenda/list/", person="director", then=its_event),
    Screen("session", "/c/{centre}/agenda/list/", person="director", then=opening("/agenda/sessions/")),
    Screen("session-door", "/c/{centre}/agenda/list/", "tablet", person="reception", then=at_its_door),
    Screen("session-count", "/c/{centre}/agenda/week/", "phone", person="director", then=its_count),
    Screen("kits", "/c/{centre}/agenda/kits/", person="facilitator"),
    Screen("kit", "/c/{centre}/agenda/kits/", person="facilitator", then=opening("/agenda/kits/1/")),
    Screen("rooms", "/c/{centre}/agenda/rooms/", person="director"),
    Screen("visits", "/c/{centre}/agenda/visits/", person="director"),
    Screen("visit", "/c/{centre}/agenda/visits/", person="director", then=the_prepared_class),
    Screen("visit-day", "/c/{centre}/agenda/visits/", person="director", then=its_day),
    Screen("visit-preparation", "/c/{centre}/agenda/visits/", person="director", then=its_preparation),
    Screen("schools", "/c/{centre}/agenda/schools/", person="director"),
    Screen("schools-bring", "/c/{centre}/agenda/schools/bring/", person="director"),
    Screen("reach", "/c/{centre}/agenda/schools/reach/", person="director"),
    Screen("announce", "/c/{centre}/agenda/announce/", person="director"),
    Screen("ask-visit-phone", "/classes/{centre}/", "phone", language="fr"),
    Screen("teacher-phone", "/visit/{visit}/", "phone", language="fr"),
    Screen("teacher-day", "/visit/{visit}/day/", language="fr"),
    Screen("pupil-phone", "/my-visit/{centre}/", "phone", language="fr"),
]

PAPERS = [
    Paper("poster-a4-fr", "/agenda/{centre}/", then=an_event, file="poster/a4.pdf?language=fr"),
    Paper(
        "kit-fr",
        "/c/{centre}/agenda/kits/",
        person="facilitator",
        then=opening("/agenda/kits/1/"),
        file="1/fr.pdf",
    ),
    Paper("class-groups", "/c/{centre}/agenda/visits/", person="director", then=its_day, file="groups.pdf"),
    Paper(
        "class-workshops", "/c/{centre}/agenda/visits/", person="director", then=its_day, file="workshops.pdf"
    ),
    Paper("class-door", "/c/{centre}/agenda/visits/", person="director", then=its_day, file="door.pdf"),
    Paper("class-teacher", "/visit/{visit}/", file="programme.pdf?language=fr"),
]

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
    Screen("place", "/places/", then=one_place),
    Screen("place-phone", "/places/", "phone", language="fr", then=one_place),
    *AGENDA,
]
