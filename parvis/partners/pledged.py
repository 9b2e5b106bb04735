"""Arithmetic of pledges: exact fractions of a minute by day, and whole minutes that always add up. No database.

Rules and reasons: docs/decisions/0036-pledged-minutes.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, order=True)
class Days:
    """From a first to a last day, both of them in."""

    first: date
    last: date

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def within(self, other: Days) -> Days | None:
        """What both have."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None


def without(days: Sequence[Days], gaps: Iterable[Days]) -> list[Days]:
    """``days`` without those in ``gaps``."""
    left = list(days)
    for gap in gaps:
        left = [part for one in left for part in _around(one, gap)]
    return left


def _around(one: Days, gap: Days) -> Iterator[Days]:
    if gap.within(one) is None:
        yield one
        return
    if one.first < gap.first:
        yield Days(one.first, gap.first - DAY)
    if gap.last < one.last:
        yield Days(gap.last + DAY, one.last)


def period_of(day: date, per: str) -> Days:
    """The calendar month, quarter or year that holds ``day``."""
    size = MONTHS[per]
    first = date(day.year, (day.month - 1) // size * size + 1, 1)
    year, month = divmod(first.year * 12 + first.month - 1 + size, 12)
    return Days(first, date(year, month + 1, 1) - DAY)


def periods(days: Days, per: str) -> Iterator[Days]:
    """Every calendar month, quarter or year that touches ``days``, whole."""
    one = period_of(days.first, per)
    while one.first <= days.last:
        yield one
        one = period_of(one.last + DAY, per)


def exact_minutes(promised: Fraction, per: str, held: Iterable[Days]) -> Fraction:
    """What ``promised`` minutes a period come to on the days ``held``: each day of a period carries the same share of it."""
    return sum(
        (
            promised * len(part) / len(period)
            for days in held
            for period in periods(days, per)
            if (part := period.within(days))
        ),
        Fraction(0),
    )


def whole(exact: Fraction) -> int:
    """The nearest whole minute, half a minute up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
