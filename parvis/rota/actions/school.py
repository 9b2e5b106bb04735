"""School holidays of the centre's region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from parvis.centres.models import Centre
from parvis.rota.models import SchoolHoliday
from parvis.rota.school_calendar import Found


class Overlaps(Exception):
    """Days of it lie in other school holidays. ``other`` is the first of these."""

    def __init__(self, other: SchoolHoliday) -> None:
        super().__init__(str(other))
        self.other = other


@transaction.atomic
def add_school_holiday(*, centre: Centre, said: Found) -> SchoolHoliday:
    """School is out for these days; the same days again change only the name. Raises ``Overlaps``."""
    _lock(centre)
    row = SchoolHoliday.objects.filter(centre=centre, first_day=said.first, last_day=said.last).first()
    return _save(row or SchoolHoliday(centre=centre), said)


@transaction.atomic
def change_school_holiday(*, holiday: SchoolHoliday, said: Found) -> SchoolHoliday:
    """Other days, or another name. Raises ``Overlaps``."""
    _lock(holiday.centre)
    return _save(SchoolHoliday.objects.select_related("centre").get(pk=holiday.pk), said)


@transaction.atomic
def drop_school_holiday(*, centre: Centre, pk: int) -> None:
    """School goes on; again, changes nothing."""
    SchoolHoliday.objects.filter(centre=centre, pk=pk).delete()


@transaction.atomic
def keep_school_holidays(*, centre: Centre, found: Iterable[Found]) -> int:
    """Keep those that overlap none that is known; returns how many were new."""
    _lock(centre)
    kept = 0
    for one in found:
        if overlapping(centre, one.first, one.last) is None:
            _save(SchoolHoliday(centre=centre), one)
            kept += 1
    return kept


def overlapping(centre: Centre, first: date, last: date, but: int | None = None) -> SchoolHoliday | None:
    """The first known school holiday that shares a day with these."""
    rows = SchoolHoliday.objects.filter(centre=centre, first_day__lte=last, last_day__gte=first)
    return rows.exclude(pk=but).first() if but else rows.first()


def _lock(centre: Centre) -> None:
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)


def _save(row: SchoolHoliday, said: Found) -> SchoolHoliday:
    if other := overlapping(row.centre, said.first, said.last, row.pk):
        raise Overlaps(other)
    row.name, row.first_day, row.last_day = said.name, said.first, said.last
    row.save()
    return row
