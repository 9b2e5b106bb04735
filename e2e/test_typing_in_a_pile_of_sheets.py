"""A receptionist types a pile of filled sheets in, by the keyboard alone."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.surveys.factories import a_collection, an_open_version
from parvis.surveys.models import PaperBatch, Refusals, Response, Way, Words

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def on_line(page, question):
    expect(page.locator(f"[data-question={question}] .entry-here")).to_have_count(1)


def typed(page, text):
    """“2⏎” is the key 2 and Enter."""
    for one in text:
        page.keyboard.press({"⏎": "Enter", "⌫": "Backspace", "␣": "Space"}.get(one, one))


def ready(page):
    page.wait_for_selector("html[data-entry-state=ready]")


@pytest.fixture
def clerk(site, person):
    centre = a_centre(name="Cité des métiers", languages=["en", "fr"])
    survey = a_collection(an_open_version(centre), way=Way.PAPER, name="Spring")
    page = person("desk", language="en", user=a_person(Role.RECEPTIONIST, centre=centre))
    page.goto(f"{site}/c/{centre.slug}/sheets/")
    return page, survey


def begin(page, accessible, sheets):
    look(page, "sheets")
    accessible(page)
    page.get_by_role("link", name=re.compile("Type sheets in")).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=sheets]")
    accessible(page)
    page.locator("[name=sheets]").focus()
    page.keyboard.type(str(sheets))
    page.keyboard.press("Enter")
    ready(page)


def the_first_sheet(page):
    """Of each kind; a “no” makes the question after it asked, and a figure typed again is put right."""
    on_line(page, "again")
    typed(page, "1")
    typed(page, "2⏎")
    on_line(page, "why_not")
    typed(page, "1⏎")
    on_line(page, "themes")
    typed(page, "123")
    typed(page, "2⏎")  # the same number again takes it away
    typed(page, "5⏎")  # a scale: its own points
    on_line(page, "hours")
    page.keyboard.type("12")
    typed(page, "⏎")
    on_line(page, "since")
    typed(page, "⏎")
    on_line(page, "places")
    typed(page, "1⏎2⏎")
    on_line(page, "sure")
    typed(page, "2⏎4⏎")
    on_line(page, "more")
    page.keyboard.type("Chairs by the window")
    look(page, "sheet-filled")
    typed(page, "⏎")
    expect(page.locator("[data-keep]")).to_be_focused()


def test_three_sheets_one_taken_back_and_one_blank(clerk, accessible):
    page, _survey = clerk
    begin(page, accessible, 3)
    look(page, "sheet")
    accessible(page)
    the_first_sheet(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)
    expect(page.locator(".entry-count b")).to_have_text("1 of 3")
    kept = Response.objects.get()
    assert kept.answers == {
        "again": "no",
        "why_not": "far",
        "themes": ["choose", "job"],
        "welcome": 5,
        "hours": 12,
        "places": {"desk": "good", "library": "bad"},
        "sure": {"before": 2, "now": 4},
        "more": True,
    }
    second_and_back(page)
    blank_and_through(page, accessible)


def second_and_back(page):
    on_line(page, "again")
    typed(page, "1⏎")  # yes: “why not” is not asked
    on_line(page, "themes")
    page.locator("[data-keep]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)
    assert Response.objects.count() == 2
    page.get_by_role("button", name="Take the last sheet back").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)
    expect(page.locator(".entry-count b")).to_have_text("1 of 3")
    assert (Response.objects.count(), Words.objects.count()) == (1, 1)


def blank_and_through(page, accessible):
    for name in ("This sheet is blank", "Cannot be read"):
        page.get_by_role("button", name=name).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        ready(page)
    look(page, "sheet-last")
    accessible(page)
    page.get_by_role("button", name="The pile is through").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Typed in: 1. Blank: 1. Unreadable: 1.")
    assert sorted(Refusals.objects.values_list("kind", "number")) == [("declined", 1), ("unreadable", 1)]
    assert PaperBatch.objects.get().is_over


def test_what_cannot_be_is_said_at_its_line(clerk, accessible):
    page, _survey = clerk
    begin(page, accessible, 1)
    typed(page, "1⏎⏎⏎")
    on_line(page, "hours")
    page.keyboard.type("99")
    page.locator("[data-keep]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    ready(page)
    on_line(page, "hours")
    expect(page.locator(".field-error:visible")).to_have_text("Please give a number from 0 to 24.")
    accessible(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("8")
    page.locator("[data-keep]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Response.objects.get().answers == {"again": "yes", "hours": 8}
