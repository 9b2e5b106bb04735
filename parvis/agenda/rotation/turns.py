"""Who is where in a given number of turns, as a whole-number model of its own: every rule, and how even the stations’ loads are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from .linear import Model
from .problem import NotFound, Problem, Station, Visit


def fewest_turns(problem: Problem, seconds: float) -> int:
    """Below this no rotation fits: a group’s workshops, and the load of whatever is used by one group at a time."""
    model = Model()
    turns = model.column(cost=1, high=len(problem.groups) * problem.seen)
    model.total([turns], low=problem.seen)
    load: dict[int, list[int]] = defaultdict(list)
    for group in problem.groups:
        own = {station: model.column() for station in problem.stations if station.takes(group)}
        for station, column in own.items():
            load[station.key].append(column)
        _sees(model, problem, [(station, [column]) for station, column in own.items()])
    for shared in problem.shared:
        used = [column for station in shared for column in load[station.key]]
        model.row([(turns, 1.0), *((column, -1.0) for column in used)], low=0)
    values, _proven = model.solve(seconds)
    if values is None:
        raise NotFound("loads contradict each other")  # whatever is possible has a rotation
    return int(values[turns])


def visits_in(
    problem: Problem,
    turns: int,
    seconds: float,
    only: Mapping[tuple[int, int], Collection[int]] | None = None,
) -> tuple[tuple[Visit, ...] | None, bool]:
    """The most even rotation of so many turns, or none where there is none; and whether that is proven.

    ``only``: stations where a group is in a turn; where it says none, the group waits.
    """
    model, at = Model(), {}
    for group in problem.groups:
        for turn in range(turns):
            here = [station for station in problem.stations if station.takes(group)]
            if only is not None:
                here = [station for station in here if station.key in only.get((group.key, turn), ())]
            at.update({Visit(turn, group.key, station.key): model.column() for station in here})
    _rules(model, problem, turns, at)
    loads = [[c for visit, c in at.items() if visit.station == s.key] for s in problem.chosen_from]
    even(model, problem, [(columns, 1) for columns in loads])
    values, proven = model.solve(seconds)
    if values is None:
        return None, True
    return tuple(sorted(visit for visit, column in at.items() if values[column])), proven


def even(model: Model, problem: Problem, loads: Iterable[tuple[list[int], int]]) -> None:
    """A unit for each visit by which the fullest station has more than the emptiest.

    ``loads``: columns that are visits of so many stations together, which share them evenly.
    """
    if not problem.chosen_from:
        return
    groups = len(problem.groups)
    most, least = model.column(cost=1, high=groups), model.column(cost=-1, high=groups)
    for columns, stations in loads:
        model.row([(most, float(stations)), *((column, -1.0) for column in columns)], low=0)
        model.row([(least, float(stations)), *((column, -1.0) for column in columns)], high=0)


def unevenness(problem: Problem, visits: Iterable[Visit]) -> int:
    """Visits of the fullest station less those of the emptiest, where not every group must go."""
    loads = Counter(visit.station for visit in visits)
    each = [loads[station.key] for station in problem.chosen_from]
    return max(each) - min(each) if each else 0


def _rules(model: Model, problem: Problem, turns: int, at: dict[Visit, int]) -> None:
    by_group: dict[tuple[int, int], list[int]] = defaultdict(list)
    by_station: dict[tuple[int, int], list[int]] = defaultdict(list)
    pairs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for visit, column in at.items():
        by_group[visit.group, visit.turn].append(column)
        by_station[visit.station, visit.turn].append(column)
        pairs[visit.group, visit.station].append(column)
    for columns in by_group.values():
        model.total(columns, high=1)
    for turn in range(turns):
        for shared in problem.shared:
            model.total([c for station in shared for c in by_station[station.key, turn]], high=1)
    for group in problem.groups:
        _sees(model, problem, [(station, pairs[group.key, station.key]) for station in problem.stations])


def _sees(model: Model, problem: Problem, own: Iterable[tuple[Station, list[int]]]) -> None:
    """One group: each workshop at most once, the compulsory ones just once, so many in all."""
    by_workshop: dict[int, list[int]] = {workshop: [] for workshop in problem.workshops}
    for station, columns in own:
        by_workshop[station.workshop] += columns
    for workshop, columns in by_workshop.items():
        model.total(columns, low=1.0 if workshop in problem.compulsory else 0.0, high=1.0)
    model.total([c for columns in by_workshop.values() for c in columns], low=problem.seen, high=problem.seen)
