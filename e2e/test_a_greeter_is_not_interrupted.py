"""While the greeter looks after one visitor, another one comes: what is open stays open, and the focus where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception.factories import a_ticket
from parvis.reception.models import State
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey


def test_somebody_else_comes_while_one_visitor_is_looked_after(site, person):
    house = a_house()
    first = a_ticket(house.jobs, house.centre.now())
    page = person("tablet", user=a_person(Role.RECEPTIONIST, centre=house.centre, language="en"))
    page.goto(f"{site}/c/{house.centre.slug}/greeter/")
    expect(page.locator("#pulse")).to_have_attribute("data-live-state", "live")
    waiting = page.locator("#house > .queue .queue-line")
    page.get_by_label(f"More for {first.name_in('en')}").press("Enter")
    left = page.get_by_role("button", name="Has left")
    left.focus()

    a_ticket(house.jobs, house.centre.now())
    expect(waiting).to_have_count(2)
    expect(left).to_be_visible()
    expect(left).to_be_focused()
    expect(page.locator("#house > .queue details[open]")).to_have_count(1)

    page.keyboard.press("Enter")
    expect(waiting).to_have_count(1)
    first.refresh_from_db()
    assert first.state == State.LEFT
    expect(left).to_be_hidden()
