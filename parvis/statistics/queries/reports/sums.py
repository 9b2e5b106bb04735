"""Which periods are the sum of which: a quarter of its months, a year of its quarters and months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from parvis.rota.periods import Period
from parvis.statistics.protection import Cell, Publication, Sum

PERIOD = "period"


def sums_of(about: Iterable[Cell], earlier: Sequence[Publication]) -> list[Sum]:
    """Every period that is told of, as the sum of the shorter ones in it."""
    told = {code for one in about for name, code in one if name == PERIOD}
    told |= {code for one in earlier for each in one.figures.values for name, code in each if name == PERIOD}
    found = []
    for name in sorted(map(str, told)):
        whole = _period(name)
        for months in (1, 3):
            if whole and whole.months > months:
                starts = whole.by_month[::months]
                parts = tuple(Period(start, months).key for start in starts)
                found += [Sum(PERIOD, name, parts)] if told & set(parts) else []
    return found


def _period(name: str) -> Period | None:
    year, _dash, rest = name.partition("-")
    if "/" in name:
        return None
    if not rest:
        return Period(date(int(year), 1, 1), 12)
    return Period(date(int(year), int(rest[1]) * 3 - 2, 1), 3) if rest[0] == "Q" else None
