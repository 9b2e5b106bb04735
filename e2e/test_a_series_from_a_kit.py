"""A facilitator plans a series from a kit, publishes it, moves a session by keyboard and by hand, and prints the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_kit, a_room, a_session, an_event, an_event_kind
from parvis.agenda.models import Event, Session
from parvis.centres.factories import a_centre, a_person, words

pytestmark = pytest.mark.journey


def a_monday(centre) -> date:
    """A Monday on which three weeks of one month begin, some months ahead."""
    day = centre.local_day(centre.now()).replace(day=1) + timedelta(days=100)
    day = day.replace(day=1)
    return day + timedelta(days=-day.weekday() % 7)


def test_a_series_from_a_kit(site, person, accessible, tmp_path):
    centre = a_centre(languages=["en", "fr"], country="")
    kind, room, monday = an_event_kind(centre), a_room(centre, "Blue room"), a_monday(centre)
    kit = a_kit(
        centre, "Explore", summary=words("Find out what suits you", "Trouver ce qui vous va"), people=12
    )
    ana = a_person(Role.FACILITATOR, centre=centre, name="Ana Ribeiro")
    page = person("desk", language="en", user=ana)

    # From the kit: its words are there.
    page.goto(site + reverse("agenda:kit", args=[centre.slug, kit.kit_id]))
    page.get_by_role("link", name="Plan an event with it").click()
    expect(page.locator("input[name=title_0]")).to_have_value("Explore")
    page.get_by_label("What kind of event it is").select_option(str(kind.pk))
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("Kept as a draft")).to_be_visible()
    accessible(page)

    plan_three(page, monday, accessible)
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".page-head").get_by_text("Published")).to_be_visible()
    accessible(page)
    event = Event.objects.get()
    assert [one.day for one in event.sessions.all()] == [monday, monday + timedelta(days=14)]
    assert [one.room_seats for one in event.sessions.all()] == [12, 12]

    page.goto(site + reverse("agenda:month_of", args=[centre.slug, monday.isoformat()]))
    by_keyboard(page, event.sessions.first(), monday)
    by_hand(page, centre, room, event.sessions.first(), monday)
    print_it(page, tmp_path)


def plan_three(page, monday, accessible):
    """Every week, three times, without the second."""
    page.get_by_role("link", name="Plan sessions").click()
    page.get_by_label("Day", exact=True).fill(monday.isoformat())
    page.get_by_label("Begins").fill("14:00")
    page.get_by_label("Ends").fill("15:30")
    page.get_by_text("Blue room (20 people)").click()
    page.get_by_text("By weeks").click()
    page.get_by_label("Or so many times").fill("3")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="These days")).to_be_visible()
    accessible(page)
    days = page.locator(".agenda-days label")
    expect(days).to_have_count(3)
    days.nth(1).click()
    page.get_by_role("button", name="Plan the days with a tick").click()
    expect(page.locator(".agenda-line")).to_have_count(2)


def entry(page, session):
    return page.locator(f"[data-session='{session.pk}']")


def by_keyboard(page, session, monday):
    """Two days on with arrow keys; Escape leaves it where it is."""
    link = entry(page, session).get_by_role("link")
    link.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#moving-said")).to_contain_text("Enter puts it there")
    page.keyboard.press("Escape")
    expect(page.locator("#moving-said")).to_have_text("It stays where it was.")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    there = page.locator(f"[data-day='{monday + timedelta(days=2)}']")
    expect(there.locator(f"[data-session='{session.pk}']")).to_be_visible()
    expect(entry(page, session).get_by_role("link")).to_be_focused()
    session.refresh_from_db()
    assert (session.day, session.sequence) == (monday + timedelta(days=2), 1)
    assert session.centre.local(session.begins_at).hour == 14


def by_hand(page, centre, room, session, monday):
    """Dropped where the room is taken, it goes back and says why; elsewhere, it stays."""
    fair = a_session(an_event(centre, "Jobs fair"), session.begins_at + timedelta(days=1))
    book(owner=fair, begins=fair.begins_at, ends=fair.ends_at, rooms=[room])
    page.reload()
    entry(page, session).drag_to(page.locator(f"[data-day='{monday + timedelta(days=3)}']"))
    expect(page.locator("#moving-said")).to_contain_text("Blue room is taken: “Jobs fair”")
    session.refresh_from_db()
    assert session.day == monday + timedelta(days=2)
    with page.expect_navigation():
        entry(page, session).drag_to(page.locator(f"[data-day='{monday + timedelta(days=4)}']"))
    expect(
        page.locator(f"[data-day='{monday + timedelta(days=4)}'] [data-session='{session.pk}']")
    ).to_be_visible()
    assert Session.objects.get(pk=session.pk).day == monday + timedelta(days=4)


def print_it(page, tmp_path):
    """The month on a sheet, as everybody reads it."""
    with page.expect_download() as kept:
        page.get_by_role("link", name="The month, to hand out (A4)").evaluate(
            "link => { link.download = ''; link.click(); }"
        )
    kept.value.save_as(tmp_path / "month.pdf")
    text = " ".join(one.extract_text() for one in PdfReader(tmp_path / "month.pdf").pages)
    assert "Explore" in text
