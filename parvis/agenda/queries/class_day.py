"""The day of a class as it is planned: groups, stations, turns, and the two ways to read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parvis.agenda.models import ClassVisit, DayPlan, Group, Station, Turn
from parvis.agenda.rotation import Group as OfPupils
from parvis.agenda.rotation import Problem, Visit
from parvis.agenda.rotation import Station as Place
from parvis.agenda.rotation.problem import WhyNot


@dataclass(frozen=True)
class Slot:
    """One turn: its number from 0, when it begins and ends on the centre's clock, who is where. ``breaks``: afterwards there is a break."""

    number: int
    begins: datetime
    ends: datetime
    by_group: list[tuple[Group, Station | None]]
    by_station: list[tuple[Station, Group | None]]
    breaks: int = 0


@dataclass(frozen=True)
class ClassDay:
    """Everything about the day. Four queries."""

    visit: ClassVisit
    plan: DayPlan | None
    groups: list[Group]
    stations: list[Station]
    slots: list[Slot]

    @property
    def ends(self) -> datetime | None:
        """When the last turn ends."""
        return self.slots[-1].ends if self.slots else None

    @property
    def too_long(self) -> int:
        """By how many minutes the turns go beyond the visit."""
        if self.ends is None or self.visit.ends_at is None:
            return 0
        return max(0, int((self.ends - self.visit.ends_at) / timedelta(minutes=1)))

    @property
    def waits(self) -> int:
        """In how many turns a group has nothing to do, over all groups."""
        return sum(station is None for slot in self.slots for _group, station in slot.by_group)


def class_day(visit: ClassVisit) -> ClassDay:
    """The day of a visit; empty where nothing is planned."""
    plan = DayPlan.objects.filter(visit=visit).first()
    groups = list(visit.groups.order_by("number"))
    stations = list(
        visit.stations.select_related("kit_version__kit", "room__space__site", "person").order_by(
            "position", "pk"
        )
    )
    turns = list(Turn.objects.filter(group__visit=visit))
    return ClassDay(visit, plan, groups, stations, _slots(visit, plan, groups, stations, turns))


def clock(plan: DayPlan, begins: datetime, turn: int) -> tuple[datetime, datetime]:
    """When a turn (from 0) begins and ends."""
    minutes = plan.welcome + turn * (plan.minutes + plan.change)
    if plan.break_after is not None and turn >= plan.break_after:
        minutes += plan.break_minutes
    first = begins + timedelta(minutes=minutes)
    return first, first + timedelta(minutes=plan.minutes)


def problem_of(groups: list[Group], stations: list[Station], each: int | None) -> Problem:
    """What the rotation is made from: two stations with one kit are one workshop; interviews are a workshop of their own."""
    kits: dict[int | None, int] = {}
    for station in stations:
        kits.setdefault(station.kit_version.kit_id if station.kit_version else None, len(kits))
    return Problem(
        groups=tuple(OfPupils(group.number, group.pupils) for group in groups),
        stations=tuple(
            Place(
                key=number,
                workshop=kits[station.kit_version.kit_id if station.kit_version else None],
                room=station.room_id,
                person=station.person_id,
                place=station.room.space.site_id if station.room else 0,
                places=station.places,
                compulsory=station.compulsory,
            )
            for number, station in enumerate(stations)
        ),
        each=each,
    )


def visits_of(day: ClassDay) -> list[Visit]:
    """The turns as the rotation knows them: groups by number, stations by their place in the list."""
    place = {station.pk: number for number, station in enumerate(day.stations)}
    return [
        Visit(slot.number, group.number, place[station.pk])
        for slot in day.slots
        for group, station in slot.by_group
        if station
    ]


def _slots(
    visit: ClassVisit, plan: DayPlan | None, groups: list[Group], stations: list[Station], turns: list[Turn]
) -> list[Slot]:
    if plan is None or visit.begins_at is None or not turns:
        return []
    at = {(turn.position, turn.group_id): turn.station_id for turn in turns}
    by_key = {station.pk: station for station in stations}
    last = max(turn.position for turn in turns)
    slots = []
    for number in range(last + 1):
        begins, ends = clock(plan, visit.begins_at, number)
        here = [(group, by_key.get(at.get((number, group.pk), 0))) for group in groups]
        there = {station.pk: group for group, station in here if station}
        slots.append(
            Slot(
                number=number,
                begins=visit.centre.local(begins),
                ends=visit.centre.local(ends),
                by_group=here,
                by_station=[(station, there.get(station.pk)) for station in stations],
                breaks=plan.break_minutes if plan.break_after == number + 1 and number < last else 0,
            )
        )
    return slots


def proposed_sizes(pupils: int, groups: int) -> list[int]:
    """A class in so many groups as equal as can be, the larger ones first."""
    groups = max(1, min(groups, pupils))
    return [pupils // groups + (number < pupils % groups) for number in range(groups)]


__all__ = ["ClassDay", "Slot", "WhyNot", "class_day", "clock", "problem_of", "proposed_sizes", "visits_of"]
