"""Whole weeks and months: two periods never differ by a single day, so that a difference never tells of one visitor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST = date(1990, 1, 1)


class Span(models.TextChoices):
    """How long a period is."""

    MONTH = "month", gettext_lazy("Month")
    QUARTER = "quarter", gettext_lazy("Quarter")
    YEAR = "year", gettext_lazy("Year")
    OWN = "own", gettext_lazy("Own dates")


class Whole(models.TextChoices):
    """What one's own dates are widened to."""

    WEEKS = "weeks", gettext_lazy("whole weeks")
    MONTHS = "months", gettext_lazy("whole months")


MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True)
class Stretch:
    """A period, both days included."""

    span: Span
    first: date
    last: date
    whole: Whole = Whole.MONTHS

    @property
    def before(self) -> Stretch:
        """The one of the same length that ends the day before."""
        end = self.first - timedelta(days=1)
        if self.span in MONTHS:
            return period_of(self.span, end)
        if self.whole == Whole.WEEKS:
            return Stretch(self.span, end - (self.last - self.first), end, self.whole)
        return Stretch(self.span, _months_later(self.first, -self._months), end, self.whole)

    @property
    def after(self) -> Stretch:
        """The one of the same length that begins the day after."""
        start = self.last + timedelta(days=1)
        if self.span in MONTHS:
            return period_of(self.span, start)
        if self.whole == Whole.WEEKS:
            return Stretch(self.span, start, start + (self.last - self.first), self.whole)
        end = _months_later(start, self._months) - timedelta(days=1)
        return Stretch(self.span, start, end, self.whole)

    @property
    def _months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def words(self) -> str:
        """As the page's heading says it."""
        if self.span == Span.MONTH:
            return date_format(self.first, "F Y")
        if self.span == Span.YEAR:
            return str(self.first.year)
        if self.whole == Whole.MONTHS:
            names = {"first": date_format(self.first, "F Y"), "last": date_format(self.last, "F Y")}
            if self.first.year == self.last.year:
                names["first"] = date_format(self.first, "F")
            same = self.first.replace(day=1) == self.last.replace(day=1)
            return names["last"] if same else _("%(first)s to %(last)s") % names
        days = {"first": date_format(self.first, "j F Y"), "last": date_format(self.last, "j F Y")}
        return _("%(first)s to %(last)s") % days

    @property
    def asked(self) -> dict[str, str]:
        """What an address says to come back here."""
        own = {"first": self.first.isoformat(), "last": self.last.isoformat(), "whole": self.whole.value}
        return {"span": self.span.value} | (own if self.span == Span.OWN else {"on": self.first.isoformat()})


def period_of(span: Span, day: date) -> Stretch:
    """The month, quarter or year of ``day``."""
    months = MONTHS[span]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Stretch(span, first, _months_later(first, months) - timedelta(days=1))


def own_period(first: date, last: date, whole: Whole) -> Stretch:
    """From ``first`` to ``last`` and as much around them as makes whole weeks or months."""
    if whole == Whole.WEEKS:
        monday = first - timedelta(days=first.weekday())
        return Stretch(Span.OWN, monday, last + timedelta(days=6 - last.weekday()), whole)
    month_after = _months_later(last.replace(day=1), 1)
    return Stretch(Span.OWN, first.replace(day=1), month_after - timedelta(days=1), whole)


def _months_later(first: date, months: int) -> date:
    """The first of a month that many months on."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
