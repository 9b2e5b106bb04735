"""The programme as the team reads it: who sees what, filters, and a fixed number of queries."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_room, a_session, an_event, an_event_kind
from parvis.agenda.models import Event, Facilitation, Session
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.partners.models import Liaison

pytestmark = pytest.mark.django_db
DAY = "2026-03-10"


@pytest.fixture
def house():
    centre = a_centre()
    return centre, a_person(Role.FACILITATOR, centre=centre, name="Ana Ribeiro")


def at(centre, hour, day=10):
    return datetime(2026, 3, day, hour, tzinfo=centre.zone)


def read(client, who, centre, name="month_of", **asked):
    client.force_login(who)
    return client.get(reverse(f"agenda:{name}", kwargs={"centre": centre.slug, "day": DAY}), asked)


def test_the_month_shows_sessions_with_room_theme_and_hour(client, house):
    centre, ana = house
    session = a_session(an_event(centre, "Ways into nursing"), at(centre, 14))
    session.event.themes.add(a_theme(centre))
    book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[a_room(centre, "Blue room")])
    page = read(client, ana, centre)
    for words in ("Ways into nursing", "14:00", "Blue room", "Find training", "March 2026"):
        assert words in page.text


def test_a_draft_is_seen_by_who_plans_events_only(client, house):
    centre, ana = house
    a_session(an_event(centre, "Secret plan", state=Event.State.DRAFT), at(centre, 14))
    assert "Secret plan" in read(client, ana, centre).text
    reader = a_person(Role.RECEPTIONIST, centre=centre)
    page = read(client, reader, centre)
    assert (page.status_code, "Secret plan" in page.text) == (200, False)


def test_another_centre_is_not_there(client, house):
    centre, _ana = house
    stranger = a_person(Role.FACILITATOR, centre=a_centre())
    assert read(client, stranger, centre).status_code == 404


def test_filters_narrow_what_is_shown(client, house):
    centre, ana = house
    theme, room = a_theme(centre), a_room(centre)
    one = a_session(
        an_event(centre, "Création d’entreprise", kind=an_event_kind(centre, "club")), at(centre, 9)
    )
    one.event.themes.add(theme)
    book(owner=one, begins=one.begins_at, ends=one.ends_at, rooms=[room])
    Facilitation.objects.create(session=one, person=ana)
    other = a_session(
        an_event(centre, "Webinar on pay"),
        at(centre, 11),
        link="https://example.org",
        state=Session.State.CANCELLED,
    )
    for asked, wanted in (
        ({"words": "creation"}, one),
        ({"words": "WEBINAR"}, other),
        ({"kind": "club"}, one),
        ({"theme": theme.key}, one),
        ({"room": room.pk}, one),
        ({"room": "online"}, other),
        ({"state": "cancelled"}, other),
        ({"mine": "1"}, one),
    ):
        page = read(client, ana, centre, **asked)
        shown = [line.session for week in page.context["weeks"] for day in week for line in day.lines]
        assert shown == [wanted], asked
    assert "No session of this month is like that" in read(client, ana, centre, words="nothing like it").text


def test_a_session_over_two_days_stands_on_both(client, house):
    centre, ana = house
    a_session(an_event(centre, "Fair"), at(centre, 0), all_day=True, ends_at=at(centre, 0, day=12))
    page = read(client, ana, centre)
    days = [day.date.day for week in page.context["weeks"] for day in week if day.lines]
    assert days == [10, 11]


def test_a_partners_coordinator_reads_the_names_of_their_own_people_only(client, house):
    centre, ana = house
    lender = an_institution(centre, "Chamber").institution
    speaker = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    Liaison.objects.create(person=speaker, centre=centre, institution=lender)
    session = a_session(an_event(centre), at(centre, 14))
    lent = a_person(Role.FACILITATOR, centre=centre, name="Omar")
    Facilitation.objects.create(session=session, person=ana)
    Facilitation.objects.create(session=session, person=lent, institution=lender)
    page = read(client, speaker, centre)
    [line] = [line for week in page.context["weeks"] for day in week for line in day.lines]
    assert (line.names, line.unknown) == (["Omar"], 1)


def test_the_months_lead_to_one_another_and_a_day_that_is_none_to_today(client, house):
    centre, ana = house
    client.force_login(ana)
    here = reverse("agenda:month", kwargs={"centre": centre.slug})
    assert client.get(here, {"on": DAY})["Location"].endswith(f"/month/{DAY}/")
    assert client.get(here, {"on": "never"})["Location"] == here
    assert client.get(f"{here}month/never/").status_code == 404


@pytest.mark.parametrize("name", ["month_of"])
def test_more_sessions_are_no_more_queries(client, house, name, django_assert_max_num_queries):
    centre, ana = house
    room = a_room(centre)

    def more(hour):
        session = a_session(an_event(centre), at(centre, hour))
        session.event.themes.add(a_theme(centre, f"theme-{hour}"))
        book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])
        Facilitation.objects.create(session=session, person=ana)

    client.force_login(ana)
    address = reverse(f"agenda:{name}", kwargs={"centre": centre.slug, "day": DAY})
    more(9)
    with django_assert_max_num_queries(15) as one:
        client.get(address, {"words": "work"})
    more(11)
    more(14)
    with django_assert_max_num_queries(15) as three:
        client.get(address, {"words": "work"})
    assert len(three) == len(one)
