"""What a rotation breaks, from the rules alone: written apart from the model, so that a mistake there shows here, and used for
what is moved by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from .problem import Problem, Station, Visit


class Rule(Enum):
    """What always holds."""

    TWO_PLACES = "two_places"  # a group at two stations in one turn
    TWO_GROUPS = "two_groups"  # two groups at one station in one turn
    ROOM = "room"  # two stations in one room in one turn
    PERSON = "person"  # somebody at two stations in one turn
    TWICE = "twice"  # a group sees a workshop twice
    TOO_SMALL = "too_small"  # a group that the station has not enough places for
    MISSING = "missing"  # a group does not see a compulsory workshop
    COUNT = "count"  # a group sees more or fewer workshops than it should


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that is broken, in which turn, by which groups and stations (keys)."""

    rule: Rule
    turn: int | None = None
    groups: tuple[int, ...] = ()
    stations: tuple[int, ...] = ()
    workshop: int | None = None


def broken(problem: Problem, visits: Iterable[Visit]) -> tuple[Fault, ...]:
    """Each rule that these visits break. Groups or stations that are not the problem's raise ``KeyError``."""
    ordered = sorted(visits)
    stations = {station.key: station for station in problem.stations}
    return (*_at_once(ordered, stations), *_each_group(problem, ordered, stations))


def walks(problem: Problem, visits: Iterable[Visit]) -> int:
    """How often groups go from one place to another."""
    place = {station.key: station.place for station in problem.stations}
    ways: dict[int, list[int]] = defaultdict(list)
    for visit in sorted(visits):
        ways[visit.group].append(place[visit.station])
    return sum(one != two for way in ways.values() for one, two in pairwise(way))


def _at_once(visits: list[Visit], stations: dict[int, Station]) -> Iterator[Fault]:
    for number, one in enumerate(visits):
        for two in visits[number + 1 :]:
            if two.turn != one.turn:
                break
            for rule in _together(one, two, stations[one.station], stations[two.station]):
                yield Fault(rule, one.turn, (one.group, two.group), (one.station, two.station))


def _together(one: Visit, two: Visit, first: Station, second: Station) -> Iterator[Rule]:
    """What two visits of one turn break."""
    if one.group == two.group:
        yield Rule.TWO_PLACES
    elif first.key == second.key:
        yield Rule.TWO_GROUPS
    if first.key != second.key and first.room is not None and first.room == second.room:
        yield Rule.ROOM
    if first.key != second.key and first.person is not None and first.person == second.person:
        yield Rule.PERSON


def _each_group(problem: Problem, visits: list[Visit], stations: dict[int, Station]) -> Iterator[Fault]:
    own: dict[int, list[Visit]] = {group.key: [] for group in problem.groups}
    for visit in visits:
        own[visit.group].append(visit)
    for group in problem.groups:
        seen: set[int] = set()
        for visit in own[group.key]:
            station = stations[visit.station]
            about = (visit.turn, (group.key,), (station.key,), station.workshop)
            if not station.takes(group):
                yield Fault(Rule.TOO_SMALL, *about)
            if station.workshop in seen:
                yield Fault(Rule.TWICE, *about)
            seen.add(station.workshop)
        for workshop in sorted(problem.compulsory - seen):
            yield Fault(Rule.MISSING, groups=(group.key,), workshop=workshop)
        if len(own[group.key]) != problem.seen:
            yield Fault(Rule.COUNT, groups=(group.key,))
