"""What a rotation is made from and what comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, order=True, slots=True)
class Group:
    """A part of the class that stays together."""

    key: int
    pupils: int


@dataclass(frozen=True, slots=True)
class Station:
    """Where a workshop is given: two with the same ``workshop`` give it beside each other, and a group goes to one of them.

    No ``room`` or ``person``: it shares none with another. ``place``: walking counts between places, not inside one.
    """

    key: int
    workshop: int
    room: int | None = None
    person: int | None = None
    place: int = 0
    places: int | None = None  # pupils at once; none: any number
    compulsory: bool = True

    def takes(self, group: Group) -> bool:
        """Whether the whole group fits."""
        return self.places is None or group.pupils <= self.places


@dataclass(frozen=True, slots=True)
class Problem:
    """Groups, stations, and how many workshops each group sees (none: all); one is compulsory where a station of it is."""

    groups: tuple[Group, ...]
    stations: tuple[Station, ...]
    each: int | None = None

    @property
    def workshops(self) -> tuple[int, ...]:
        """The different workshops."""
        return tuple(sorted({station.workshop for station in self.stations}))

    @property
    def seen(self) -> int:
        """How many workshops each group sees."""
        return len(self.workshops) if self.each is None else self.each

    @property
    def compulsory(self) -> frozenset[int]:
        """Workshops that every group sees."""
        if self.each is None:
            return frozenset(self.workshops)
        return frozenset(station.workshop for station in self.stations if station.compulsory)

    @property
    def chosen_from(self) -> tuple[Station, ...]:
        """Stations to which not every group must go: they are to have equally much to do."""
        only = Counter(station.workshop for station in self.stations)
        return tuple(s for s in self.stations if s.workshop not in self.compulsory or only[s.workshop] > 1)

    @property
    def shared(self) -> tuple[tuple[Station, ...], ...]:
        """Stations of which only one is at work at a time: each alone, and those with one room or one person."""
        alone = [(station,) for station in self.stations]
        rooms = dict.fromkeys(s.room for s in self.stations if s.room is not None)
        people = dict.fromkeys(s.person for s in self.stations if s.person is not None)
        by_room = [tuple(s for s in self.stations if s.room == room) for room in rooms]
        by_person = [tuple(s for s in self.stations if s.person == one) for one in people]
        return tuple(dict.fromkeys([*alone, *by_room, *by_person]))


@dataclass(frozen=True, order=True, slots=True)
class Visit:
    """A group at a station in a turn, counted from 0."""

    turn: int
    group: int
    station: int


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who is where when. ``proven``: no rotation is shorter, nor as short with less walking, nor then more even."""

    visits: tuple[Visit, ...]
    turns: int
    idle: int  # turns in which some group waits, over all groups
    walks: int  # changes of place, over all groups
    uneven: int  # visits of the fullest station less those of the emptiest, where not every group must go
    proven: bool


class WhyNot(Enum):
    """Why there is no rotation at all, however long."""

    NOTHING = "nothing"  # no group, or no station
    TOO_SMALL = "too_small"  # a group fits into no station of a compulsory workshop
    TOO_FEW = "too_few"  # a group fits into fewer workshops than it is to see
    TOO_MANY_COMPULSORY = "too_many_compulsory"  # more of them than a group sees


class Impossible(Exception):
    """There is no rotation: ``group`` and ``workshop`` are those that it is about, where it is about any."""

    def __init__(self, why: WhyNot, group: int | None = None, workshop: int | None = None) -> None:
        super().__init__(why.value)
        self.why, self.group, self.workshop = why, group, workshop


class NotFound(Exception):
    """The solver was stopped before it had any rotation, or answered something else."""


def check_possible(problem: Problem) -> None:
    """Raises ``Impossible``. Whatever passes has a rotation: one visit after the other."""
    if not problem.groups or not problem.stations or problem.seen < 1:
        raise Impossible(WhyNot.NOTHING)
    if len(problem.compulsory) > problem.seen:
        raise Impossible(WhyNot.TOO_MANY_COMPULSORY)
    for group in problem.groups:
        fits = {station.workshop for station in problem.stations if station.takes(group)}
        for workshop in sorted(problem.compulsory - fits):
            raise Impossible(WhyNot.TOO_SMALL, group.key, workshop)
        if len(fits) < problem.seen:
            raise Impossible(WhyNot.TOO_FEW, group.key)
