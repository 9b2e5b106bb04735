"""Series: which days a rule names. Pure: it knows weeks and months, and is told which days the centre is closed.

A series is made as sessions at once; the rule stays beside the event only to say what it was made from.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST = 120  # days of a series, those left out included
LONGEST = 731  # days from the first to the last: two years
LAST = -1  # the last such weekday of a month


class Every(StrEnum):
    """What is counted."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Rule:
    """On which days. Of weeks: each ``step``-th week from that of ``first``, on its ``weekdays`` (0: Monday).

    Of months: each ``step``-th month from that of ``first``, on the ``nth`` (1–5, or ``LAST``) of the one weekday. Until ``until`` inclusive, or
    until ``times`` days are found on which the centre is open.
    """

    first: date
    every: Every
    weekdays: frozenset[int]
    step: int = 1
    nth: int = 1
    until: date | None = None
    times: int | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError("a weekday is missing")
        if self.every == Every.MONTH and len(self.weekdays) != 1:
            raise ValueError("one weekday in a month")
        if self.step < 1 or self.nth not in (LAST, 1, 2, 3, 4, 5):
            raise ValueError("no such step")
        if (self.until is None) == (self.times is None):
            raise ValueError("either a last day or a number of times")
        if self.times is not None and not 1 <= self.times <= MOST:
            raise ValueError("so many times are none")


@dataclass(frozen=True)
class Found:
    """A day that the rule names; ``off``: why nothing takes place then, empty where something may."""

    day: date
    off: str = ""


def days_of(rule: Rule, off: Callable[[date], str]) -> list[Found]:
    """The days of ``rule`` in order; ``off`` tells why the centre is closed on one, or nothing.

    At most ``MOST`` days, within ``LONGEST`` days of the first.
    """
    found: list[Found] = []
    held = 0
    for day in _named(rule):
        if len(found) == MOST or held == rule.times:
            break
        why = off(day)
        found.append(Found(day, why))
        held += not why
    return found


def horizon(rule: Rule) -> date:
    """The last day on which the rule may name one."""
    furthest = rule.first + timedelta(days=LONGEST)
    return min(rule.until, furthest) if rule.until else furthest


def _named(rule: Rule) -> Iterator[date]:
    last = horizon(rule)
    days = _by_weeks(rule, last) if rule.every == Every.WEEK else _by_months(rule, last)
    return (day for day in days if rule.first <= day <= last)


def _by_weeks(rule: Rule, last: date) -> Iterator[date]:
    monday = rule.first - timedelta(days=rule.first.weekday())
    while monday <= last:
        for weekday in sorted(rule.weekdays):
            yield monday + timedelta(days=weekday)
        monday += timedelta(weeks=rule.step)


def _by_months(rule: Rule, last: date) -> Iterator[date]:
    (weekday,) = rule.weekdays
    count = rule.first.year * 12 + rule.first.month - 1
    while (month := date(count // 12, count % 12 + 1, 1)) <= last:
        if day := nth_weekday(month, weekday, rule.nth):
            yield day
        count += rule.step


def nth_weekday(month: date, weekday: int, nth: int) -> date | None:
    """The ``nth`` such weekday of the month of a day, ``LAST`` for the last; none where it has no fifth."""
    days = monthrange(month.year, month.month)[1]
    fits = [n for n in range(1, days + 1) if date(month.year, month.month, n).weekday() == weekday]
    if nth != LAST and nth > len(fits):
        return None
    return month.replace(day=fits[nth if nth == LAST else nth - 1])


def at_hour(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That hour of that day on the centre's clock; in the hour that a clock change leaves out, as much later."""
    from_utc = datetime.combine(day, clock, zone).timestamp()
    return datetime.fromtimestamp(from_utc, zone)


def kept(rule: Rule, begins: time, minutes: int) -> dict[str, object]:
    """The rule as it stays beside the event."""
    return {
        "first": rule.first.isoformat(),
        "every": rule.every.value,
        "weekdays": sorted(rule.weekdays),
        "step": rule.step,
        "nth": rule.nth,
        "until": rule.until.isoformat() if rule.until else None,
        "times": rule.times,
        "begins": f"{begins:%H:%M}",
        "minutes": minutes,
    }
