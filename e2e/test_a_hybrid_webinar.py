"""A session in a room and online: two capacities, a link for those who joined, one count of both, and questions for who leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Coming, Registration, Session
from parvis.centres.factories import a_centre, a_code, a_person
from parvis.centres.models import CodeList
from parvis.surveys.factories import an_open_version
from parvis.surveys.models import Response

pytestmark = pytest.mark.journey
LINK = "https://meet.example.org/open-square"


def test_one_comes_one_joins_both_are_counted(site, person, accessible):
    centre = a_centre()
    a_code(centre, CodeList.GENDER, "woman")
    version = an_open_version(centre)
    event = an_event(centre, "A trade in an hour", registration=Registration.ALIAS)
    soon = centre.now() + timedelta(minutes=5)
    session = a_session(event, soon, room_seats=1, online_seats=2, link=LINK)
    team = a_person(Role.FACILITATOR, centre=centre, language="en")
    desk = person("desk", language="en", user=team)
    _asks_at_the_end(desk, site, event, version, accessible)

    in_the_room, online, late = (person("phone", language="en") for _n in range(3))
    _registers(in_the_room, site, session, "On site")
    _registers(online, site, session, "Online")
    expect(online.get_by_role("link", name="Join online")).to_have_attribute("href", LINK)
    assert LINK not in in_the_room.content()
    _registers(late, site, session, "On site")
    expect(late.get_by_text("You are on the waiting list.")).to_be_visible()

    desk.goto(f"{site}/c/{centre.slug}/agenda/sessions/{session.pk}/")
    desk.locator("#main").get_by_role("link", name="At the door").click()
    desk.wait_for_selector("html[data-door-state=ready]")
    for coming in Coming.objects.filter(state=Coming.State.HELD):
        desk.locator(f"[data-coming='{coming.token}']").get_by_role("button", name="Here").click()
    expect(desk.locator("[data-here]")).to_have_text("2")
    expect(desk.locator("[data-unsent]")).to_be_hidden()
    _closes_the_count(desk, site, centre, session, accessible)

    online.reload()
    accessible(online)
    online.get_by_role("link", name="How was it for you?").click()
    online.get_by_role("button", name="No thanks").first.click()
    assert Response.objects.count() == 0


def _asks_at_the_end(desk, site, event, version, accessible):
    desk.goto(f"{site}/c/{event.centre.slug}/agenda/events/{event.pk}/questions/")
    accessible(desk)
    part = desk.get_by_role("region", name="When they leave")
    part.get_by_label("Questionnaire").select_option(str(version.pk))
    part.get_by_role("button", name="Ask this").click()
    expect(desk.get_by_role("link", name="See it as it is asked")).to_be_visible()


def _registers(page, site, session, how):
    page.goto(f"{site}/a/{session.event.slug}/{session.pk}/come/")
    page.get_by_text(how, exact=True).click()
    page.locator("form.coming-form button").click()
    page.wait_for_url("**/coming/**")


def _closes_the_count(desk, site, centre, session, accessible):
    begun = centre.now() - timedelta(minutes=1)
    Session.objects.filter(pk=session.pk).update(begins_at=begun)
    desk.goto(f"{site}/c/{centre.slug}/agenda/sessions/{session.pk}/count/")
    accessible(desk)
    assert [desk.get_by_label(name).input_value() for name in ("People in the room", "People online")] == [
        "1",
        "1",
    ]
    desk.get_by_label("People in the room").fill("3")
    desk.get_by_label("Woman").fill("2")
    desk.get_by_role("button", name="Close the count").click()
    expect(desk.get_by_role("heading", name="Correct the count")).to_be_visible()
    held = Session.objects.get(pk=session.pk)
    assert (held.state, held.participants, held.online_participants) == (Session.State.HELD, 3, 1)
    assert held.head_counts.get().count == 2
