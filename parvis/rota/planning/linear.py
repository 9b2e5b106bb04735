"""A mixed-integer model to be minimised: columns, rows, and what each costs. It knows nothing of rotas.

Every penalty is at least zero, so the relative gap between a plan and its bound means something; every bound that does not hold is
infinity (a finite “big” one gave wrong optima). Each penalty and each row can say what it is about, so that a plan’s
problems, and the rules in a conflict, can be told in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from .problem import Finding, Subject

Terms = Iterable[tuple[int, float]]  # column, coefficient
SEEN = 1e-6  # what is less than this is the solver's rounding


@dataclass(frozen=True, slots=True)
class Penalty:
    """Each unit of a column (or, where it is one that is missed, each unit by which it stays below one) costs so much."""

    column: int
    each: float
    about: Subject
    missed: bool = False

    def amount(self, value: float) -> float:
        """How many units there are."""
        return 1.0 - value if self.missed else value


class Model:
    """Columns, rows and penalties, in the order in which they were added. A column is known by its number."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[bool] = []
        self.penalties: list[Penalty] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.row_about: list[Subject | None] = []
        self.starts: list[int] = [0]
        self.indices: list[int] = []
        self.values: list[float] = []

    @property
    def columns(self) -> int:
        """How many there are."""
        return len(self.low)

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.row_low)

    def column(self, low: float = 0.0, high: float = inf, *, whole: bool = False) -> int:
        """A new variable between two bounds."""
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.low) - 1

    def choice(self) -> int:
        """A new variable that is zero or one."""
        return self.column(0.0, 1.0, whole=True)

    def fix(self, column: int, value: float) -> None:
        """A variable that has only one value from here on."""
        self.low[column] = self.high[column] = value

    def penalise(self, column: int, each: float, about: Subject, *, missed: bool = False) -> None:
        """What each unit of a variable costs; several rules may ask for it. Raises ``ValueError`` for a reward."""
        if each < 0:
            raise ValueError(f"a penalty below zero: {about}")
        if each:
            self.penalties.append(Penalty(column, each, about, missed))

    def slack(self, each: float, about: Subject) -> int:
        """A new variable for what is missing or too much, and what each unit of it costs."""
        column = self.column()
        self.penalise(column, each, about)
        return column

    def row(self, terms: Terms, low: float = -inf, high: float = inf, about: Subject | None = None) -> int:
        """A new rule: the sum of column × coefficient lies between two bounds. A column may come several times."""
        together: dict[int, float] = {}
        for column, value in terms:
            together[column] = together.get(column, 0.0) + value
        self.indices.extend(together)
        self.values.extend(together.values())
        self.starts.append(len(self.indices))
        self.row_low.append(low)
        self.row_high.append(high)
        self.row_about.append(about)
        return len(self.row_low) - 1

    def at_most(self, columns: Iterable[int], high: float, about: Subject | None = None) -> int:
        """A new rule: at most so many of these."""
        return self.row(((column, 1.0) for column in columns), high=high, about=about)

    def costs(self) -> tuple[NDArray[np.float64], float]:
        """What each unit of each column costs, and what there is to pay before anything is chosen."""
        each = np.zeros(self.columns)
        offset = 0.0
        for penalty in self.penalties:
            each[penalty.column] += -penalty.each if penalty.missed else penalty.each
            offset += penalty.each if penalty.missed else 0.0
        return each, offset

    def cost(self, values: Sequence[float] | NDArray[np.float64]) -> float:
        """What these values of all columns cost."""
        return sum(penalty.each * penalty.amount(values[penalty.column]) for penalty in self.penalties)

    def findings(self, values: Sequence[float] | NDArray[np.float64]) -> Iterator[Finding]:
        """What was paid for, one by one."""
        for penalty in self.penalties:
            amount = penalty.amount(float(values[penalty.column]))
            if amount > SEEN:
                yield Finding(penalty.about, amount, amount * penalty.each)

    def row_value(self, row: int, values: Sequence[float] | NDArray[np.float64]) -> float:
        """What a row comes to with these values of all columns."""
        inside = range(self.starts[row], self.starts[row + 1])
        return sum(self.values[at] * float(values[self.indices[at]]) for at in inside)
