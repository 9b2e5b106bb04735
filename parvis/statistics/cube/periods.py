"""The same question about another time: the period before, and the same one a year before.

Whole months are compared with whole months and whole weeks with whole weeks, however many days they have; a year before, weeks
are moved by 52, so that Mondays meet Mondays. Any other stretch of days meets as many days just before it, or the same dates.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from parvis.statistics.cube.dimensions import SPANS
from parvis.statistics.cube.questions import Question

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class NotComparable(ValueError):
    """The filters name days, weeks or months of their own: there is no telling which others they would be compared with."""


def before(question: Question) -> Question:
    """The question about as long a time that ends where this one begins."""
    first, last = question.first, question.last
    if months := _months(first, last):
        return _moved(question, _add_months(first, -months), first - DAY)
    days = last - first + DAY
    return _moved(question, first - days, first - DAY)


def year_before(question: Question) -> Question:
    """The question about the same time a year before."""
    first, last = question.first, question.last
    if _months(first, last):
        return _moved(question, _add_months(first, -12), _add_months(last + DAY, -12) - DAY)
    if first.weekday() == 0 and (last + DAY).weekday() == 0:
        return _moved(question, first - 52 * WEEK, last - 52 * WEEK)
    return _moved(question, _add_months(first, -12), _add_months(last, -12))


def _moved(question: Question, first: date, last: date) -> Question:
    if set(question.where) & set(SPANS):
        raise NotComparable
    return replace(question, first=first, last=last)


def _months(first: date, last: date) -> int:
    """How many whole months these days are; 0 where they are not."""
    after = last + DAY
    if first.day != 1 or after.day != 1:
        return 0
    return (after.year - first.year) * 12 + after.month - first.month


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
