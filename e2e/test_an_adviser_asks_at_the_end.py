"""At the end of a talk the adviser hands the screen over; it forgets, and only signing in leads back. A thread asks months later."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from parvis.centres.factories import a_centre
from parvis.guidance.factories import a_line, a_thread
from parvis.guidance.visitor_limits import limiter
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.tests.pages import a_house
from parvis.surveys.factories import a_collection, an_open_version, asked_in
from parvis.surveys.models import Response, Way

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def ready(page):
    page.wait_for_selector("html[data-survey-state=ready]")


def test_from_the_talk_to_the_answer_and_no_way_back_but_signing_in(site, person, accessible):
    house = a_house()
    now = house.centre.now()
    screen = asked_in(house.centre, way=Way.ADVISER, name="At desks")
    asked_in(house.centre, way=Way.QR, name="By phone")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    ticket = a_ticket(house.jobs, now, language="en")
    actions.call_next(seat=seat, at=now)
    actions.start_interview(seat=seat, ticket=ticket, at=now)
    page = person("tablet", language="en", user=house.adviser)
    page.goto(f"{site}/c/{house.centre.slug}/desk/")
    page.get_by_role("link", name="Their opinion").click()
    page.wait_for_url("**/opinion/")
    assert page.url == f"{site}/c/{house.centre.slug}/opinion/", "the ticket stays behind"
    look(page, "at-desk")
    accessible(page)
    page.get_by_role("button", name="Sign out and hand over").click()
    page.wait_for_url(f"**/s/{screen.token}/")
    ready(page)
    look(page, "handed-over")
    accessible(page)
    the_visitor_answers(page)
    page.wait_for_url("**thanks=1")
    look(page, "handed-over-thanks")
    accessible(page)
    assert Response.objects.get().answers == {"again": "yes"}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('survey'))") == []
    page.goto(f"{site}/c/{house.centre.slug}/desk/")
    expect(page.locator("input[type=password]")).to_be_visible()


def the_visitor_answers(page):
    page.wait_for_timeout(450)
    page.locator("[data-begin]").click()
    page.locator("[data-question=again] label").first.click()
    while not page.locator("[data-send]").is_visible():
        page.wait_for_timeout(450)
        page.locator("[data-next]").click()
    page.wait_for_timeout(450)
    page.locator("[data-send]").click()


def test_half_filled_the_handed_over_screen_keeps_nothing(site, person):
    screen = asked_in(a_centre(languages=["en", "fr"]), way=Way.ADVISER)
    page = person("tablet", language="en")
    page.goto(f"{site}/s/{screen.token}/")
    ready(page)
    page.wait_for_timeout(450)
    page.locator("[data-begin]").click()
    page.locator("[data-question=again] label").first.click()
    page.reload()
    ready(page)
    assert page.locator("input:checked").count() == 0
    stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [key for key in stored if "survey" in key] == []


def test_three_months_later_the_thread_asks_once(site, person, accessible):
    limiter().storage.reset()
    centre = a_centre(name="Cité des métiers", languages=["en", "fr"])
    survey = a_collection(an_open_version(centre), way=Way.THREAD, after_days=90)
    begun = timezone.now() - timedelta(days=100)
    opened, receipt = a_thread(centre, begun)
    a_line(opened, "Ask for the leaflet", begun)
    page = person("phone", language="en")
    page.goto(f"{site}/thread/")
    page.locator("[name=code]").fill(receipt.letters())
    page.keyboard.press("Enter")
    page.wait_for_url("**/thread/mine/**")
    look(page, "thread-asks")
    accessible(page)
    page.get_by_role("button", name="To the questions").click()
    page.wait_for_url(f"**/s/{survey.token}/**")
    ready(page)
    page.locator("[data-question=again] label").first.click()
    page.goto(f"{site}/thread/mine/?language=en")
    expect(page.get_by_role("button", name="To the questions")).to_have_count(0)
    look(page, "thread-asked")
    accessible(page)
    page.get_by_role("link", name="Your visit").click()
    ready(page)
    expect(page.locator("[data-question=again] input").first).to_be_checked()
    page.wait_for_timeout(450)
    page.locator("[data-send]").click()
    page.wait_for_url("**thanks=1")
    assert Response.objects.get().answers == {"again": "yes"}
