"""Which questions somebody outside a centre may ask: closed periods, and no sums of one's own choosing.

Two answers that differ by a day, or by one value in a filter, would give away what lies between them. So outside
a centre's team a period is one that everybody would name (a week, a month, …) and over; a filter holds one value; and
rows, columns and filters together name three properties at most, beside the centre and the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from parvis.statistics.cube.questions import Dimension, Question

from .audience import Audience

PROPERTIES = 3
DAY = timedelta(days=1)
PLACES = frozenset({Dimension.NETWORK, Dimension.COUNTRY, Dimension.CENTRE})
SPANS = frozenset({Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR, Dimension.SCHOOL_YEAR})
TIMES = SPANS | {Dimension.DAY}


class Refusal(StrEnum):
    """Why a question is not answered outside the centre's team."""

    PERIOD = "period"  # not a whole week, month, quarter, year or school year, nor a row of those that are asked by
    RUNNING = "running"  # not over yet
    DAYS = "days"  # single days would show: by day, or by weekday within weeks
    CROSSED = "crossed"  # two divisions of the time at once: a week and a month share some days only
    UNION = "union"  # a filter with several values whose sum would be given
    DEEP = "deep"  # more properties at once than three


def _starts(span: Dimension, day: date, school_year: tuple[int, int]) -> bool:
    """Whether such a span begins on this day. ``school_year``: month and day of its beginning."""
    match span:
        case Dimension.WEEK:
            return day.weekday() == 0
        case Dimension.MONTH:
            return day.day == 1
        case Dimension.QUARTER:
            return day.day == 1 and day.month % 3 == 1
        case Dimension.YEAR:
            return (day.month, day.day) == (1, 1)
        case Dimension.SCHOOL_YEAR:
            return (day.month, day.day) == school_year
    raise ValueError(f"{span} is not a span of time")


def whole(span: Dimension, first: date, last: date, school_year: tuple[int, int] = (9, 1)) -> bool:
    """Whether the period is a row of one or more whole spans."""
    return first <= last and _starts(span, first, school_year) and _starts(span, last + DAY, school_year)


def period_named(first: date, last: date, school_year: tuple[int, int] = (9, 1)) -> Dimension | None:
    """The one span that the period is, or ``YEAR`` for some whole years in a row; ``None`` where nobody would name it."""
    if whole(Dimension.YEAR, first, last):
        return Dimension.YEAR
    most = {Dimension.WEEK: 7, Dimension.MONTH: 31, Dimension.QUARTER: 92, Dimension.SCHOOL_YEAR: 366}
    for span, days in most.items():
        if whole(span, first, last, school_year) and (last - first).days < days:
            return span
    return None


def closed_periods(
    span: Dimension, since: date, today: date, school_year: tuple[int, int] = (9, 1)
) -> list[tuple[date, date]]:
    """Every whole span of this kind that began on ``since`` or later and was over before ``today``, oldest first."""
    days = (since + n * DAY for n in range(max((today - since).days, 0) + 1))
    starts = [day for day in days if _starts(span, day, school_year)]
    return [(first, after - DAY) for first, after in pairwise(starts)]


def refused(
    question: Question, audience: Audience, *, today: date, school_year: tuple[int, int] = (9, 1)
) -> Refusal | None:
    """Why this audience gets no answer to the question; ``None`` where it does. ``today`` is the centre's own."""
    if audience is Audience.TEAM:
        return None
    return (
        _period_refused(question, today, school_year)
        or _union_refused(question)
        or (Refusal.DEEP if len(properties(question)) > PROPERTIES else None)
    )


def properties(question: Question) -> frozenset[Dimension]:
    """What is asked about the counted things, beside where and in which period they were."""
    return frozenset({*question.by, *question.where}) - PLACES - SPANS


def _period_refused(question: Question, today: date, school_year: tuple[int, int]) -> Refusal | None:
    spans = [each for each in question.by if each in SPANS]
    named = period_named(question.first, question.last, school_year)
    if Dimension.DAY in (*question.by, *question.where):
        return Refusal.DAYS
    if question.last >= today:
        return Refusal.RUNNING
    if len(spans) > 1:
        return Refusal.CROSSED
    if not named and not (spans and whole(spans[0], question.first, question.last, school_year)):
        return Refusal.PERIOD
    if spans and not whole(spans[0], question.first, question.last, school_year):
        return Refusal.CROSSED
    weekly = Dimension.WEEK in spans or named is Dimension.WEEK
    return Refusal.DAYS if weekly and Dimension.WEEKDAY in properties(question) else None


def _union_refused(question: Question) -> Refusal | None:
    """Several values are lines of a table, or one chosen sum; the second is refused. Spans are chosen by the period."""
    for dimension, values in question.where.items():
        if dimension in SPANS or (len(values) > 1 and dimension not in question.by):
            return Refusal.UNION
    return None


def chosen_sums(question: Question, school_year: tuple[int, int] = (9, 1)) -> Iterable[Dimension]:
    """Over which of its dimensions the margins are sums that the asker chose: of lines picked by a filter, or of a row of spans."""
    named = period_named(question.first, question.last, school_year)
    for dimension in question.by:
        if len(question.where.get(dimension, ())) > 1 or (dimension in SPANS and not named):
            yield dimension
