from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import Taken, book
from parvis.agenda.actions.day_plan import (
    BreaksRules,
    DaySaid,
    GroupsUnlikeClass,
    StationSaid,
    move_groups,
    plan_day,
)
from parvis.agenda.actions.leading import Busy
from parvis.agenda.actions.visit_steps import Changed, Doing, NotNow
from parvis.agenda.actions.visits import Kept, move
from parvis.agenda.factories import a_class_visit, a_kit, a_room, a_session, an_event
from parvis.agenda.models import Booking, ClassVisit, Facilitation, Turn
from parvis.agenda.queries.class_day import class_day, proposed_sizes
from parvis.agenda.rotation import Impossible, Rule
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.django_db
S = ClassVisit.State


def a_visit(centre, pupils=24, **fields):
    begins = datetime(2026, 3, 10, 9, tzinfo=centre.zone)
    usual = {"state": S.CONFIRMED, "begins_at": begins, "ends_at": begins + timedelta(hours=3)}
    return a_class_visit(centre, pupils=pupils, **usual | fields)


@pytest.fixture
def house():
    centre = a_centre()
    people = [a_person(Role.FACILITATOR, centre=centre) for _n in range(3)]
    stations = [
        StationSaid(a_kit(centre, name), a_room(centre, f"Room {name}"), person)
        for name, person in zip(("Explore", "Keys", "Games"), people, strict=True)
    ]
    return a_visit(centre), stations


def said(stations, groups=(8, 8, 8), **fields):
    return DaySaid(groups=groups, stations=stations, **fields)


def where(visit):
    return {
        (turn.group.number, turn.position): str(turn.station)
        for turn in Turn.objects.filter(group__visit=visit)
    }


def test_three_groups_of_a_class_of_24_go_round_three_workshops(house):
    visit, stations = house
    plan = plan_day(visit=visit, said=said(stations))
    day = class_day(visit)
    assert (plan.proven, len(day.slots), day.waits) == (True, 3, 0)
    assert len(where(visit)) == 9
    assert [slot.begins.strftime("%H:%M") for slot in day.slots] == ["09:15", "09:50", "10:25"]
    for group in (1, 2, 3):
        assert {name for (number, _turn), name in where(visit).items() if number == group} == {
            "Explore",
            "Keys",
            "Games",
        }


def test_a_break_moves_what_comes_after_it(house):
    visit, stations = house
    plan_day(visit=visit, said=said(stations, break_after=2, break_minutes=20))
    day = class_day(visit)
    assert [slot.begins.strftime("%H:%M") for slot in day.slots] == ["09:15", "09:50", "10:45"]
    assert [slot.breaks for slot in day.slots] == [0, 20, 0]


def test_rooms_are_booked_and_people_lead(house):
    visit, stations = house
    plan_day(visit=visit, said=said(stations))
    assert {one.room for one in Booking.objects.filter(visit=visit)} == {one.room for one in stations}
    assert {one.person for one in Facilitation.objects.filter(visit=visit)} == {
        one.person for one in stations
    }
    plan_day(visit=visit, said=said(stations[:2]))  # planned anew: what is not needed is free again
    assert Booking.objects.filter(visit=visit).count() == 2
    assert Facilitation.objects.filter(visit=visit).count() == 2


def test_what_the_visit_had_beside_its_stations_stays(house):
    visit, stations = house
    hall = a_room(visit.centre, "Hall")
    book(owner=visit, begins=visit.begins_at, ends=visit.ends_at, rooms=[hall])
    plan_day(visit=visit, said=said(stations))
    plan_day(visit=visit, said=said(stations[:1], groups=(24,)))
    assert {one.room for one in Booking.objects.filter(visit=visit)} == {hall, stations[0].room}


def test_a_room_that_is_booked_changes_nothing(house):
    visit, stations = house
    other = a_session(an_event(visit.centre), visit.begins_at)
    book(owner=other, begins=other.begins_at, ends=other.ends_at, rooms=[stations[1].room])
    with pytest.raises(Taken):
        plan_day(visit=visit, said=said(stations))
    assert not visit.groups.exists()
    assert not Booking.objects.filter(visit=visit).exists()


def test_nobody_leads_two_things_at_once(house):
    visit, stations = house
    other = a_visit(visit.centre)
    Facilitation.objects.create(visit=other, person=stations[0].person)
    with pytest.raises(Busy):
        plan_day(visit=visit, said=said(stations))


def test_groups_add_up_to_the_class(house):
    visit, stations = house
    with pytest.raises(GroupsUnlikeClass):
        plan_day(visit=visit, said=said(stations, groups=(8, 8, 7)))


def test_too_few_places_are_refused(house):
    visit, stations = house
    small = [*stations[:2], StationSaid(None, places=4)]
    with pytest.raises(Impossible):
        plan_day(visit=visit, said=said(small))
    plan_day(visit=visit, said=said(small, groups=(4,) * 6))
    assert len(class_day(visit).slots) == 6


@pytest.mark.parametrize("state", [S.ASKED, S.HELD, S.EVALUATED, S.CANCELLED])
def test_only_before_the_day(house, state):
    visit, stations = house
    visit.state, visit.came = state, 24
    visit.save()
    with pytest.raises(NotNow):
        plan_day(visit=visit, said=said(stations))


def test_a_page_that_is_older_than_the_plan_changes_nothing(house):
    visit, stations = house
    first = said(stations, version=0)
    plan_day(visit=visit, said=first)
    assert plan_day(visit=visit, said=first).version == 1  # sent twice
    with pytest.raises(Changed):
        plan_day(visit=visit, said=said(stations[:2], version=0))


def test_groups_are_moved_by_hand_where_nothing_is_broken(house):
    visit, stations = house
    plan = plan_day(visit=visit, said=said(stations))
    day = class_day(visit)
    turns = {(group.number, slot.number): there for slot in day.slots for group, there in slot.by_group}
    swapped = {(4 - group, turn): station for (group, turn), station in turns.items()}
    moved = move_groups(visit=visit, turns=swapped, version=plan.version)
    assert (moved.by_hand, moved.proven) == (True, False)
    assert where(visit) == {key: str(one) for key, one in swapped.items()}
    with pytest.raises(Changed):
        move_groups(visit=visit, turns=turns, version=plan.version)


def test_what_breaks_a_rule_is_refused_with_its_reason(house):
    visit, stations = house
    plan = plan_day(visit=visit, said=said(stations))
    day = class_day(visit)
    turns = {(group.number, slot.number): there for slot in day.slots for group, there in slot.by_group}
    before = where(visit)
    turns[1, 0] = turns[2, 0]
    with pytest.raises(BreaksRules) as refused:
        move_groups(visit=visit, turns=turns, version=plan.version)
    assert Rule.TWO_GROUPS in {fault.rule for fault in refused.value.faults}
    assert where(visit) == before


@pytest.mark.parametrize(
    ("pupils", "groups", "sizes"), [(24, 3, [8, 8, 8]), (25, 3, [9, 8, 8]), (2, 4, [1, 1]), (7, 1, [7])]
)
def test_groups_are_as_equal_as_can_be(pupils, groups, sizes):
    assert proposed_sizes(pupils, groups) == sizes


def test_a_visit_that_is_moved_has_no_workshop_in_a_room_that_it_gave_up(house):
    visit, stations = house
    plan = plan_day(visit=visit, said=said(stations))
    keeps = stations[1:]
    kept = Kept(
        visit.begins_at + timedelta(1),
        visit.ends_at + timedelta(1),
        rooms=[one.room for one in keeps],
        people=[one.person for one in stations],
    )
    at = visit.begins_at - timedelta(days=5)
    move(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=at))
    visit.refresh_from_db()
    day = class_day(visit)
    assert [one.room for one in day.stations] == [None, *(one.room for one in keeps)]
    assert [one.person for one in day.stations] == [one.person for one in stations]
    assert {one.room for one in Booking.objects.filter(visit=visit)} == {one.room for one in keeps}
    with pytest.raises(Changed):  # a page of before would take the room back unseen
        plan_day(visit=visit, said=said(stations, minutes=20, version=plan.version))


def test_a_visit_that_is_moved_with_all_it_has_keeps_its_day(house):
    visit, stations = house
    plan = plan_day(visit=visit, said=said(stations))
    kept = Kept(
        visit.begins_at + timedelta(1),
        visit.ends_at + timedelta(1),
        rooms=[one.room for one in stations],
        people=[one.person for one in stations],
    )
    move(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=visit.begins_at - timedelta(days=5)))
    visit.refresh_from_db()
    day = class_day(visit)
    assert [(one.room, one.person) for one in day.stations] == [(one.room, one.person) for one in stations]
    assert (day.plan.version, day.slots[0].begins.day) == (plan.version, 11)
