"""What somebody writes in another window comes in, and takes nothing away: no focus, no draft, no way to undo."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from parvis.guidance.factories import a_conversation, a_line, a_thread
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey


def test_what_comes_in_takes_nothing_away(site, person):
    here, elsewhere = two_windows(site, person)
    steps = here.locator("#part-step")
    focus_and_draft_stay(here, elsewhere, steps)
    what_was_removed_is_put_back(here, elsewhere, steps)


def two_windows(site, person):
    house = a_house()
    now = house.centre.now()
    opened, receipt = a_thread(house.centre, now)
    a_line(opened, "Look at what a training kitchen does", now)
    talk = a_conversation(receipt, house.centre, house.adviser, now)
    address = f"{site}/c/{house.centre.slug}/threads/{talk.grant.key}/"
    here, elsewhere = (person("desk", language="en", user=house.adviser) for _window in range(2))
    for page in (here, elsewhere):
        page.goto(address)
        expect(page.locator("#pulse")).to_have_attribute("data-live-state", "live")
    return here, elsewhere


def focus_and_draft_stay(here, elsewhere, steps):
    steps.locator("summary").focus()
    write(elsewhere, "step", "Ask for the evening course")
    expect(steps.locator(".said")).to_contain_text("evening course")
    expect(steps.locator("summary")).to_be_focused()
    here.keyboard.press("Enter")
    steps.get_by_label("In plain words").fill("Half a sentence")

    write(elsewhere, "step", "Write to the school")
    expect(steps.locator(".said")).to_contain_text("Write to the school")
    expect(steps.get_by_label("In plain words")).to_be_focused()
    expect(steps.get_by_label("In plain words")).to_have_value("Half a sentence")

    change = steps.get_by_role("button", name="Change “Ask for the evening course”")
    change.focus()
    write(elsewhere, "step", "Read the leaflet")
    expect(steps.locator(".said")).to_contain_text("leaflet")
    expect(change).to_be_focused()


def what_was_removed_is_put_back(here, elsewhere, steps):
    steps.get_by_role("button", name="Remove “Read the leaflet”").press("Enter")
    expect(elsewhere.locator("#part-step .said")).not_to_contain_text("leaflet")
    write(elsewhere, "asked", "What to do after eight years in a kitchen")
    expect(here.locator("#part-asked .said")).to_contain_text("eight years")
    steps.get_by_role("button", name="Put it back").press("Enter")
    expect(steps.locator(".said")).to_contain_text("leaflet")


def write(page, kind, text):
    part = page.locator(f"#part-{kind}")
    part.locator("summary").press("Enter")
    part.get_by_role("textbox").first.fill(text)
    part.get_by_role("button", name="Write it down").press("Enter")
    expect(part.locator(".said")).to_contain_text(text)
