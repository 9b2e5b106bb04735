"""Tables of other counts that fit everything printed: each proves that an outsider cannot rule out what it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .outsider import NEAR, Outsider, Values

Mask = NDArray[np.bool_]
TOGETHER = 6  # times that all open goals are tried at once


@dataclass(frozen=True)
class Goal:
    """A cell must be able to be ``far`` more (``sign`` 1) or less (−1) than it is."""

    place: int
    sign: int
    far: float


class Witnesses:
    """Which goals a choice of hidden cells reaches, with the tables that prove it."""

    def __init__(self, asked: Outsider, goals: list[Goal]) -> None:
        self.asked, self.goals = asked, goals
        self._places = np.array([goal.place for goal in goals], dtype=int)
        self._signs = np.array([goal.sign for goal in goals], dtype=float)
        self._far = np.array([goal.far for goal in goals], dtype=float)
        self._high = np.full(len(asked.cells), asked.most)
        self._high[self._places] = asked.truth[self._places]
        up = self._signs > 0
        self._high[self._places[up]] += self._far[up]  # far enough is enough: the others get something, too
        self._moved = np.zeros((0, len(asked.cells)), dtype=bool)
        self._reach = np.zeros((0, len(goals)), dtype=bool)

    def reached_by(self, table: Values) -> Mask:
        """Which goals a table reaches."""
        moved = (table[self._places] - self.asked.truth[self._places]) * self._signs
        return np.asarray(moved >= self._far - NEAR)

    def missed(self, hidden: Mask) -> list[tuple[Goal, Values]]:
        """The goals that a choice does not reach, with the multipliers of the program that says so."""
        tables: list[Values] = []
        self.asked.hide(hidden, self._high)
        reached = np.zeros(len(self.goals), dtype=bool)
        for sign in (1.0, -1.0) * TOGETHER:
            wanted = np.zeros(len(self.asked.cells))
            open_ = ~reached & (self._signs == sign)
            if not open_.any():
                continue
            wanted[self._places[open_]] = sign / self._far[open_]
            table, _ = self.asked.furthest(wanted)
            reached |= self.reached_by(table)
            tables.append(table)
        self.asked.hide(hidden)
        missed = []
        for number, goal in enumerate(self.goals):
            if reached[number]:
                continue
            table, multipliers = self.asked.towards(goal.place, goal.sign)
            reached |= self.reached_by(table)
            tables.append(table)
            if not reached[number]:
                multipliers[np.abs(multipliers) < NEAR] = 0.0
                missed.append((goal, multipliers))
        self._keep(tables)
        return missed

    def _keep(self, tables: list[Values]) -> None:
        truth = self.asked.truth
        self._moved = np.array([np.abs(table - truth) > NEAR for table in tables], dtype=bool).reshape(
            len(tables), len(truth)
        )
        self._reach = np.array([self.reached_by(table) for table in tables], dtype=bool).reshape(
            len(tables), len(self.goals)
        )

    def of(self, hidden: Mask) -> None:
        """Proves a choice that reaches all goals, before cells are taken from it."""
        if self.missed(hidden):
            raise AssertionError("a choice that was mended does not reach its goals")

    def without(self, hidden: Mask, place: int) -> bool:
        """Whether the choice reaches every goal with one cell less; if so its tables no longer use that cell."""
        valid = ~self._moved[:, place]
        lacking = np.asarray(~self._reach[valid].any(axis=0))
        less = hidden.copy()
        less[place] = False
        tables: list[Values] = []
        self.asked.hide(less)
        for number in np.flatnonzero(lacking):
            if not lacking[number]:
                continue
            goal = self.goals[number]
            table, _ = self.asked.towards(goal.place, goal.sign)
            found = self.reached_by(table)
            if not found[number]:
                return False
            lacking &= ~found
            tables.append(table)
        moved, reach = self._moved[valid], self._reach[valid]
        self._keep(tables)
        self._moved, self._reach = np.vstack([moved, self._moved]), np.vstack([reach, self._reach])
        return True
