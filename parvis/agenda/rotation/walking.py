"""Less walking: each group's way through *kinds* of stations, chosen from all ways with few changes of place.

A way with more changes than a group needs can be part of an optimum only while it costs less than what is found already: so few ways are
enough to prove that nothing is better.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict

from .checker import walks
from .kinds import classes_of, kinds_of
from .linear import Model
from .problem import NotFound, Problem, Visit
from .turns import even, unevenness, visits_in
from .ways import IDLE, TooMany, Way, Ways, changes_of

WALK = 100  # one change of place is worse than any unevenness
Chosen = dict[frozenset[int], list[Way]]
Visits = tuple[Visit, ...]


def less_walking(problem: Problem, turns: int, known: Visits, until: float) -> tuple[Visits, bool]:
    """From the most even rotation to the one with the least walking of as many turns; whether that is proven."""
    search = _Search(problem, turns, known, until)
    try:
        sure = search.few_waits() or search.every_way()
    except (TooMany, NotFound):
        sure = False
    return search.best, sure


class _Search:
    """The best rotation so far, and how little walking there could be."""

    def __init__(self, problem: Problem, turns: int, known: Visits, until: float) -> None:
        self.problem, self.turns, self.best, self.until = problem, turns, known, until
        self.kinds = kinds_of(problem)
        self.classes = classes_of(problem, self.kinds)
        self.fewest = {a: Ways(problem, self.kinds, a, problem.seen).fewest() for a in self.classes}
        self.floor = sum(self.fewest[a] * len(groups) for a, groups in self.classes.items())
        self.evenest = unevenness(problem, known)

    @property
    def left(self) -> float:
        """Seconds."""
        return self.until - time.monotonic()

    @property
    def beyond(self) -> int:
        """How many changes of place the best has that no group would need for itself."""
        return walks(self.problem, self.best) - self.floor

    def few_waits(self) -> bool:
        """From ways with one wait at most, which are few: whether what comes of it can be no better."""
        for more, waits in ((0, 0), (0, 1), (1, 1)):
            if self._at_floor():
                return True
            self._improved(more, waits)
        return self._at_floor()

    def every_way(self) -> bool:
        """From more and more ways, until no other can be part of anything better: whether the solver was sure."""
        more = 0
        while True:
            sure = self._improved(more, waits=None)
            if sure is False or (sure and self.beyond <= more + (not self.problem.chosen_from)):
                return bool(sure)
            more = more + 1 if sure is None else max(self.beyond, more + 1)

    def _at_floor(self) -> bool:
        return not self.beyond and unevenness(self.problem, self.best) == self.evenest

    def _improved(self, more: int, waits: int | None) -> bool | None:
        """The best of ways with so many changes more than needed: whether that is proven, or none where they are not enough."""
        some = {
            a: Ways(self.problem, self.kinds, a, self.turns, waits).up_to(few + more)
            for a, few in self.fewest.items()
        }
        chosen, sure = self._chosen(some)
        if chosen is None:
            return None
        visits, even_too = self._at_stations(chosen)
        self.best = min(self.best, visits, key=self._cost)
        return sure and even_too

    def _cost(self, visits: Visits) -> tuple[int, int]:
        return walks(self.problem, visits), unevenness(self.problem, visits)

    def _chosen(self, some: Chosen) -> tuple[Chosen | None, bool]:
        """How many groups of each class go which way: none where these ways are not enough."""
        model = Model()
        used: dict[tuple[int, int], list[int]] = defaultdict(list)  # kind, turn → columns
        visits: list[Counter[int]] = [Counter() for _kind in self.kinds]  # how often each column goes there
        columns: dict[tuple[frozenset[int], Way], int] = {}
        for allowed, ways in some.items():
            size = len(self.classes[allowed])
            for way in ways:
                column = columns[allowed, way] = model.column(WALK * changes_of(self.kinds, way), size)
                for turn, kind in enumerate(way):
                    if kind != IDLE:
                        used[kind, turn].append(column)
                        visits[kind][column] += 1
            model.total([columns[allowed, way] for way in ways], size, size)
        self._at_once(model, used)
        self._even(model, visits)
        values, sure = model.solve(self.left)
        if values is None:
            return None, True
        chosen: Chosen = defaultdict(list)
        for (allowed, way), column in columns.items():
            chosen[allowed] += [way] * int(values[column])
        return chosen, sure

    def _at_once(self, model: Model, used: dict[tuple[int, int], list[int]]) -> None:
        """So many groups at a kind in a turn; at one kind of those that share a room or a person."""
        for (kind, _turn), columns in used.items():
            model.total(columns, high=self.kinds[kind].at_once)
        for shared in self.problem.shared:
            together = [n for n, kind in enumerate(self.kinds) if set(kind.stations) & set(shared)]
            if len(together) > 1:
                for turn in range(self.turns):
                    model.total([c for kind in together for c in used.get((kind, turn), ())], high=1)

    def _even(self, model: Model, visits: list[Counter[int]]) -> None:
        loads = []
        for kind, often in zip(self.kinds, visits, strict=True):
            if set(kind.stations) <= set(self.problem.chosen_from):
                load = model.column(high=len(self.problem.groups) * len(kind.stations))
                model.row([(load, -1.0), *((column, float(n)) for column, n in often.items())], 0, 0)
                loads.append(([load], len(kind.stations)))
        even(model, self.problem, loads)

    def _at_stations(self, chosen: Chosen) -> tuple[Visits, bool]:
        """The ways, each to its own stations."""
        only = {
            (group.key, turn): [station.key for station in self.kinds[kind].stations]
            for allowed, groups in self.classes.items()
            for group, way in zip(groups, chosen[allowed], strict=True)
            for turn, kind in enumerate(way)
            if kind != IDLE
        }
        visits, sure = visits_in(self.problem, self.turns, self.left, only)
        if visits is None:
            raise NotFound("kinds cannot be told apart")  # they always can
        return visits, sure
