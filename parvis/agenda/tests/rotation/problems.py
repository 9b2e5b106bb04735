"""Problems that Hypothesis makes up, and the best rotation of a small one by trying everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise, permutations

from hypothesis import strategies as some

from parvis.agenda.rotation import Group, Problem, Station

Way = tuple[Station | None, ...]


@some.composite
def problems(draw: some.DrawFn, *, groups: int = 8, stations: int = 6, places: int = 3) -> Problem:
    """Any mixture of rules: rooms and people shared, workshops given twice, too few places, wishes."""
    sizes = draw(some.lists(some.integers(1, 8), min_size=1, max_size=groups))
    count = draw(some.integers(1, stations))
    made = []
    for key in range(count):
        made.append(
            Station(
                key=key,
                workshop=draw(some.integers(0, key)) if draw(some.integers(0, 5)) == 0 else key,
                room=draw(some.sampled_from([None, 10 + key, 10 + key, 10])),
                person=draw(some.sampled_from([None, 20 + key, 20 + key, 20])),
                place=draw(some.integers(0, places - 1)),
                places=draw(some.sampled_from([None, None, None, 4, 8])),
                compulsory=draw(some.booleans()),
            )
        )
    workshops = len({station.workshop for station in made})
    each = draw(some.one_of(some.none(), some.integers(1, workshops)))
    return Problem(tuple(Group(key, size) for key, size in enumerate(sizes)), tuple(made), each)


def by_trying(problem: Problem, turns: int) -> tuple[int, int] | None:
    """The least changes of place, then the least unevenness, of all rotations of so many turns; none where there is none."""
    best: tuple[int, int] | None = None
    for ways in _together([list(_ways(problem, group, turns)) for group in problem.groups], []):
        cost = sum(_changes(way) for way in ways), _uneven(problem, ways)
        best = cost if best is None else min(best, cost)
    return best


def _ways(problem: Problem, group: Group, turns: int) -> Iterator[Way]:
    """Each way that one group could go alone."""
    fitting = [s for s in problem.stations if s.places is None or group.pupils <= s.places]
    for chosen in combinations(fitting, problem.seen):
        seen = {station.workshop for station in chosen}
        if len(seen) < problem.seen or not problem.compulsory <= seen:
            continue
        for order in permutations(chosen):
            for when in combinations(range(turns), problem.seen):
                at = dict(zip(when, order, strict=True))
                yield tuple(at.get(turn) for turn in range(turns))


def _together(left: list[list[Way]], so_far: list[Way]) -> Iterator[list[Way]]:
    if not left:
        yield so_far
        return
    for way in left[0]:
        if all(not _clash(way, other) for other in so_far):
            yield from _together(left[1:], [*so_far, way])


def _clash(one: Way, two: Way) -> bool:
    for here, there in zip(one, two, strict=True):
        if here is None or there is None:
            continue
        if here is there or (here.room is not None and here.room == there.room):
            return True
        if here.person is not None and here.person == there.person:
            return True
    return False


def _changes(way: Way) -> int:
    places = [station.place for station in way if station]
    return sum(one != two for one, two in pairwise(places))


def _uneven(problem: Problem, ways: list[Way]) -> int:
    loads = Counter(station.key for way in ways for station in way if station)
    given = Counter(station.workshop for station in problem.stations)
    each = [
        loads[station.key]
        for station in problem.stations
        if station.workshop not in problem.compulsory or given[station.workshop] > 1
    ]
    return max(each) - min(each) if each else 0
