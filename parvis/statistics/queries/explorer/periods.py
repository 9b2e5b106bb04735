"""Periods that the explorer knows by name: ``this-school-year``, ``month-2026-10``, ``months-2026-01-to-2026-03``.

Relative names follow the day; every one has an exact name, which goes into a link to share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.shared.school_years import SEPTEMBER
from parvis.statistics.cube.dimensions import start_of
from parvis.statistics.cube.questions import Dimension

DAY = timedelta(days=1)
EARLIEST, LATEST = 1990, 2100
SPANS = {
    "day": Dimension.DAY,
    "week": Dimension.WEEK,
    "month": Dimension.MONTH,
    "quarter": Dimension.QUARTER,
    "year": Dimension.YEAR,
    "school-year": Dimension.SCHOOL_YEAR,
}
NAME = re.compile(
    r"(?:(?P<day>day|week)-(?P<on>\d{4}-\d\d-\d\d)|month-(?P<month>\d{4}-\d\d)|quarter-(?P<quarter>\d{4}-[1-4])"
    r"|year-(?P<year>\d{4})|school-year-(?P<school>\d{4})|months-(?P<from>\d{4}-\d\d)-to-(?P<to>\d{4}-\d\d))"
)


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both included. ``whole_last``: the last day of the whole, where it is cut short."""

    name: str  # exact
    first: date
    last: date
    span: Dimension | None  # what it is one of; none: some months in a row
    whole_last: date
    begins: int = SEPTEMBER  # the month in which a school year begins here

    @property
    def is_cut(self) -> bool:
        """Whether the end of it is left away."""
        return self.last < self.whole_last

    @property
    def label(self) -> str:
        """“School year 2025–2026”, as it would be called whole."""
        return label(self.span, self.first, self.whole_last)

    def cut(self, last: date) -> Period:
        """The same, no further than ``last``."""
        return replace(self, last=min(self.last, last))


def end_of(span: Dimension, start: date) -> date:
    """The last day of the span that begins on ``start``."""
    months = {Dimension.MONTH: 1, Dimension.QUARTER: 3, Dimension.YEAR: 12, Dimension.SCHOOL_YEAR: 12}
    if span in months:
        return moved(start, months[span]) - DAY
    return start + timedelta(days=6) if span is Dimension.WEEK else start


def moved(day: date, months: int) -> date:
    """The same day some months later (earlier: negative), or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    after = date((count + 1) // 12, (count + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - DAY)


def starts_within(span: Dimension, first: date, last: date, begins: int) -> Iterator[date]:
    """The beginning of every span that has a day between ``first`` and ``last``."""
    start = start_of(span, first, begins)
    while start <= last:
        yield start
        start = end_of(span, start) + DAY


def label(span: Dimension | None, first: date, last: date) -> str:
    """A span in words."""
    match span:
        case Dimension.DAY:
            return date_format(first, "j F Y")
        case Dimension.WEEK:
            return _("Week of %(day)s") % {"day": date_format(first, "j F Y")}
        case Dimension.MONTH:
            return date_format(first, "F Y")
        case Dimension.QUARTER:
            return _("Quarter %(n)s of %(year)s") % {"n": (first.month + 2) // 3, "year": first.year}
        case Dimension.YEAR:
            return str(first.year)
        case Dimension.SCHOOL_YEAR:
            return _("School year %(first)s–%(second)s") % {"first": first.year, "second": first.year + 1}
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"


def exact_name(span: Dimension, start: date) -> str:
    """How the span that begins on ``start`` is called in an address."""
    names = {
        Dimension.DAY: f"day-{start}",
        Dimension.WEEK: f"week-{start}",
        Dimension.MONTH: f"month-{start:%Y-%m}",
        Dimension.QUARTER: f"quarter-{start.year}-{(start.month + 2) // 3}",
        Dimension.YEAR: f"year-{start.year}",
        Dimension.SCHOOL_YEAR: f"school-year-{start.year}",
    }
    return names[span]


def relative(today: date, begins: int) -> dict[str, tuple[str, Dimension, date]]:
    """Name -> words, span and its first day, for those that follow the day."""
    found = {"today": (_("Today"), Dimension.DAY, today)}
    said = {
        "week": (_("This week"), _("Last week")),
        "month": (_("This month"), _("Last month")),
        "quarter": (_("This quarter"), _("Last quarter")),
        "year": (_("This year"), _("Last year")),
        "school-year": (_("This school year"), _("Last school year")),
    }
    for name, (this, last) in said.items():
        span = SPANS[name]
        start = start_of(span, today, begins)
        found[f"this-{name}"] = (this, span, start)
        found[f"last-{name}"] = (last, span, start_of(span, start - DAY, begins))
    return found


def period(name: str, today: date, begins: int = SEPTEMBER) -> Period | None:
    """The period of this name; ``None`` where there is none. ``begins``: the month in which a school year does."""
    if known := relative(today, begins).get(name):
        return _one(known[1], known[2], begins)
    if not (found := NAME.fullmatch(name)):
        return None
    try:
        return _exact(found, begins)
    except ValueError:  # no such day
        return None


def _exact(found: re.Match[str], begins: int) -> Period | None:
    if found["on"]:
        span = SPANS[found["day"]]
        return _one(span, start_of(span, date.fromisoformat(found["on"])), begins)
    if found["month"]:
        return _one(Dimension.MONTH, date.fromisoformat(f"{found['month']}-01"), begins)
    if found["quarter"]:
        year, n = found["quarter"].split("-")
        return _one(Dimension.QUARTER, date(int(year), 3 * int(n) - 2, 1), begins)
    if found["year"]:
        return _one(Dimension.YEAR, date(int(found["year"]), 1, 1), begins)
    if found["school"]:
        return _one(Dimension.SCHOOL_YEAR, date(int(found["school"]), begins, 1), begins)
    first, last = (date.fromisoformat(f"{found[name]}-01") for name in ("from", "to"))
    return some_months(first, last, begins)


def some_months(first: date, last: date, begins: int = SEPTEMBER) -> Period | None:
    """Whole months from the one to the other; one that is known by its own name gets that."""
    if first > last or not _thinkable(first, last):
        return None
    end = end_of(Dimension.MONTH, last)
    for span in (Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR, Dimension.SCHOOL_YEAR):
        if start_of(span, first, begins) == first and end_of(span, first) == end:
            return _one(span, first, begins)
    return Period(f"months-{first:%Y-%m}-to-{last:%Y-%m}", first, end, None, end, begins)


def _one(span: Dimension, start: date, begins: int) -> Period | None:
    end = end_of(span, start) if _thinkable(start, start) else start
    return Period(exact_name(span, start), start, end, span, end, begins) if _thinkable(start, end) else None


def _thinkable(first: date, last: date) -> bool:
    return first.year >= EARLIEST and last.year < LATEST


def period_before(asked: Period) -> Period:
    """What stands right before it, cut as it is cut."""
    if asked.span in (Dimension.DAY, Dimension.WEEK):
        return _back(asked, days=(asked.whole_last - asked.first).days + 1)
    months = (asked.whole_last + DAY).year * 12 + (asked.whole_last + DAY).month
    return _back(asked, months=months - asked.first.year * 12 - asked.first.month)


def a_year_before(asked: Period) -> Period:
    """The same a year before: of a day or week, 52 weeks, so that weekdays meet."""
    weekly = asked.span in (Dimension.DAY, Dimension.WEEK)
    return _back(asked, days=364) if weekly else _back(asked, months=12)


def _back(asked: Period, *, days: int = 0, months: int = 0) -> Period:
    def back(day: date) -> date:
        return day - timedelta(days=days) if days else moved(day, -months)

    first, whole = back(asked.first), back(asked.whole_last + DAY) - DAY
    last = back(asked.last + DAY) - DAY if asked.is_cut else whole
    name = exact_name(asked.span, first) if asked.span else f"months-{first:%Y-%m}-to-{whole:%Y-%m}"
    return Period(name, first, last, asked.span, whole, asked.begins)


def choices(today: date, begins: int = SEPTEMBER) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading -> names and words, for whoever picks from a list."""
    lately = [(name, words) for name, (words, _span, _start) in relative(today, begins).items()]
    many = {
        Dimension.WEEK: 10,
        Dimension.MONTH: 24,
        Dimension.QUARTER: 12,
        Dimension.YEAR: 10,
        Dimension.SCHOOL_YEAR: 10,
    }
    heads = {
        Dimension.WEEK: _("Weeks"),
        Dimension.MONTH: _("Months"),
        Dimension.QUARTER: _("Quarters"),
        Dimension.YEAR: _("Years"),
        Dimension.SCHOOL_YEAR: _("School years"),
    }
    found = [(_("Now and lately"), lately)]
    for span, count in many.items():
        start, lines = start_of(span, today, begins), []
        for _n in range(count):
            lines.append((exact_name(span, start), label(span, start, end_of(span, start))))
            start = start_of(span, start - DAY, begins)
        found.append((heads[span], lines))
    return found
