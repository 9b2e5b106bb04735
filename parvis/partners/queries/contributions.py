"""What partners gave outside duty slots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from parvis.centres.models import Centre
from parvis.partners.models import Contribution


def contributed_minutes(centre: Centre, first: date, last: date) -> dict[tuple[int, int | None], int]:
    """Minutes that were noted from ``first`` to ``last``, both days in, by institution and theme: one query."""
    found = (
        Contribution.objects.filter(relation__centre=centre, day__range=(first, last), minutes__gt=0)
        .values_list("relation__institution", "theme")
        .annotate(Sum("minutes"))
        .order_by()
    )
    return {(institution, theme): minutes for institution, theme, minutes in found}


def contributed_by_month(
    centre: Centre, first: date, last: date
) -> dict[date, dict[tuple[int, int | None], int]]:
    """The same by the month's first day: one query. Months without any are left out."""
    found: dict[date, dict[tuple[int, int | None], int]] = {}
    rows = Contribution.objects.filter(relation__centre=centre, day__range=(first, last), minutes__gt=0)
    for institution, theme, day, minutes in rows.values_list(
        "relation__institution", "theme", "day", "minutes"
    ):
        cells = found.setdefault(day.replace(day=1), {})
        cells[institution, theme] = cells.get((institution, theme), 0) + minutes
    return found


@dataclass(frozen=True)
class Contributions:
    """What was noted in a year: the list, and its minutes by institution."""

    year: int
    rows: list[Contribution]
    minutes: int
    years: list[int]  # those with any, and the asked one


def contributions(centre: Centre, year: int, relation: int | None = None) -> Contributions:
    """What partners gave in ``year``, the latest first: two queries."""
    here = Contribution.objects.filter(relation__centre=centre)
    found = here.filter(day__year=year).select_related("relation__institution", "theme")
    if relation:
        found = found.filter(relation=relation)
    rows = list(found.order_by("-day", "-pk"))
    years = {day.year for day in here.dates("day", "year")} | {year}
    return Contributions(year, rows, sum(row.minutes for row in rows), sorted(years, reverse=True))
