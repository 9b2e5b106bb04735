"""Opening hours: the ordinary week, and days that differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.models import OpeningException, OpeningHours, Site
from parvis.centres.queries.opening import Stretch
from parvis.centres.service_models import HoursPreset

LONGEST_EXCEPTION = 92  # days: a summer


class TooLong(Exception):
    """An exception of more than three months is an ordinary week."""


@transaction.atomic
def set_week(*, site: Site, week: Iterable[HoursPreset]) -> None:
    """Replace the ordinary week of ``site``."""
    Site.objects.select_for_update(no_key=True).get(
        pk=site.pk
    )  # two people saving at once: one week, not two
    site.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=row.weekday, opens=row.opens, closes=row.closes) for row in week
    )


@transaction.atomic
def set_exception(
    *, site: Site, first: date, last: date, stretches: Iterable[Stretch], reason: LazyI18nString
) -> None:
    """Say that each day from ``first`` to ``last`` differs: open for ``stretches``, or closed where there are none.

    Replaces what was said about those days. Raises :class:`TooLong` past three months.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if len(days) > LONGEST_EXCEPTION:
        raise TooLong
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    site.exceptions.filter(day__range=(first, last)).delete()
    times: list[tuple[time | None, time | None]] = [(row.opens, row.closes) for row in stretches]
    OpeningException.objects.bulk_create(
        OpeningException(site=site, day=day, opens=opens, closes=closes, reason=reason)
        for day in days
        for opens, closes in times or [(None, None)]
    )


@transaction.atomic
def clear_exception(*, site: Site, day: date) -> None:
    """Take back what was said about ``day``: it is again as the week and the holidays have it."""
    site.exceptions.filter(day=day).delete()
