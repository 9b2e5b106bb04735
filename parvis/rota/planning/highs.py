"""Hands a model to HiGHS and gives back what it found. The only module that talks to the solver; it checks what it answers each time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

import highspy
import numpy as np
from numpy.typing import NDArray

from .linear import Model
from .problem import PlanningError, Progress

Told = Callable[[Progress], object]
Asked = Callable[[], bool]
THREADS = int(os.environ.get("PARVIS_SOLVER_THREADS", "2"))
VAST = 40_000  # columns: there the first relaxation is solved sooner from the inside (52 weeks: 19 s, not over 60)
PATIENCE = 0.2  # seconds between two looks at whether to stop

ENDED = highspy.HighsModelStatus
STOPPED = {
    ENDED.kTimeLimit,
    ENDED.kInterrupt,
    ENDED.kSolutionLimit,
    ENDED.kIterationLimit,
}
EVENTS = highspy.cb.HighsCallbackType


class SolverError(PlanningError):
    """The solver answered something else than a plan, a bound, or that there is none."""


class Answer(Enum):
    """How a search ended."""

    PROVEN = "proven"  # within the gap that was asked for
    STOPPED = "stopped"  # by the clock or by somebody, with or without a plan
    IMPOSSIBLE = "impossible"  # no values keep all the rules


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the solver found: the columns’ values (None where it found none), what they cost, what nothing can be better than."""

    answer: Answer
    values: NDArray[np.float64] | None
    cost: float
    bound: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Search:
    """How long and how well to search."""

    seconds: float = 60.0
    gap: float = 0.01
    threads: int = THREADS
    on_progress: Told | None = None
    should_stop: Asked | None = None
    stage: str = "rota"
    spent: float = 0.0  # seconds that the progress counts from
    gap_absolute: float = 1e-6
    options: Mapping[str, float | int | str | bool] | None = None  # HiGHS's own names


_in_use: list[int] = []  # the scheduler of this process was made with so many threads


def _one_scheduler(threads: int) -> None:
    """The whole process uses one number of threads: with another one HiGHS fails without a word. Raises ``ValueError``."""
    if not _in_use:
        _in_use.append(threads)
    if _in_use[0] != threads:
        raise ValueError(f"this process solves with {_in_use[0]} threads, not with {threads}")


def _checked(status: highspy.HighsStatus, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverError(f"HiGHS refused {what}")


def _passed(model: Model, fixed: Mapping[int, float], *, relaxed: bool) -> highspy.HighsLp:
    """The model in HiGHS's own words."""
    lp = highspy.HighsLp()
    each, lp.offset_ = model.costs()
    lp.num_col_, lp.num_row_ = model.columns, model.rows
    lp.col_cost_ = each
    low, high = np.array(model.low, dtype=float), np.array(model.high, dtype=float)
    if fixed:
        low[list(fixed)] = high[list(fixed)] = list(fixed.values())
    lp.col_lower_, lp.col_upper_ = low, high
    lp.row_lower_, lp.row_upper_ = np.array(model.row_low, dtype=float), np.array(model.row_high, dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = model.columns, model.rows
    lp.a_matrix_.start_ = np.array(model.starts, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(model.indices, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(model.values, dtype=float)
    if relaxed:
        return lp
    whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    lp.integrality_ = [whole if yes else part for yes in model.whole]
    return lp


class Beside(Protocol):
    """Another search on the same model, which finds plans and takes them."""

    cost: float  # of its best plan

    def take(self, values: NDArray[np.float64], cost: float) -> bool:
        """A plan that was found here."""

    def better_than(self, cost: float) -> NDArray[np.float64] | None:
        """Its best plan, where it costs less."""

    def enough(self, bound: float) -> bool:
        """Whether its best plan is good enough for this bound."""


def _listening(
    search: Search, started: float, beside: Beside | None
) -> Callable[[Any, str, Any, Any, object], None]:
    """What HiGHS calls while it searches."""
    looked = [0.0]
    known = [np.inf]

    def heard(kind: Any, _message: str, out: Any, into: Any, _data: object) -> None:
        now = time.monotonic()
        if kind in (EVENTS.kCallbackMipInterrupt, EVENTS.kCallbackSimplexInterrupt):
            if now - looked[0] >= PATIENCE:
                looked[0] = now
                stop = search.should_stop is not None and search.should_stop()
                into.user_interrupt = stop or (beside is not None and beside.enough(out.mip_dual_bound))
            return
        if beside is not None and kind == EVENTS.kCallbackMipUserSolution:
            better = beside.better_than(min(known[0], out.mip_primal_bound))
            if better is not None:
                known[0] = out.mip_primal_bound
                into.setSolution(better)
            return
        if beside is not None and kind == EVENTS.kCallbackMipImprovingSolution:
            beside.take(np.array(out.mip_solution, dtype=float), out.objective_function_value)
        if search.on_progress is not None:
            best = min(out.mip_primal_bound, beside.cost if beside is not None else np.inf)
            cost, bound = (None if abs(it) > 1e20 else float(it) for it in (best, out.mip_dual_bound))
            search.on_progress(Progress(search.spent + now - started, cost, bound, search.stage))

    return heard


def solve(
    model: Model,
    search: Search,
    start: Mapping[int, float] | None = None,
    *,
    fixed: Mapping[int, float] | None = None,
    relaxed: bool = False,
    beside: Beside | None = None,
) -> Outcome:
    """Searches the values that cost least, from a plan to start with (values of all whole columns) where there is one.

    Columns may be fixed for this search alone; *relaxed*, whole columns may take any value between their bounds.
    Raises ``SolverError`` where HiGHS answers neither values nor that there are none.
    """
    _one_scheduler(search.threads)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    started = time.monotonic()
    options: dict[str, float | int | str | bool] = {
        "output_flag": True,  # without it nothing is heard of the progress
        "log_to_console": False,
        "threads": search.threads,
        "time_limit": max(search.seconds, 0.01),
        "mip_rel_gap": search.gap,
        "mip_abs_gap": search.gap_absolute,
        "mip_min_logging_interval": 1.0,
        "mip_lp_solver": "ipm" if model.columns - len(fixed or {}) > VAST else "choose",
    }
    for name, value in {**options, **(search.options or {})}.items():
        _checked(solver.setOptionValue(name, value), name)
    _checked(solver.passModel(_passed(model, fixed or {}, relaxed=relaxed)), "the model")
    if start:
        at, values = np.array(list(start), dtype=np.int32), np.array(list(start.values()), dtype=float)
        _checked(solver.setSolution(len(at), at, values), "the plan to start with")
    if search.on_progress or search.should_stop or beside:
        _checked(solver.setCallback(_listening(search, started, beside), None), "to be listened to")
        for kind in _heard(relaxed, beside):
            _checked(solver.startCallback(kind), "to be listened to")
    _checked(solver.run(), "to search")
    return _read(model, solver, time.monotonic() - started, relaxed=relaxed)


def _heard(relaxed: bool, beside: Beside | None) -> list[Any]:
    if relaxed:
        return [EVENTS.kCallbackSimplexInterrupt]
    own = [EVENTS.kCallbackMipInterrupt, EVENTS.kCallbackMipLogging, EVENTS.kCallbackMipImprovingSolution]
    return [*own, EVENTS.kCallbackMipUserSolution] if beside else own


def _read(model: Model, solver: highspy.Highs, seconds: float, *, relaxed: bool) -> Outcome:
    """What it found, with whole numbers made whole."""
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in (ENDED.kInfeasible, ENDED.kUnboundedOrInfeasible):  # nothing here is unbounded: no rewards
        return Outcome(Answer.IMPOSSIBLE, None, np.inf, np.inf, seconds)
    if status not in STOPPED | {ENDED.kOptimal, ENDED.kModelEmpty}:
        raise SolverError(f"HiGHS ended with {solver.modelStatusToString(status)}")
    answer = Answer.STOPPED if status in STOPPED else Answer.PROVEN
    whole = any(model.whole) and not relaxed
    bound = float(info.mip_dual_bound) if whole else float(info.objective_function_value)
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        if answer is Answer.PROVEN and model.columns:
            raise SolverError("HiGHS says that it is done, but has no values")
        return Outcome(
            answer, None if model.columns else np.zeros(0), model.costs()[1], max(bound, 0.0), seconds
        )
    values = np.array(solver.getSolution().col_value, dtype=float)
    if not relaxed:
        mask = np.array(model.whole, dtype=bool)
        values[mask] = np.round(values[mask])
    cost = model.cost(values)
    return Outcome(answer, values, cost, min(max(bound, 0.0), cost), seconds)
