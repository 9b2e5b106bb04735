"""Two colleagues plan or move one class's day at the same instant: one of them stands whole, the other is told. On both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import Taken
from parvis.agenda.actions.day_plan import DaySaid, StationSaid, move_groups, plan_day
from parvis.agenda.actions.visit_steps import Changed, Doing
from parvis.agenda.actions.visits import Kept, move
from parvis.agenda.factories import a_kit, a_room
from parvis.agenda.models import Booking, DayPlan, Facilitation, Turn
from parvis.agenda.queries.class_day import class_day
from parvis.agenda.tests.class_days import a_dated_visit, a_planned_visit
from parvis.centres.factories import a_centre, a_person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """All of ``works`` at one instant, each on a connection of its own: what each returned, or the kind of its refusal."""
    ready = Barrier(len(works))

    def one(work):
        try:
            ready.wait()
            return work()
        except (Changed, Taken) as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def days(centre, many):
    """So many ways to plan a day, each with rooms, people and groups of its own."""

    def station(day, number):
        name = f"{day} {number}"
        return StationSaid(
            a_kit(centre, name), a_room(centre, name), a_person(Role.FACILITATOR, centre=centre)
        )

    return [
        DaySaid(
            groups=[8, 8, 8] if day % 2 else [12, 12],
            stations=[station(day, number) for number in range(3)],
            minutes=20 + day,
            version=0,
        )
        for day in range(many)
    ]


def turns_of(visit):
    return {
        (turn.group.number, turn.position): turn.station
        for turn in Turn.objects.filter(group__visit=visit).select_related("group", "station")
    }


def stands(visit, said):
    """The day is just what was said, with its rooms and its people and nothing of any other."""
    day = class_day(visit)
    return (
        day.plan.minutes == said.minutes
        and [one.pupils for one in day.groups] == list(said.groups)
        and [one.room for one in day.stations] == [one.room for one in said.stations]
        and {one.room for one in Booking.objects.filter(visit=visit)} == {one.room for one in said.stations}
        and Booking.objects.filter(visit=visit).count() == len(said.stations)
        and {one.person for one in Facilitation.objects.filter(visit=visit)}
        == {one.person for one in said.stations}
        and all(len(turns) == len(said.groups) for turns in _by_station(visit).values())
    )


def _by_station(visit):
    found = {station.pk: [] for station in visit.stations.all()}
    for (group, _turn), station in turns_of(visit).items():
        found[station.pk].append(group)
    return found


def test_of_two_colleagues_who_plan_one_day_one_has_it_whole():
    centre = a_centre()
    visit, ways = a_dated_visit(centre), days(centre, 2)
    given = at_once(*(lambda said=said: plan_day(visit=visit, said=said) for said in ways))
    assert given.count(Changed) == 1
    assert stands(visit, ways[given.index(Changed) - 1])
    assert DayPlan.objects.get().version == 1


def test_of_six_colleagues_who_plan_one_day_one_has_it_whole():
    centre = a_centre()
    visit, ways = a_dated_visit(centre), days(centre, 6)
    given = at_once(*(lambda said=said: plan_day(visit=visit, said=said) for said in ways))
    assert given.count(Changed) == 5
    (winner,) = [said for said, one in zip(ways, given, strict=True) if one is not Changed]
    assert stands(visit, winner)


def test_one_click_many_times_plans_one_day():
    centre = a_centre()
    visit, (said,) = a_dated_visit(centre), days(centre, 1)
    given = at_once(*[lambda: plan_day(visit=visit, said=said)] * 6)
    assert {one.version for one in given} == {1}
    assert stands(visit, said)


def test_of_two_colleagues_who_move_groups_one_moves_them():
    visit = a_planned_visit(a_centre())
    plan, turns = visit.day_plan, turns_of(visit)
    ways = [
        {(group % 3 + 1, turn): one for (group, turn), one in turns.items()},
        {(4 - group, turn): one for (group, turn), one in turns.items()},
    ]
    given = at_once(
        *(lambda way=way: move_groups(visit=visit, turns=way, version=plan.version) for way in ways)
    )
    assert given.count(Changed) == 1
    assert turns_of(visit) == ways[given.index(Changed) - 1]
    assert DayPlan.objects.get().version == plan.version + 1


def test_one_click_many_times_moves_groups_once():
    visit = a_planned_visit(a_centre())
    plan = visit.day_plan
    wanted = {(4 - group, turn): one for (group, turn), one in turns_of(visit).items()}
    given = at_once(*[lambda: move_groups(visit=visit, turns=wanted, version=plan.version)] * 6)
    assert {one.version for one in given} == {plan.version + 1}
    assert turns_of(visit) == wanted


def test_who_plans_anew_while_groups_are_moved_undoes_nothing_half():
    centre = a_centre()
    visit = a_planned_visit(centre)
    plan, turns = visit.day_plan, turns_of(visit)
    wanted = {(4 - group, turn): one for (group, turn), one in turns.items()}
    anew = replace(days(centre, 1)[0], version=plan.version)
    moved, planned = at_once(
        lambda: move_groups(visit=visit, turns=wanted, version=plan.version),
        lambda: plan_day(visit=visit, said=anew),
    )
    assert [moved, planned].count(Changed) == 1
    assert turns_of(visit) == wanted if planned is Changed else stands(visit, anew)


def test_of_two_classes_planned_into_one_room_one_has_it():
    centre = a_centre()
    ways = days(centre, 2)
    shared = ways[0].stations[1].room
    ways[1] = replace(ways[1], stations=[replace(ways[1].stations[0], room=shared), *ways[1].stations[1:]])
    visits = [a_dated_visit(centre), a_dated_visit(centre)]
    given = at_once(
        *(
            lambda visit=visit, said=said: plan_day(visit=visit, said=said)
            for visit, said in zip(visits, ways, strict=True)
        )
    )
    assert given.count(Taken) == 1
    lost = given.index(Taken)
    assert stands(visits[1 - lost], ways[1 - lost])
    assert not visits[lost].groups.exists()
    assert not visits[lost].bookings.exists()
    assert Booking.objects.filter(room=shared).count() == 1


def test_a_day_that_is_planned_while_its_visit_is_moved_is_in_rooms_that_it_has():
    centre = a_centre()
    for said in days(centre, 4):
        visit, hall = a_dated_visit(centre), a_room(centre, f"Hall {said.minutes}")
        later = visit.begins_at + timedelta(days=said.minutes)
        kept = Kept(later, later + timedelta(hours=3), rooms=[hall])
        at = visit.begins_at - timedelta(days=5)
        at_once(
            lambda visit=visit, said=said: plan_day(visit=visit, said=said),
            lambda visit=visit, kept=kept, at=at: move(
                visit=visit, kept=kept, doing=Doing(key=uuid4(), at=at)
            ),
        )
        visit.refresh_from_db()
        booked = visit.bookings.all()
        assert {one.begins_at for one in booked} == {later}
        has = {one.room for one in booked}
        assert {one.room for one in visit.stations.all() if one.room} <= has
        assert hall in has
        visit.bookings.all().delete()
        visit.facilitations.all().delete()
