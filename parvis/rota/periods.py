"""Months, quarters and years as the ledger's addresses write them: 2026-03, 2026-Q1, 2026."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

WRITTEN = re.compile(r"(?P<year>20\d\d)(-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Period:
    """So many whole months from the first day of one."""

    first: date
    months: int

    @property
    def last(self) -> date:
        """Its last day."""
        return _after(self.first, self.months) - timedelta(days=1)

    @property
    def before(self) -> Period:
        """The one of the same length that ends where this one begins."""
        return Period(_after(self.first, -self.months), self.months)

    @property
    def after(self) -> Period:
        """The next one of the same length."""
        return Period(_after(self.first, self.months), self.months)

    @property
    def by_month(self) -> list[date]:
        """The first day of each of its months."""
        return [_after(self.first, number) for number in range(self.months)]

    @property
    def key(self) -> str:
        """As an address writes it."""
        if self.months == 12:
            return f"{self.first.year}"
        if self.months == 3:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        """As people say it."""
        if self.months == 12:
            return str(self.first.year)
        if self.months == 3:
            number = (self.first.month + 2) // 3
            return _("Quarter %(number)s of %(year)s") % {"number": number, "year": self.first.year}
        return capfirst(date_format(self.first, "F Y"))

    def __str__(self) -> str:
        return self.name


def quarter_of(day: date) -> Period:
    """The quarter in which ``day`` lies."""
    return Period(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def read(written: str) -> Period | None:
    """What an address says; none where it says nothing that is a period."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        return Period(date(year, int(found["quarter"]) * 3 - 2, 1), 3)
    if found["month"]:
        return Period(date(year, int(found["month"]), 1), 1)
    return Period(date(year, 1, 1), 12)


def _after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
