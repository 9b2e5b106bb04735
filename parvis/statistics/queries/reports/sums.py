"""Which periods are the sum of which: a quarter of its months, a year of its quarters and months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from parvis.rota import periods
from parvis.rota.periods import Period
from parvis.statistics.protection import Cell, Figures, Publication, Sum
from parvis.statistics.protection.publications import renamed

PERIOD = "period"
DIVIDED = {"month": 1, "quarter": 3}  # axes whose codes are shorter periods, and how many months each has


def sums_of(about: Iterable[Cell], earlier: Sequence[Publication]) -> list[Sum]:
    """Every period that is told of, as the sum of the shorter ones in it."""
    told = {code for one in about for name, code in one if name == PERIOD}
    told |= {code for one in earlier for each in one.figures.values for name, code in each if name == PERIOD}
    found = []
    for name in sorted(map(str, told)):
        whole = periods.read(name)
        for months in (1, 3):
            if whole and whole.months > months:
                starts = whole.by_month[::months]
                parts = tuple(Period(start, months).key for start in starts)
                found += [Sum(PERIOD, name, parts)] if told & set(parts) else []
    return found


def of_period(found: Cell) -> Cell:
    """A month of a year is the same month that a report of its own told of, in whichever table it stands."""
    said = dict(found)
    whole = periods.read(str(said.get(PERIOD, "")))
    for name, months in DIVIDED.items():
        code = said.get(name)
        if whole and whole.months > months and isinstance(code, str) and code != "?":
            part = Period(date.fromisoformat(code), months).key
            return found - {(name, code), (PERIOD, said[PERIOD])} | {(PERIOD, part)}
    return found


def by_period(figures: Figures) -> Figures:
    """The same with each of its cells called like that."""
    return renamed(figures, {found: of_period(found) for found in figures.values})
