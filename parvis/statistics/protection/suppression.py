"""Which other cells are hidden so that the small ones stay hidden, at the least lost information.

The model is Fischetti and Salazar's (Management Science 47, 2001): choose cells at least cost so that, for every cell that needs it, an outsider's
linear program still reaches far enough up and down. Rows for that are made when they are missed: the multipliers of a program that does not
reach far enough say which cells could help. One model holds all linked tables, so nothing is settled table by table.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .audit import Audit, audit
from .outsider import NEAR, Known, Outsider, Values, checked, program, solver
from .primary import Need
from .tables import Cell, Figures
from .witnesses import Goal, Witnesses

Cost = Callable[[Cell, int], float]
Mask = NDArray[np.bool_]
ENDED = highspy.HighsModelStatus
GAP = 0.001
LAST = 0.3  # of the time


class CannotProtect(Exception):
    """What was published before leaves no way to protect a cell."""


def by_size(_cell: Cell, value: int) -> float:
    """Hiding a cell loses what it counts, and the line itself."""
    return 1.0 + value


def by_count(_cell: Cell, value: int) -> float:
    """Hiding any cell loses the same; among equals the smaller one goes."""
    return 1.0 + value / 1e6


@dataclass(frozen=True)
class Suppression:
    """Which cells are hidden, small ones and others. ``proven``: nothing cheaper protects them (to a thousandth)."""

    hidden: frozenset[Cell]
    second: frozenset[Cell]  # of them, those that are hidden for the others' sake
    cost: float
    bound: float
    proven: bool
    seconds: float
    audit: Audit


def suppress(
    figures: Figures,
    needs: Mapping[Cell, Need],
    *,
    cost: Cost = by_size,
    told: Iterable[Cell] = (),
    known: Known | None = None,
    seconds: float = 20.0,
) -> Suppression:
    """Hides what needs it and the cheapest other cells that protect it; the result has passed the audit.

    ``told``: cells that were published already and cannot be hidden any more. ``known``: what an outsider has of single cells
    from elsewhere (:func:`~parvis.statistics.protection.filterable.told_by_filters`). When time runs out, the best choice found so far
    is given (``proven`` false). Raises ``CannotProtect``.
    """
    started = time.monotonic()
    outsider = Outsider(figures, known)
    search = _Search(outsider, figures, needs, cost, frozenset(told), started + seconds)
    best, bound = search.run()
    passed = _audited(search, figures, needs, best, known)
    hidden = frozenset(search.names(best))
    lost = search.lost(best)
    return Suppression(
        hidden,
        hidden - frozenset(needs),
        lost,
        bound,
        lost - bound <= GAP * max(lost, 1.0),
        time.monotonic() - started,
        passed,
    )


def _audited(
    search: _Search, figures: Figures, needs: Mapping[Cell, Need], best: Mask, known: Known | None
) -> Audit:
    """The audit of the choice, widened (in place) where whole counts reach less far than the linear program said."""
    while True:
        found = audit(figures, search.names(best), needs, known=known)
        if found.passed:
            return found
        before = int(best.sum())
        for finding in found.findings:
            place = search.asked.number[finding.cell]
            for sign, end in ((-1, finding.value - finding.need.low), (1, finding.need.high - finding.value)):
                search.widen(best, Goal(place, sign, float(end)), whole=True)
        if int(best.sum()) == before:
            raise CannotProtect(f"{len(found.findings)} cells cannot be protected")


class _Search:
    """One search: a master that chooses cells, the outsider who tests the choice, and a way to mend any choice."""

    def __init__(
        self,
        outsider: Outsider,
        figures: Figures,
        needs: Mapping[Cell, Need],
        cost: Cost,
        told: frozenset[Cell],
        until: float,
    ) -> None:
        self.asked, self.until = outsider, until
        self.spare = (until - time.monotonic()) * LAST  # to make an unproven choice leaner
        self.outside = self.asked.mask(figures.unprinted)
        self.forced = self.asked.mask(needs) | self.outside
        self.told = self.asked.mask(told) & ~self.outside
        if (self.told & self.forced).any():
            raise CannotProtect("a cell that has to be hidden was published before")
        self.cost = np.array([cost(each, value) for each, value in figures.values.items()])
        self.cost[self.outside] = 0.0
        self.goals = list(self._goals(needs))
        self.witnesses = Witnesses(self.asked, self.goals)
        self._mending = self._mender()

    def _goals(self, needs: Mapping[Cell, Need]) -> Iterable[Goal]:
        for found, need in needs.items():
            place = self.asked.number[found]
            value = self.asked.truth[place]
            if need.low < value:
                yield Goal(place, -1, float(value - need.low))
            if need.high > value:
                yield Goal(place, 1, float(need.high - value))

    def names(self, hidden: Mask) -> list[Cell]:
        """The printed cells of a choice."""
        return [self.asked.cells[place] for place in np.flatnonzero(hidden & ~self.outside)]

    def lost(self, hidden: Mask) -> float:
        """What a choice costs."""
        return float(self.cost[hidden].sum())

    def run(self) -> tuple[Mask, float]:
        """The best choice found, and what no choice can cost less than."""
        best = self.mended(self.forced)
        bound = self.lost(self.forced)
        master = _Master(self)
        while bound < self.lost(best) * (1 - GAP):
            left = self.until - self.spare - time.monotonic()
            if left <= 0:
                return self.lean(best), bound
            chosen, under = master.choose(best, left)
            bound = max(bound, min(under, self.lost(best)))
            if chosen is None:
                continue
            missed = self.witnesses.missed(chosen)
            if missed:
                master.learn(missed)
                chosen = self.mended(chosen)
            best = chosen if self.lost(chosen) < self.lost(best) else best
        return best, bound

    # -- mending a choice ---------------------------------------------------------------------------------------------------

    def _mender(self) -> highspy.Highs:
        """A program over how much each cell goes up and down, in which what is not hidden yet costs."""
        count, rows = len(self.asked.cells), self.asked.rows
        both = [{**row, **{column + count: -value for column, value in row.items()}} for row in rows]
        zero = np.zeros(len(rows))
        free = np.zeros(2 * count)
        made = solver(presolve="off")
        checked(made.passModel(program(free, self._reach(), free, both, (zero, zero))), "the tables to mend")
        return made

    def _reach(self) -> Values:
        truth = self.asked.truth
        reach = np.concatenate([self.asked.utmost - truth, truth - self.asked.least])
        reach[np.tile(self.told, 2)] = 0.0
        return reach

    def mended(self, chosen: Mask) -> Mask:
        """A choice widened until every goal is reached."""
        hidden = chosen | self.forced
        reached = np.zeros(len(self.goals), dtype=bool)
        missed = {id(goal) for goal, _ in self.witnesses.missed(hidden)}
        reached[:] = [id(goal) not in missed for goal in self.goals]
        for number, goal in enumerate(self.goals):
            if not reached[number]:
                reached |= self.witnesses.reached_by(self.widen(hidden, goal))
        return hidden

    def widen(self, hidden: Mask, goal: Goal, *, whole: bool = False) -> Values:
        """Hides (in place) the cheapest cells that let one goal be reached; gives the table in which it is."""
        count = len(self.asked.cells)
        low, high = np.zeros(2 * count), self._reach()
        column, other = (
            (goal.place, goal.place + count) if goal.sign > 0 else (goal.place + count, goal.place)
        )
        low[column] = high[column] = goal.far
        high[other] = 0.0
        dear = np.tile(np.where(hidden, 1e-4, self.cost / goal.far + 1e-3), 2)
        everything = np.arange(2 * count, dtype=np.int32)
        used = self._mending
        if whole:
            used = solver(time_limit=20.0)
            model = self._mending.getLp()
            model.integrality_ = [highspy.HighsVarType.kInteger] * (2 * count)
            checked(used.passModel(model), "the tables to mend in whole counts")
        checked(used.changeColsBounds(2 * count, everything, low, high), "a goal")
        checked(used.changeColsCost(2 * count, everything, dear), "what hiding costs")
        checked(used.run(), "to mend")
        if used.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            raise CannotProtect("a cell can be worked out from what was published before")
        values = np.array(used.getSolution().col_value)
        moved = values[:count] - values[count:]
        hidden |= np.abs(moved) > NEAR
        table: Values = self.asked.truth + moved
        return table

    def lean(self, hidden: Mask) -> Mask:
        """A choice without the cells that it can do without, the dearest ones tried first."""
        kept = hidden.copy()
        spare = [place for place in np.argsort(-self.cost) if kept[place] and not self.forced[place]]
        self.witnesses.of(kept)
        for place in spare:
            if time.monotonic() > self.until:
                break
            if self.witnesses.without(kept, int(place)):
                kept[place] = False
        return kept


class _Master:
    """Chooses cells at least cost under the rows learnt so far."""

    def __init__(self, search: _Search) -> None:
        self.search = search
        count = len(search.asked.cells)
        low, high = search.forced.astype(float), np.where(search.told, 0.0, 1.0)
        none = np.zeros(0)
        self._solver = solver(mip_rel_gap=GAP / 2)
        model = program(low, high, search.cost, [], (none, none))
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        checked(self._solver.passModel(model), "the choice")
        self._known: set[tuple[bytes, bytes]] = set()
        for goal in search.goals:
            for row in search.asked.rows:
                if goal.place in row:
                    self._add(goal, {column: value * -row[goal.place] for column, value in row.items()})

    def _add(self, goal: Goal, multipliers: Mapping[int, float]) -> None:
        """What helps a goal along these multipliers must reach it: each cell as far as it can rise or fall."""
        asked, sign = self.search.asked, goal.sign
        up, down = asked.utmost - asked.truth, asked.truth - asked.least
        helps = {}
        for place, value in multipliers.items():
            if place == goal.place:
                continue
            along = value * sign
            most = min(goal.far, along * up[place] if along > 0 else -along * down[place])
            if most > NEAR:
                helps[place] = most / goal.far
        places = np.array(list(helps), dtype=np.int32)
        values = np.array(list(helps.values()))
        if (name := (places.tobytes(), values.tobytes())) not in self._known:
            self._known.add(name)
            checked(self._solver.addRow(1.0, highspy.kHighsInf, len(places), places, values), "a row")

    def learn(self, missed: Iterable[tuple[Goal, Values]]) -> None:
        """Rows that the last choice broke."""
        for goal, multipliers in missed:
            found = {
                int(place): float(multipliers[place]) * goal.sign for place in np.flatnonzero(multipliers)
            }
            self._add(goal, found)

    def choose(self, best: Mask, seconds: float) -> tuple[Mask | None, float]:
        """The cheapest choice, and the bound; ``None`` where the time was too short."""
        count = len(best)
        checked(self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds), "the time")
        start = best.astype(float)
        checked(self._solver.setSolution(count, np.arange(count, dtype=np.int32), start), "a start")
        checked(self._solver.run(), "to choose")
        info, status = self._solver.getInfo(), self._solver.getModelStatus()
        if status == ENDED.kInfeasible:
            raise CannotProtect("what was published before leaves no choice")
        bound = max(0.0, float(info.mip_dual_bound)) if abs(info.mip_dual_bound) < 1e20 else 0.0
        if status != ENDED.kOptimal:
            return None, bound
        return np.array(self._solver.getSolution().col_value) > 0.5, bound
