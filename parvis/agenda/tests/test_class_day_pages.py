"""The planning page of a class's day: who may, what it shows, how it is planned and moved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import book
from parvis.agenda.factories import a_kit, a_room, a_session, an_event
from parvis.agenda.models import Booking, ClassVisit, DayPlan, Turn
from parvis.agenda.queries.class_day import class_day
from parvis.agenda.tests.class_days import a_dated_visit, a_planned_visit
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(client):
    centre = a_centre()
    ana = a_person(Role.FACILITATOR, centre=centre, name="Ana Ribeiro")
    client.force_login(ana)
    return centre, ana


def address(visit, name="visit_day", **more):
    return reverse(f"agenda:{name}", kwargs={"centre": visit.centre.slug, "pk": visit.pk} | more)


def typed(visit, kits, rooms, sizes=(8, 8, 8), **more):
    said = {f"size_{n}": str(size) for n, size in enumerate(sizes, 1)}
    for n, (kit, room) in enumerate(zip(kits, rooms, strict=True), 1):
        said |= {f"workshop_{n}": kit.pk, f"room_{n}": room.pk, f"compulsory_{n}": "on"}
    times = {"version": 0, "welcome": 15, "minutes": 30, "change": 5, "break_minutes": 15}
    return {**said, **times, **more}


@pytest.fixture
def morning(house):
    centre, _ana = house
    visit = a_dated_visit(centre)
    kits = [a_kit(centre, name) for name in ("Explore", "Keys", "Games")]
    return visit, kits, [a_room(centre, f"Room {n}") for n in (1, 2, 3)]


def test_three_groups_are_planned_from_the_page(client, morning):
    visit, kits, rooms = morning
    answer = client.post(address(visit), typed(visit, kits, rooms), follow=True)
    assert answer.status_code == 200
    assert Turn.objects.filter(group__visit=visit).count() == 9
    for words in ("09:15–09:45", "Explore", "Room 2", "Group 3", "3 turns, until 10:55", "Nobody waits."):
        assert words in answer.text


def test_what_the_teacher_asked_for_is_proposed(client, morning):
    visit, kits, _rooms = morning
    visit.kits.set([kits[0].kit, kits[1].kit])
    form = client.get(address(visit)).context["form"]
    chosen = {form[f"workshop_{n}"].value() for n in (1, 2)}
    assert chosen == {str(kits[0].pk), str(kits[1].pk)}
    assert [form[f"size_{n}"].value() for n in (1, 2, 3)] == [12, 12, None]
    form = client.get(address(visit), {"groups": "5"}).context["form"]
    assert [form[f"size_{n}"].value() for n in range(1, 7)] == [5, 5, 5, 5, 4, None]


def test_groups_that_do_not_add_up_are_refused_beside_them(client, morning):
    visit, kits, rooms = morning
    answer = client.post(address(visit), typed(visit, kits, rooms, sizes=(8, 8, 7)))
    assert answer.status_code == 422
    assert "The groups have 23 pupils together, the class has 24." in answer.text
    assert not DayPlan.objects.exists()


def test_a_room_that_is_booked_is_said_with_its_hours(client, morning):
    visit, kits, rooms = morning
    event = a_session(an_event(visit.centre), visit.begins_at)
    book(owner=event, begins=event.begins_at, ends=event.ends_at, rooms=[rooms[1]])
    answer = client.post(address(visit), typed(visit, kits, rooms))
    assert answer.status_code == 422
    assert "“Room 2” is booked for an event (09:00–10:30)." in answer.text
    assert not Booking.objects.filter(visit=visit).exists()


def test_a_workshop_that_is_too_small_is_named(client, morning):
    visit, kits, rooms = morning
    answer = client.post(address(visit), typed(visit, kits, rooms, places_3=6))
    assert answer.status_code == 422
    assert "Group 1 is larger than “Games” has places for." in answer.text


def test_groups_are_moved_by_hand(client, house):
    visit = a_planned_visit(house[0])
    day = class_day(visit)
    turns = {f"turn_{s.number}_{4 - g.number}": there.pk for s in day.slots for g, there in s.by_group}
    answer = client.post(address(visit, "visit_turns"), turns | {"version": 1}, follow=True)
    assert "Moved by hand since it was worked out." in answer.text
    wrong = turns | {"version": 2, "turn_0_1": turns["turn_0_2"]}
    answer = client.post(address(visit, "visit_turns"), wrong)
    assert answer.status_code == 422
    assert "Turn 1: groups 1, 2 would both be at" in answer.text
    assert class_day(visit).plan.version == 2


def test_who_may(client, house):
    centre, _ana = house
    visit = a_planned_visit(centre)
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    page = client.get(address(visit))
    assert (page.status_code, page.context["form"]) == (200, None)
    assert client.post(address(visit), {}).status_code == 403
    assert client.post(address(visit, "visit_turns"), {}).status_code == 403
    client.force_login(a_person(Role.FACILITATOR, centre=a_centre()))
    assert client.get(address(visit)).status_code == 404
    assert client.get(address(visit, "visit_sheets", kind="door")).status_code == 404


@pytest.mark.parametrize(
    "name", ["visit_day", "visit_preparation", "visit_presence", "visit_sheets", "visit_file"]
)
def test_a_partners_coordinator_reads_no_class(client, house, name):
    centre, _ana = house
    visit = a_planned_visit(centre)
    more = {"visit_sheets": {"kind": "door"}, "visit_file": {"file": 1}}.get(name, {})
    client.force_login(a_person(Role.PARTNER_COORDINATOR, centre=centre))
    assert client.get(address(visit, name, **more)).status_code == 404
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(address(visit, name, **more)).status_code == (404 if name == "visit_file" else 200)


def test_over_or_without_a_date_it_is_only_read(client, house):
    centre, _ana = house
    held = a_planned_visit(centre)
    ClassVisit.objects.filter(pk=held.pk).update(state="held", came=24)
    page = client.get(address(held))
    assert page.context["form"] is None
    assert "By group" in page.text
    asked = a_dated_visit(centre, state="asked")
    assert "Nothing is planned yet" in client.get(address(asked)).text


@pytest.mark.parametrize("names", [("One",), ("One", "Two", "Three")])
def test_the_page_takes_the_same_queries_however_many(client, house, names, django_assert_num_queries):
    visit = a_planned_visit(house[0], names)
    client.get(address(visit))
    with django_assert_num_queries(11):
        client.get(address(visit))
