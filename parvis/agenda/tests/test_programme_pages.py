"""The programme as the team reads it: who sees what, filters, and a fixed number of queries."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_class_visit, a_room, a_session, an_event, an_event_kind
from parvis.agenda.models import Event, Facilitation, Session
from parvis.agenda.views import listing
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


def test_from_any_month_one_step_leads_to_the_week_of_today(client, house):
    centre, ana = house
    client.force_login(ana)
    here = reverse("agenda:month", kwargs={"centre": centre.slug})
    for where in (here, f"{here}month/2020-02-01/"):
        assert f'href="{here}#today"' in client.get(where).text
    assert client.get(here).text.count('<tr id="today">') == 1
    assert 'id="today"' not in client.get(f"{here}month/2020-02-01/").text


@pytest.mark.parametrize("searched", [True, False])
@pytest.mark.parametrize("name", ["month_of", "week_of", "list"])
def test_more_sessions_are_no_more_queries(client, house, name, searched, django_assert_max_num_queries):
    centre, ana = house
    room = a_room(centre)

    def more(hour):
        session = a_session(an_event(centre), at(centre, hour))
        session.event.themes.add(a_theme(centre, f"theme-{hour}"))
        book(owner=session, begins=session.begins_at, ends=session.ends_at, rooms=[room])
        Facilitation.objects.create(session=session, person=ana)
        visit = a_class_visit(
            centre, state="option", begins_at=at(centre, hour), ends_at=at(centre, hour + 1)
        )
        book(
            owner=visit,
            begins=at(centre, hour),
            ends=at(centre, hour + 1),
            rooms=[a_room(centre, f"Room {hour}")],
        )

    client.force_login(ana)
    day = {} if name == "list" else {"day": DAY}
    address = reverse(f"agenda:{name}", kwargs={"centre": centre.slug, **day})
    asked = {"from": DAY} | ({"words": "work"} if searched else {})
    more(9)
    with django_assert_max_num_queries(14) as one:
        client.get(address, asked)
    more(11)
    more(14)
    with django_assert_max_num_queries(14) as three:
        client.get(address, asked)
    assert len(three) == len(one)


def test_the_week_has_a_line_for_each_room_and_one_for_the_rest(client, house):
    centre, ana = house
    room = a_room(centre, "Blue room")
    inside, online = a_session(an_event(centre), at(centre, 9)), a_session(an_event(centre), at(centre, 10))
    book(owner=inside, begins=inside.begins_at, ends=inside.ends_at, rooms=[room])
    page = read(client, ana, centre, "week_of")
    lanes = [
        (lane.room, [line.session for _day, found, _classes in lane.cells for line in found])
        for lane in page.context["lanes"]
    ]
    assert lanes == [(room, [inside]), (None, [online])]


def test_the_list_goes_on_where_it_stopped(client, house, monkeypatch):
    centre, ana = house
    monkeypatch.setattr(listing, "PAGE", 2)
    event = an_event(centre)
    made = [a_session(event, at(centre, hour)) for hour in (9, 9, 9, 12, 15)]
    client.force_login(ana)
    address, seen, asked = reverse("agenda:list", kwargs={"centre": centre.slug}), [], {"from": DAY}
    while True:
        page = client.get(address, asked)
        seen += [line.session for line in page.context["found"]]
        if not page.context["later"]:
            break
        asked = {"from": DAY, "after": page.context["later"]}
    assert seen == made


def test_what_has_no_date_yet_stands_on_the_list(client, house):
    centre, ana = house
    an_event(centre, "Some day", state=Event.State.DRAFT, publish_at=None)
    client.force_login(ana)
    address = reverse("agenda:list", kwargs={"centre": centre.slug})
    assert "Some day" in client.get(address).text
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert "Some day" not in client.get(address).text


def test_files_hold_what_the_list_shows(client, house):
    centre, ana = house
    a_session(an_event(centre, "=cmd"), at(centre, 9), room_seats=12)
    a_session(an_event(centre, "Fair"), at(centre, 11))
    client.force_login(ana)
    asked = {"from": DAY, "words": "cmd"}
    found = client.get(reverse("agenda:list_csv", kwargs={"centre": centre.slug}), asked)
    [heading, row] = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    said = dict(zip(heading, row, strict=True))
    assert (said["Title"], said["Begins"], said["Places in the room"]) == (
        "'=cmd",
        "2026-03-10T09:00:00",
        "12",
    )
    found = client.get(reverse("agenda:list_xlsx", kwargs={"centre": centre.slug}), asked)
    assert [row[2].value for row in load_workbook(io.BytesIO(found.content)).active] == ["Title", "=cmd"]


def test_classes_stand_beside_sessions_in_their_rooms_for_the_team(client, house):
    centre, ana = house
    room = a_room(centre, "Blue room")
    fields = {"begins_at": at(centre, 9), "ends_at": at(centre, 11)}
    visit = a_class_visit(centre, state="confirmed", **fields)
    book(owner=visit, begins=at(centre, 9), ends=at(centre, 11), rooms=[room])
    a_class_visit(centre, state="cancelled", **fields)
    assert "A class of 24" in read(client, ana, centre).text
    page = read(client, ana, centre, "week_of")
    lanes = [
        (lane.room, [one.visit for _day, _found, some in lane.cells for one in some])
        for lane in page.context["lanes"]
    ]
    assert lanes == [(room, [visit]), (None, [])]
    assert "A class of" not in read(client, ana, centre, words="work").text
    speaker = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    assert "A class of" not in read(client, speaker, centre).text


def test_what_has_no_date_yet_is_found_by_what_is_asked_for(client, house):
    centre, ana = house
    theme, club = a_theme(centre), an_event_kind(centre, "club")
    draft = an_event(centre, "Chess evening", kind=club, state=Event.State.DRAFT, publish_at=None)
    draft.themes.add(theme)
    an_event(centre, "Taken back", state=Event.State.WITHDRAWN)
    a_session(an_event(centre, "Chess by day"), at(centre, 14))
    client.force_login(ana)
    address = reverse("agenda:list", kwargs={"centre": centre.slug})

    def found(**asked):
        return [str(one.title) for one in client.get(address, asked).context["undated"]]

    for asked in ({}, {"state": "draft"}, {"words": "chess"}, {"kind": "club"}, {"theme": theme.key}):
        assert found(**asked) == ["Chess evening"], asked
    assert found(state="withdrawn") == ["Taken back"]
    for asked in ({"state": "held"}, {"words": "cards"}, {"mine": "1"}, {"room": "online"}, {"theme": "no"}):
        assert found(**asked) == [], asked
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert (found(), found(state="draft")) == ([], [])
