"""The day of a class is planned: groups, stations with rooms and people, and the rotation, computed or moved by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.bookings import book
from parvis.agenda.actions.leading import lead
from parvis.agenda.actions.visit_steps import Changed, NotNow, row_of
from parvis.agenda.models import ClassVisit, DayPlan, Group, KitVersion, Room, Station, Turn
from parvis.agenda.queries.class_day import class_day, clock, problem_of
from parvis.agenda.rotation import Fault, Visit, broken, solve

S = ClassVisit.State
BEFORE = (S.OPTION, S.CONFIRMED, S.PREPARED)
SECONDS = 2.0  # that a page waits for a rotation


class GroupsUnlikeClass(Exception):
    """The groups that are planned do not add up to the class: ``pupils`` in them."""

    def __init__(self, pupils: int) -> None:
        super().__init__(pupils)
        self.pupils = pupils


class BreaksRules(Exception):
    """What was moved by hand cannot be: ``faults``."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(len(faults))
        self.faults = faults


@dataclass(frozen=True)
class StationSaid:
    """A workshop in a room; no ``kit_version``: individual interviews."""

    kit_version: KitVersion | None
    room: Room | None = None
    person: User | None = None
    places: int | None = None
    compulsory: bool = True


@dataclass(frozen=True)
class DaySaid:
    """How a day is to be. ``version``: of the plan that was looked at; none: it does not matter."""

    groups: Sequence[int]
    stations: Sequence[StationSaid]
    welcome: int = 15
    minutes: int = 30
    change: int = 5
    each: int | None = None
    break_after: int | None = None
    break_minutes: int = 15
    version: int | None = None


def plan_day(*, visit: ClassVisit, said: DaySaid) -> DayPlan:
    """Work out the rotation, write it instead of what was planned, and book its rooms and people. Said twice, it is the same.

    Raises ``NotNow``, ``GroupsUnlikeClass``, ``Changed``, the rotation's ``Impossible`` and ``NotFound``, ``Taken`` by whom a room is booked,
    ``Closed`` which room is not used any more, and ``Busy`` who leads something else; then nothing is changed.
    """
    if sum(said.groups) != visit.pupils:
        raise GroupsUnlikeClass(sum(said.groups))
    groups = [Group(visit=visit, number=n, pupils=size) for n, size in enumerate(said.groups, 1)]
    stations = [_station(visit, number, one) for number, one in enumerate(said.stations)]
    found = solve(problem_of(groups, stations, said.each), seconds=SECONDS)  # before anything is locked
    with transaction.atomic():
        row = _locked(visit)
        if sum(said.groups) != row.pupils:
            raise GroupsUnlikeClass(sum(said.groups))
        plan, done = _plan(row, said)
        if done:
            return plan
        before = (
            set(row.stations.values_list("room", flat=True)),
            set(row.stations.values_list("person", flat=True)),
        )
        plan.proven, plan.by_hand = found.proven, False
        plan.save()
        row.groups.all().delete()
        row.stations.all().delete()
        Group.objects.bulk_create(groups)
        Station.objects.bulk_create(stations)
        _write_turns(row, plan, found.visits)
        _take_rooms_and_people(row, stations, *before)
    return plan


@transaction.atomic
def move_groups(*, visit: ClassVisit, turns: Mapping[tuple[int, int], Station], version: int) -> DayPlan:
    """The turns of all groups as somebody put them: group (its number) and turn (from 0) → station. Said twice, they are moved once.

    Raises ``NotNow``, ``Changed`` and ``BreaksRules``.
    """
    row = _locked(visit)
    plan = DayPlan.objects.select_for_update(no_key=True).filter(visit=row).first()
    if plan is not None and plan.by_hand and plan.version == version + 1 and _moved(row) == dict(turns):
        return plan
    if plan is None or plan.version != version:
        raise Changed
    day = class_day(row)
    place = {station.pk: number for number, station in enumerate(day.stations)}
    visits = tuple(Visit(turn, group, place[one.pk]) for (group, turn), one in sorted(turns.items()))
    if faults := broken(problem_of(day.groups, day.stations, plan.each), visits):
        raise BreaksRules(faults)
    plan.by_hand, plan.proven, plan.version = True, False, plan.version + 1
    plan.save()
    Turn.objects.filter(group__visit=row).delete()
    _write_turns(row, plan, visits)
    return plan


def _moved(visit: ClassVisit) -> dict[tuple[int, int], Station]:
    turns = Turn.objects.filter(group__visit=visit).select_related("group", "station")
    return {(one.group.number, one.position): one.station for one in turns}


def _locked(visit: ClassVisit) -> ClassVisit:
    row = row_of(visit, *BEFORE)
    if row.begins_at is None:
        raise NotNow(row.state)
    return row


def _time(visit: ClassVisit) -> tuple[datetime, datetime]:
    if visit.begins_at is None or visit.ends_at is None:
        raise NotNow(visit.state)
    return visit.begins_at, visit.ends_at


def _plan(visit: ClassVisit, said: DaySaid) -> tuple[DayPlan, bool]:
    """The plan's row as it was said, not saved, and whether just that stands there already."""
    plan = DayPlan.objects.get_or_create(visit=visit)[0]
    if said.version is not None and said.version != plan.version:
        if said.version + 1 == plan.version and _same(visit, plan, said):
            return plan, True
        raise Changed
    plan.welcome, plan.minutes, plan.change = said.welcome, said.minutes, said.change
    plan.each, plan.break_after, plan.break_minutes = said.each, said.break_after, said.break_minutes
    plan.version += 1
    return plan, False


def _same(visit: ClassVisit, plan: DayPlan, said: DaySaid) -> bool:
    def of(one: DayPlan | DaySaid) -> tuple[object, ...]:
        return (one.welcome, one.minutes, one.change, one.each, one.break_after, one.break_minutes)

    there = [
        StationSaid(one.kit_version, one.room, one.person, one.places, one.compulsory)
        for one in visit.stations.select_related("kit_version", "room", "person")
    ]
    sizes = list(visit.groups.order_by("number").values_list("pupils", flat=True))
    return of(plan) == of(said) and sizes == list(said.groups) and there == list(said.stations)


def _station(visit: ClassVisit, position: int, said: StationSaid) -> Station:
    return Station(
        visit=visit,
        position=position,
        kit_version=said.kit_version,
        room=said.room,
        person=said.person,
        places=said.places,
        compulsory=said.compulsory,
    )


def _write_turns(visit: ClassVisit, plan: DayPlan, visits: Sequence[Visit]) -> None:
    first, _last = _time(visit)
    groups = {group.number: group for group in visit.groups.all()}
    stations = list(visit.stations.order_by("position", "pk"))
    made = []
    for one in visits:
        begins, ends = clock(plan, first, one.turn)
        group, station = groups[one.group], stations[one.station]
        made.append(Turn(group=group, station=station, position=one.turn, begins_at=begins, ends_at=ends))
    Turn.objects.bulk_create(made)


def _take_rooms_and_people(
    visit: ClassVisit, stations: list[Station], rooms_before: set[int], people_before: set[int]
) -> None:
    """The stations' rooms and people instead of those of the plan before; what the visit has beside them stays."""
    begins, ends = _time(visit)
    bookings = list(visit.bookings.select_related("room", "equipment"))
    rooms = {one.room for one in bookings if one.room and one.room_id not in rooms_before}
    rooms |= {station.room for station in stations if station.room}
    things = {one.equipment: one.number for one in bookings if one.equipment}
    book(owner=visit, begins=begins, ends=ends, rooms=rooms, equipment=things)
    leading = visit.facilitations.filter(person__isnull=False).select_related("person")
    people = {one.person for one in leading if one.person and one.person_id not in people_before}
    people |= {station.person for station in stations if station.person}
    lead(visit, list(people), begins=begins, ends=ends)
