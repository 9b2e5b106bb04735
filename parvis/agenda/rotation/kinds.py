"""Stations that are alike for who goes where: what is left to decide about them is decided afterwards, at no cost.

Whoever is at a kind in a turn, and how often, is a graph of groups and turns; its edges can be coloured by the kind's stations so that no
group and no turn has a colour twice, and evenly (König 1916, de Werra 1971). So walking and length are found with kinds alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .problem import Group, Problem, Station


@dataclass(frozen=True, slots=True)
class Kind:
    """Stations that are alike: a group goes there at most ``often`` times, ``at_once`` groups fit in one turn."""

    stations: tuple[Station, ...]
    often: int
    at_once: int
    groups: frozenset[int]
    compulsory: bool

    @property
    def place(self) -> int:
        """Where it is: all its stations are there."""
        return self.stations[0].place

    @property
    def workshops(self) -> frozenset[int]:
        """What is given there."""
        return frozenset(station.workshop for station in self.stations)

    @property
    def known(self) -> frozenset[int]:
        """Its workshop, where it has only one: whoever was there has seen it."""
        return self.workshops if len(self.workshops) == 1 else frozenset()


def kinds_of(problem: Problem) -> tuple[Kind, ...]:
    """The stations put together where they are alike; one that shares something with unlike ones stays alone."""
    together: dict[object, list[Station]] = defaultdict(list)
    for station in problem.stations:
        together[_likeness(problem, station)].append(station)
    return tuple(_kind(problem, tuple(stations)) for stations in together.values())


def fits(problem: Problem, station: Station) -> frozenset[int]:
    """The groups that a station takes."""
    return frozenset(group.key for group in problem.groups if station.takes(group))


def classes_of(problem: Problem, kinds: tuple[Kind, ...]) -> dict[frozenset[int], list[Group]]:
    """Groups that may go to the same kinds (their numbers): which of them is which does not matter."""
    found: dict[frozenset[int], list[Group]] = defaultdict(list)
    for group in problem.groups:
        found[frozenset(at for at, kind in enumerate(kinds) if group.key in kind.groups)].append(group)
    return dict(found)


def _likeness(problem: Problem, station: Station) -> object:
    common = (station.place, fits(problem, station), station.workshop in problem.compulsory)
    mates, parallel = _mates(problem, station), _parallel(problem, station)
    if len(mates) == 1 and len(parallel) == 1:
        return ("free", *common)
    if len(mates) == 1 and all(_looks(problem, other) == common for other in parallel):
        if all(len(_mates(problem, other)) == 1 for other in parallel):
            return ("parallel", station.workshop)
    elif len(parallel) == 1 and all(
        _mates(problem, other) == mates
        and len(_parallel(problem, other)) == 1
        and _looks(problem, other) == common
        for other in mates
    ):
        return ("in turn", min(other.key for other in mates))
    return ("alone", station.key)


def _looks(problem: Problem, station: Station) -> tuple[object, ...]:
    return (station.place, fits(problem, station), station.workshop in problem.compulsory)


def _mates(problem: Problem, station: Station) -> frozenset[Station]:
    """Itself, and whoever shares a room or a person with it."""
    return frozenset(other for shared in problem.shared if station in shared for other in shared)


def _parallel(problem: Problem, station: Station) -> list[Station]:
    return [other for other in problem.stations if other.workshop == station.workshop]


def _kind(problem: Problem, stations: tuple[Station, ...]) -> Kind:
    first = stations[0]
    workshops = {station.workshop for station in stations}
    in_turn = len(stations) > 1 and len(_mates(problem, first)) > 1
    return Kind(
        stations=stations,
        often=len(workshops),
        at_once=1 if in_turn else len(stations),
        groups=fits(problem, first),
        compulsory=first.workshop in problem.compulsory,
    )
