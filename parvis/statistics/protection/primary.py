"""Which cells of a fixed report are too small or too much one institution's, and how wide an outsider's guess must stay.

Threshold: five among partners, ten in public and wherever minors are. Dominance, where a magnitude has contributors (hours
that institutions gave): a cell in which few institutions are nearly all of it tells what they gave to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from .audience import Audience
from .tables import Cell, Figures

PARTNERS, PUBLIC = 5, 10


@dataclass(frozen=True)
class Need:
    """An outsider must have to think it possible that the cell is ``low`` or less, and that it is ``high`` or more."""

    low: int
    high: int

    def __or__(self, other: Need) -> Need:
        """What satisfies both."""
        return Need(min(self.low, other.low), max(self.high, other.high))


def threshold(audience: Audience, *, minors: bool = False) -> int:
    """Below which a count is small, for these readers; ``minors``: the table may be about them."""
    return PARTNERS if audience is Audience.PARTNERS and not minors else PUBLIC


def small(figures: Figures, limit: int, *, zeros: bool = False) -> dict[Cell, Need]:
    """Cells with less than ``limit`` things, printed or only to be worked out. ``zeros``: none at all is small, too.

    It must stay possible that the cell is not small at all, and that it is smaller by a fifth of the limit.
    """
    least = 0 if zeros else 1
    return {
        found: Need(max(0, value - ceil(limit / 5)), limit)
        for found, value in figures.values.items()
        if least <= value < limit
    }


def few_contributors(gave: Mapping[Cell, Sequence[int]], least: int = 3) -> dict[Cell, Need]:
    """Cells to which fewer than ``least`` institutions gave something: each would know the other's part. A tenth to either side."""
    return {
        found: _around(sum(parts), ceil(sum(parts) / 10))
        for found, parts in gave.items()
        if 0 < sum(part > 0 for part in parts) < least
    }


def dominated(gave: Mapping[Cell, Sequence[int]], n: int = 2, k: int = 85) -> dict[Cell, Need]:
    """The (n, k) rule: cells of which the ``n`` largest gave more than ``k`` percent.

    The interval reaches to where they would be ``k`` percent (Hundepool and others, Statistical Disclosure Control, 2012, 4.3).
    """
    found: dict[Cell, Need] = {}
    for where, parts in gave.items():
        whole, largest = sum(parts), sum(sorted(parts, reverse=True)[:n])
        if whole > 0 and 100 * largest > k * whole:
            found[where] = _around(whole, ceil(100 * largest / k) - whole)
    return found


def guessable(gave: Mapping[Cell, Sequence[int]], p: int = 15) -> dict[Cell, Need]:
    """The p% rule: cells in which the second largest can work out the largest to within ``p`` percent. Same source."""
    found: dict[Cell, Need] = {}
    for where, parts in gave.items():
        first, second = [*sorted(parts, reverse=True), 0, 0][:2]
        rest, near = sum(parts) - first - second, ceil(p * first / 100)
        if first > 0 and rest < near:
            found[where] = _around(sum(parts), near - rest)
    return found


def _around(value: int, width: int) -> Need:
    return Need(max(0, value - max(width, 1)), value + max(width, 1))


def needed(*rules: Mapping[Cell, Need]) -> dict[Cell, Need]:
    """What several rules ask for together."""
    found: dict[Cell, Need] = {}
    for rule in rules:
        for where, need in rule.items():
            found[where] = found[where] | need if where in found else need
    return found
