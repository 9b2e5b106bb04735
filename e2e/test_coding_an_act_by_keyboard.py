"""An adviser receives a visitor and codes the act with the keyboard alone; a phone number in the note is refused, kept and mended."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_ready_centre
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Act, State

pytestmark = pytest.mark.journey

FOCUS = """() => {
  const active = document.activeElement;
  if (!active || active === document.body) return "nothing";
  const box = active.getBoundingClientRect();
  if (!active.checkVisibility() || !box.width || box.bottom < 0 || box.top > innerHeight) return "out of sight: " + active.outerHTML;
  return "seen";
}"""


class Keys:
    """Presses keys; after each, something on the screen has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            assert self.page.evaluate(FOCUS) == "seen", f"after {key}"

    def until(self, key: str, seen: str) -> None:
        """A key after which the page changes to where ``seen`` is."""
        self.page.keyboard.press(key)
        expect(self.page.locator(seen)).to_be_visible()
        expect(self.page.locator(":focus")).to_have_count(1)
        assert self.page.evaluate(FOCUS) == "seen", f"after {key}"

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)


def chosen(act: Act) -> dict[str, set[str]]:
    """List → keys of the codes on record."""
    found: dict[str, set[str]] = {}
    for one in act.codes.select_related("code"):
        found.setdefault(one.code.list, set()).add(one.code.key)
    return found


def codes_in_force(centre, code_list):
    """A list as the form offers it today."""
    return centre.codes.filter(list=code_list).open_on(centre.local_day(centre.now()))


@pytest.fixture
def centre(site):
    centre = a_ready_centre(languages=("en", "fr"))
    centre.clock_set_at = centre.clock_showed = timezone.now().replace(
        hour=13, minute=0
    )  # never near midnight
    centre.save()
    return centre


@pytest.fixture
def adviser(centre):
    return a_person(Role.ADVISER, centre=centre, name="Ines", language="en")


NUMBER = "Call back on 06 12 34 56 78 about the CV"


def receive(keys: Keys) -> None:
    """Call, welcome, finish, and on to the coding page."""
    keys.until("n", "text=Has sat down")
    keys.until("s", "text=In interview since")
    keys.until("f", "#to-code")
    keys.until("c", "form[data-act]")


def choose(keys: Keys) -> None:
    """A second theme, two needs, a resource, a redirection, the outcome, the minutes, and a note that tells too much."""
    keys("t", "2")  # the ticket's own theme is chosen already
    keys("n", "1", "ArrowRight", "ArrowRight", "Space")
    keys("d", "1")
    keys("r", "2")
    keys("o", "1")
    keys("m")
    keys.type("25")
    keys("Tab", "Tab")
    keys.type(NUMBER)


def test_from_the_call_to_the_saved_act(site, person, accessible, centre, adviser):
    job, train = (centre.themes.get(key=key) for key in ("job", "train"))
    a_seat([job, train], centre.now(), person=adviser, languages=["en"])
    ticket = a_ticket(job, centre.now(), language="en")
    page = person("desk", language="en", user=adviser)
    keys = Keys(page)
    page.goto(f"{site}/c/{centre.slug}/desk/")
    receive(keys)
    expect(page.get_by_role("heading", level=1)).to_have_text(ticket.name_in("en"))
    expect(page.get_by_label("Find a job", exact=True)).to_be_checked()
    accessible(page)

    choose(keys)
    page.keyboard.press("Enter")
    note = page.get_by_label("Short note")
    expect(note).to_have_attribute("aria-invalid", "true")
    expect(note).to_be_focused()
    expect(note).to_have_value(NUMBER)
    assert not Act.objects.exists()
    accessible(page)
    keys("ControlOrMeta+a")
    keys.type("Comes back about the CV")
    page.keyboard.press("Enter")

    page.wait_for_url("**/desk/")
    expect(page.get_by_text("Recorded.")).to_be_visible()
    expect(page.locator("#to-code")).to_have_count(0)
    accessible(page)
    act = Act.objects.get()
    offered = {name: [code.key for code in codes_in_force(centre, name)] for name in chosen(act)}
    assert chosen(act) == {
        "need": {offered["need"][0], offered["need"][2]},
        "resource": {offered["resource"][0]},
        "redirection": {offered["redirection"][1]},
        "outcome": {offered["outcome"][0]},
    }
    assert {theme.key for theme in act.themes.all()} == {"job", "train"}
    assert (act.ticket, act.minutes, act.language, act.note) == (ticket, 25, "en", "Comes back about the CV")


def test_somebody_who_arrives_takes_nothing_out_of_the_adviser_s_hands(
    site, person, accessible, centre, adviser
):
    job = centre.themes.get(key="job")
    a_seat([job], centre.now(), person=adviser, languages=["en"])
    first, second = (a_ticket(job, centre.now(), language="en") for _n in range(2))
    page = person("desk", language="en", user=adviser)
    keys = Keys(page)
    page.goto(f"{site}/c/{centre.slug}/desk/")
    page.wait_for_selector("html[data-live-state=live]")
    page.get_by_label(f"Call {second.name_in('en')} before others").focus()
    keys("Enter", "Tab", "ArrowDown")
    reason = page.get_by_label("Why before others?").locator("visible=true")
    picked = reason.input_value()

    a_ticket(job, centre.now(), language="en")
    expect(page.get_by_role("heading", name="3 people wait for you")).to_be_visible()
    expect(reason).to_be_focused()
    expect(reason).to_have_value(picked)
    accessible(page)
    keys.until("Tab", "#desk")
    keys.until("Enter", "text=Has sat down")
    expect(page.locator(".present-name")).to_contain_text(second.name_in("en"))
    first.refresh_from_db()
    assert first.state == State.WAITING
    assert second.periods.get(state=State.CALLED).reason == picked
