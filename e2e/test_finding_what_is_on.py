"""Somebody finds an event on their phone, with the keyboard alone, and sees when, where and how to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Registration
from parvis.centres.factories import a_centre, a_theme, words

pytestmark = pytest.mark.journey


def to(page: Page, text: str) -> None:
    """Presses Tab until something that begins with ``text`` has the focus, and is seen to have it."""
    for _press in range(60):
        page.keyboard.press("Tab")
        held = page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")
        if str(held).strip().startswith(text):
            return
    pytest.fail(f"the keyboard does not reach {text!r}")


def follow(page: Page, text: str) -> None:
    """What has the focus then, is followed."""
    to(page, text)
    page.keyboard.press("Enter")


def test_from_the_first_page_to_an_event(site, person, accessible):
    centre = a_centre(name="Lyon", languages=["fr", "en"])
    job = a_theme(centre, "a job")
    event = an_event(centre, "Meet the builders", registration=Registration.COUNT)
    event.themes.add(job)
    a_session(event, centre.now() + timedelta(days=1), room_seats=5, room_taken=2)
    other = an_event(centre, summary=words("Another one", "Un autre"))
    a_session(other, centre.now() + timedelta(days=1))
    page = person("phone", language="en")
    page.goto(f"{site}/")
    follow(page, "What is on")
    page.wait_for_url("**/agenda/")
    accessible(page)
    follow(page, "Lyon")
    page.wait_for_url(f"**/agenda/{centre.slug}/**")
    follow(page, "Search and filter")
    to(page, "q")
    page.keyboard.type("builders")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Meet the builders")).to_be_visible()
    expect(page.get_by_text("Another one")).to_have_count(0)
    accessible(page)
    follow(page, "Meet the builders")
    expect(page.get_by_role("heading", level=1)).to_have_text("Meet the builders")
    expect(page.get_by_text("3 places left")).to_be_visible()
    expect(page.get_by_text("Free. You need not say who you are.")).to_be_visible()
    accessible(page)
    follow(page, "Keep a place")
    page.wait_for_url("**/come/**")
