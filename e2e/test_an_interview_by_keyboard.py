"""An adviser sits down, calls, receives, finishes and hands over without touching the mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Seat, State
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey


def test_a_whole_interview_by_keyboard(site, person, accessible):
    house = a_house()
    now = house.centre.now()
    first, second = (a_ticket(house.jobs, now, language="en") for _ in range(2))
    page = person("desk", user=house.adviser)
    page.goto(f"{site}/c/{house.centre.slug}/desk/")

    page.get_by_role("radio", name="Desk 1, seat 1").press("Space")
    page.get_by_role("checkbox", name="Find jobs").press("Space")
    accessible(page)
    page.get_by_role("button", name="Open my seat").press("Enter")

    expect(page.locator(".present-name")).to_contain_text(first.name_in("en"))
    accessible(page)
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Has sat down")).to_be_visible()
    accessible(page)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    page.keyboard.press("z")  # that was too early
    expect(page.get_by_role("button", name="Has sat down")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Finish")).to_be_visible()
    accessible(page)
    page.keyboard.press("f")

    expect(page.locator(".present-name")).to_contain_text(second.name_in("en"))
    first.refresh_from_db()
    assert first.state == State.DONE
    assert Seat.objects.get().person == house.adviser


def test_a_visitor_is_handed_over_between_two_desks(site, person, accessible):
    house = a_house()
    now = house.centre.now()
    ticket = a_ticket(house.jobs, now, language="en")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    other = a_seat([house.training], now, desk=house.desks[1], languages=["en"])
    actions.call_next(seat=seat, at=now)
    mine, hers = person("desk", user=house.adviser), person("desk", user=other.person)
    for page in (mine, hers):
        page.goto(f"{site}/c/{house.centre.slug}/desk/")
    expect(hers.get_by_text("Nobody is waiting for you right now.")).to_be_visible()

    mine.keyboard.press("s")
    expect(mine.get_by_role("button", name="Finish")).to_be_visible()
    mine.keyboard.press("h")
    mine.get_by_role("radio", name="Desk 2 · Find training").press("Space")
    accessible(mine)
    mine.get_by_role("button", name="Hand over").press("Enter")
    expect(mine.get_by_text("Nobody is waiting for you right now.")).to_be_visible()

    expect(hers.locator(".present-name")).to_contain_text(ticket.name_in("en"))  # without touching anything
    hers.keyboard.press("n")
    expect(hers.get_by_role("button", name="Has sat down")).to_be_visible()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.seat) == (State.CALLED, other)


QUICKER = """() => {
  const chosen = () => document.querySelector('.hand-over input[value^="seat-"]')?.focus();
  document.addEventListener("htmx:afterSwap", chosen, { once: true });
  document.addEventListener("htmx:afterSettle", () => { document.body.dataset.settled = "yes"; }, { once: true });
}"""


def test_who_is_quicker_than_the_page_keeps_their_choice(site, person):
    """The list of colleagues has just come: somebody has gone to one of them before the page points to the first."""
    house = a_house()
    now = house.centre.now()
    a_ticket(house.jobs, now, language="en")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    a_seat([house.training], now, desk=house.desks[1], languages=["en"])
    actions.start_interview(seat=seat, ticket=actions.call_next(seat=seat, at=now), at=now)
    page = person("desk", user=house.adviser)
    page.goto(f"{site}/c/{house.centre.slug}/desk/")

    page.evaluate(QUICKER)
    page.keyboard.press("h")
    expect(page.locator("body[data-settled]")).to_be_visible()
    expect(page.get_by_role("radio", name="Desk 2 · Find training")).to_be_focused()
