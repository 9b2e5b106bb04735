"""A small whole-number model for HiGHS, which is asked whether it really found what it says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

from .problem import NotFound

# The whole process uses one number: with another one HiGHS fails without a word.
THREADS = int(os.environ.get("PARVIS_SOLVER_THREADS", "2"))
ENDED = highspy.HighsModelStatus


class Model:
    """Columns of whole numbers, rows, and what each unit of a column costs."""

    def __init__(self) -> None:
        self.cost: list[float] = []
        self.high: list[float] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.starts: list[int] = [0]
        self.indices: list[int] = []
        self.values: list[float] = []

    def column(self, cost: float = 0.0, high: float = 1.0) -> int:
        """A new number from 0 to ``high``."""
        self.cost.append(cost)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, terms: Iterable[tuple[int, float]], low: float = -inf, high: float = inf) -> None:
        """The sum of column × coefficient lies between two bounds; each column at most once."""
        for column, value in terms:
            self.indices.append(column)
            self.values.append(value)
        self.starts.append(len(self.indices))
        self.row_low.append(low)
        self.row_high.append(high)

    def total(self, columns: Iterable[int], low: float = -inf, high: float = inf) -> None:
        """The sum of these columns lies between two bounds."""
        self.row(((column, 1.0) for column in columns), low, high)

    def solve(self, seconds: float) -> tuple[NDArray[np.int64] | None, bool]:
        """The cheapest values, or none where none keep the rules; and whether that is proven.

        All costs must be whole numbers. Raises ``NotFound`` where the time was too short to say anything.
        """
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": THREADS, "time_limit": max(seconds, 0.05)}
        for name, value in {**options, "mip_abs_gap": 0.5, "mip_rel_gap": 0.0}.items():
            _checked(solver.setOptionValue(name, value))
        _checked(solver.passModel(self._passed()))
        _checked(solver.run())
        status = solver.getModelStatus()
        if status in (ENDED.kInfeasible, ENDED.kUnboundedOrInfeasible):  # nothing is unbounded
            return None, True
        if status not in (ENDED.kOptimal, ENDED.kTimeLimit):
            raise NotFound(solver.modelStatusToString(status))
        if solver.getInfo().primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
            raise NotFound("no time")
        found = np.round(np.array(solver.getSolution().col_value, dtype=float)).astype(np.int64)
        return found, status == ENDED.kOptimal

    def _passed(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.row_low)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.cost)), np.array(self.high, dtype=float)
        lp.row_lower_, lp.row_upper_ = np.array(self.row_low), np.array(self.row_high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(self.cost), len(self.row_low)
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.indices, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.values, dtype=float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.cost)
        return lp


def _checked(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise NotFound("the solver refused the model")
