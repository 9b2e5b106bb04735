"""A second search beside the one that proves: it looks for good plans early, and hands them over.

HiGHS finds its first good plan only after all its cuts, and until then a greedy one is all there is. Here the model is solved without
whole numbers first, and what comes out whole is kept while the rest, a tenth of it, is decided. Then a few weeks at a time are
planned anew while all others stay, over and over. What either search finds the other one starts from.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .building import Building
from .highs import Search, SolverError, solve

Values = NDArray[np.float64]
LARGE = 1500  # choices: smaller models are solved as fast without it
WIDTH, STEP, QUARTER = 3, 2, 13  # weeks
GAP = 0.001
ROUGH = 0.004  # of what the relaxations leave open: from there, some weeks at a time get better sooner
WHOLE = 1e-6
BETTER = 1e-6
BRIEF = 4.0  # seconds for some weeks, at first
NEAR = 60.0  # seconds for what the relaxations leave open


class Improver:
    """Searches in a thread of its own until it is stopped; the solver leaves Python's lock while it works."""

    def __init__(self, building: Building, search: Search, start: Mapping[int, float]) -> None:
        self.building, self.search = building, replace(search, on_progress=None, should_stop=self._stopped)
        self.start = start
        self.until = time.monotonic() + search.seconds
        self.lock = threading.Lock()
        self.best: Values | None = None
        self.cost = np.inf
        self.failed: Exception | None = None
        self.weeks = 1 + max((at.week for at in building.grid.ahead), default=0)
        self.parts = max(1, round(self.weeks / QUARTER))
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, name="improver", daemon=True)

    def __enter__(self) -> Self:
        """Starts, where the model is large enough to be worth it."""
        if len(self.building.on) >= LARGE:
            self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops."""
        self.done.set()
        if self.thread.ident is not None:
            self.thread.join()
        if self.failed is not None:
            raise self.failed

    def take(self, values: Values, cost: float) -> bool:
        """A plan that was found here or there; whether it is better than what was known."""
        with self.lock:
            if cost >= self.cost - BETTER:
                return False
            self.best, self.cost = values, cost
            return True

    def better_than(self, cost: float) -> Values | None:
        """The best plan’s values, where it costs less."""
        with self.lock:
            return self.best if self.cost < cost - BETTER else None

    def enough(self, bound: float) -> bool:
        """Whether the best plan is within the gap of this bound."""
        return self.cost - bound <= self.search.gap * self.cost

    def _stopped(self) -> bool:
        return self.done.is_set() or time.monotonic() > self.until

    def _run(self) -> None:
        try:
            self._near_relaxation()
            for kept, seconds in self._turns():
                self._search(kept, seconds, begin=self.best, gap=GAP / self.parts)
        except SolverError as error:
            self.failed = error

    def _left(self, seconds: float = np.inf, gap: float = GAP) -> Search:
        return replace(self.search, gap=gap, seconds=max(0.1, min(seconds, self.until - time.monotonic())))

    def _near_relaxation(self) -> None:
        """A quarter at a time: the relaxation of a year takes longer than those of its quarters."""
        slots = self.building.grid.slots
        week = {column: slots[duty.slot].week for duty, column in self.building.on.items()}
        weeks, parts = self.weeks, self.parts
        for part in range(parts):
            now = range(part * weeks // parts, (part + 1) * weeks // parts)
            plan = self.start if self.best is None else self.best
            others = {column: float(round(plan[column])) for column, at in week.items() if at not in now}
            relaxed = solve(self.building.model, self._left(), fixed=others, relaxed=True)
            if relaxed.values is None or self._stopped():
                return
            near = {column: float(relaxed.values[column]) for column in week}
            kept = {
                column: float(round(value))
                for column, value in near.items()
                if abs(value - round(value)) < WHOLE
            }
            self._search(kept | others, NEAR / parts, begin=None, gap=ROUGH / parts)

    def _turns(self) -> Iterator[tuple[dict[int, float], float]]:
        """Weeks after weeks: everything outside of them as it is in the best plan."""
        slots = self.building.grid.slots
        week = {column: slots[duty.slot].week for duty, column in self.building.on.items()}
        last = max(week.values())
        turn = 0
        while not self._stopped() and last >= WIDTH:
            for first in range(-(turn % STEP), last + 1, STEP):
                best = self.best
                if best is None or self._stopped():
                    return
                yield (
                    {
                        column: float(round(best[column]))
                        for column, at in week.items()
                        if not first <= at < first + WIDTH
                    },
                    BRIEF * (turn + 1),
                )
            turn += 1

    def _search(self, kept: Mapping[int, float], seconds: float, begin: Values | None, *, gap: float) -> None:
        start = self.building.start(self.building.duties(begin)) if begin is not None else None
        search = self._left(seconds, gap)
        found = solve(self.building.model, search, start, fixed=kept, beside=_Handing(self))
        if found.values is not None:
            self.take(found.values, found.cost)


class _Handing:
    """Hands each plan over as soon as it is found, and takes none: those of the other search change what is kept here."""

    cost = np.inf

    def __init__(self, improver: Improver) -> None:
        self.take = improver.take

    def better_than(self, _cost: float) -> None:
        """None."""
        return

    def enough(self, _bound: float) -> bool:
        """It is for the other search to say."""
        return False
