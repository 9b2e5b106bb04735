"""Whether what is hidden stays hidden: for each cell the interval that an outsider can work out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from .outsider import NEAR, Known, Outsider, Values
from .primary import Need
from .tables import Cell, Figures


@dataclass(frozen=True)
class Interval:
    """A cell is one of these whole numbers, as far as an outsider can tell. ``high`` ``None``: no end."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        """Whether the cell is given away altogether."""
        return self.low == self.high

    def holds(self, need: Need) -> bool:
        """Whether it is as wide as it has to be."""
        return self.low <= need.low and (self.high is None or self.high >= need.high)


@dataclass(frozen=True)
class Finding:
    """A cell that an outsider can work out too well."""

    cell: Cell
    value: int
    interval: Interval
    need: Need


@dataclass(frozen=True)
class Audit:
    """What an audit looked at and found; a report whose audit did not pass is not published."""

    cells: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether every cell that has to be is protected."""
        return not self.findings


def intervals(
    figures: Figures,
    hidden: Iterable[Cell],
    cells: Iterable[Cell] | None = None,
    *,
    known: Known | None = None,
) -> dict[Cell, Interval]:
    """What an outsider can tell of cells (of all that are not printed, unless some are named)."""
    asked = Outsider(figures, known)
    out = frozenset(hidden) | figures.unprinted
    asked.hide(asked.mask(out))
    wanted = out if cells is None else cells
    return {each: _interval(asked, asked.number[each]) for each in wanted if each in asked.number}


def audit(
    figures: Figures, hidden: Iterable[Cell], needs: Mapping[Cell, Need], *, known: Known | None = None
) -> Audit:
    """Whether each cell that needs it is protected by this choice of hidden cells.

    One table of other whole counts that fits everything printed proves it for every cell that is far enough in it; only
    what is not proven like this is searched on its own. ``known``: what an outsider has of single cells from elsewhere.
    """
    asked = Outsider(figures, known)
    asked.hide(asked.mask(frozenset(hidden) | figures.unprinted))
    low, high = _needed(asked, needs)
    lowest, highest = asked.truth.copy(), asked.truth.copy()
    for place in np.flatnonzero(np.isfinite(low)):
        for sign in (-1, 1):
            missing = lowest[place] > low[place] if sign < 0 else highest[place] < high[place]
            if not missing:
                continue
            values, _ = asked.towards(int(place), sign)
            if _is_whole(values):
                lowest, highest = np.minimum(lowest, np.round(values)), np.maximum(highest, np.round(values))
            else:
                end = asked.whole_furthest(int(place), sign)
                lowest[place], highest[place] = min(lowest[place], end), max(highest[place], end)
    findings = []
    for place in np.flatnonzero((lowest > low) | (highest < high)):
        found = asked.cells[place]
        findings.append(
            Finding(
                found,
                int(asked.truth[place]),
                Interval(int(lowest[place]), int(highest[place])),
                needs[found],
            )
        )
    return Audit(len(needs), tuple(findings))


def _needed(asked: Outsider, needs: Mapping[Cell, Need]) -> tuple[Values, Values]:
    """What each cell must reach; infinite where nothing is needed."""
    low, high = np.full(len(asked.cells), np.inf), np.full(len(asked.cells), -np.inf)
    for found, need in needs.items():
        low[asked.number[found]], high[asked.number[found]] = need.low, need.high
    return low, high


def _is_whole(values: Values) -> bool:
    return bool(np.abs(values - np.round(values)).max(initial=0) < NEAR)


def _interval(asked: Outsider, place: int) -> Interval:
    ends = []
    for sign in (-1, 1):
        values, _ = asked.towards(place, sign)
        end = float(values[place]) if _is_whole(values) else asked.whole_furthest(place, sign)
        ends.append(end)
    low, high = ceil(ends[0] - NEAR), floor(ends[1] + NEAR)
    return Interval(low, None if high >= asked.most - 1 else high)
