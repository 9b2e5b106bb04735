"""What an outsider can work out: the linear program over everything published. The only module here that talks to HiGHS.

The outsider knows every printed figure, which cells are hidden, what adds up to what, and that counts are whole and not below zero.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import highspy
import numpy as np
from numpy.typing import NDArray

from .tables import Cell, Figures

THREADS = int(
    os.environ.get("PARVIS_SOLVER_THREADS", "2")
)  # as the planner: one number for the whole process
NEAR = 1e-6
ENDED = highspy.HighsModelStatus
Values = NDArray[np.float64]
Known = Mapping[Cell, tuple[int, int | None]]  # what else an outsider knows of a cell: at least, at most


class SolverError(RuntimeError):
    """HiGHS answered something else than what it was asked."""


def checked(status: highspy.HighsStatus, what: str) -> None:
    """Raises ``SolverError`` where HiGHS refused."""
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS refused {what}")


def solver(**options: float | str | bool) -> highspy.Highs:
    """A silent HiGHS with the number of threads of this process."""
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": THREADS, **options}.items():
        checked(made.setOptionValue(name, value), name)
    return made


def program(
    low: Values,
    high: Values,
    cost: Values,
    rows: Sequence[Mapping[int, float]],
    limits: tuple[Values, Values],
) -> highspy.HighsLp:
    """A linear program in HiGHS's own words, rows as column → coefficient."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(low), len(rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
    lp.row_lower_, lp.row_upper_ = limits
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(low), len(rows)
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([column for row in rows for column in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row in rows for value in row.values()], dtype=float)
    return lp


class Outsider:
    """One linear program for a set of tables; which cells are hidden can be changed."""

    def __init__(self, figures: Figures, known: Known | None = None) -> None:
        self.cells = list(figures.values)
        self.number = {found: place for place, found in enumerate(self.cells)}
        self.truth = np.array(list(figures.values.values()), dtype=float)
        if len(self.truth) and self.truth.min() < 0:
            raise ValueError("a count is below zero")
        self.most = 10 * float(self.truth.max(initial=0)) + 1000  # nobody thinks that any cell is larger
        self.least = np.zeros(len(self.truth))
        self.utmost = np.full(len(self.truth), self.most)
        for found, (least, most) in (known or {}).items():
            if found in self.number:
                self.least[self.number[found]] = least
                self.utmost[self.number[found]] = self.most if most is None else most
        if (self.least > self.truth).any() or (self.utmost < self.truth).any():
            raise ValueError("what is known of a cell is not true of it")
        self.rows = [
            {self.number[relation.total]: -1.0, **{self.number[part]: 1.0 for part in relation.parts}}
            for relation in figures.relations
        ]
        count, zero = len(self.cells), np.zeros(len(self.rows))
        self.everywhere = np.arange(count, dtype=np.int32)
        self.hidden = np.zeros(count, dtype=bool)
        self._solver = solver(presolve="off")
        self._loaded = program(self.truth, self.truth, np.zeros(count), self.rows, (zero, zero))
        checked(self._solver.passModel(self._loaded), "the tables")
        self._cost = np.zeros(count)

    def hide(self, hidden: NDArray[np.bool_], high: Values | None = None) -> None:
        """Tells the outsider every other cell. ``high``: what a hidden cell is at most."""
        self.hidden = hidden.copy()
        low = np.where(hidden, self.least, self.truth)
        top = np.where(hidden, self.utmost if high is None else np.minimum(high, self.utmost), self.truth)
        checked(self._solver.changeColsBounds(len(low), self.everywhere, low, top), "what is hidden")

    def mask(self, cells: Iterable[Cell]) -> NDArray[np.bool_]:
        """Which columns these cells are."""
        found = np.zeros(len(self.cells), dtype=bool)
        found[[self.number[each] for each in cells if each in self.number]] = True
        return found

    def furthest(self, wanted: Values) -> tuple[Values, Values]:
        """The values that a weighted sum of cells is largest with, and the multiplier of each cell (what telling it one more would give)."""
        checked(self._solver.changeColsCost(len(wanted), self.everywhere, -wanted), "what is wanted")
        checked(self._solver.run(), "to search")
        if self._solver.getModelStatus() != ENDED.kOptimal:
            status = self._solver.modelStatusToString(self._solver.getModelStatus())
            raise SolverError(f"HiGHS ended with {status}")
        found = self._solver.getSolution()
        return np.array(found.col_value), -np.array(found.col_dual)

    def towards(self, place: int, sign: int) -> tuple[Values, Values]:
        """The values with which one cell is largest (``sign`` 1) or smallest (−1)."""
        wanted = np.zeros(len(self.cells))
        wanted[place] = sign
        return self.furthest(wanted)

    def whole_furthest(self, place: int, sign: int, seconds: float = 10.0) -> float:
        """As far as one cell can be with whole counts everywhere; where time runs out, as far as is surely possible."""
        cost = np.zeros(len(self.cells))
        cost[place] = -sign
        zero = np.zeros(len(self.rows))
        low = np.where(self.hidden, self.least, self.truth)
        high = np.where(self.hidden, self.utmost, self.truth)
        model = program(low, high, cost, self.rows, (zero, zero))
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(low)
        search = solver(time_limit=seconds, mip_rel_gap=0.0, mip_abs_gap=0.5)
        checked(search.passModel(model), "the whole counts")
        checked(search.run(), "to search whole counts")
        if search.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            return float(self.truth[place])  # nothing else is proven to be possible
        return cast(float, round(search.getSolution().col_value[place]))
