"""What institutions owe in a period: what they pledged, with the balance of the year so far spread over what is left of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db.models import Min, Sum

from parvis.centres.models import Centre
from parvis.partners.models import Contribution
from parvis.partners.queries.pledges import Cell, pledged_by_month, pledged_minutes
from parvis.rota.models import DutySlot, Held
from parvis.rota.planning.problem import Share

DAY = timedelta(days=1)
HALF_DAY = 210  # minutes: less than one usual half-day more or less is no matter


def shares(centre: Centre, first: date, last: date, *, at: datetime) -> Iterator[Share]:
    """One for each institution that pledged time, for each month or part of one: less or more than it by half a day is even.

    A promise is hours per year: what an institution held more or less than it had pledged until the day before ``first`` is carried
    over, evenly by days, until the year's last day.
    """
    months = pledged_by_month(centre, first, last)
    carried = _balance(centre, first, at)
    for start, cells in months.items():
        begin, end = max(start, first), min(_month_end(start), last)
        left = (date(first.year, 12, 31) - first).days + 1
        part = Fraction((end - begin).days + 1, left) if begin.year == first.year else Fraction(0)
        for institution, pledged in sorted(_by_institution(cells).items()):
            carry = round(carried.get(institution, 0) * part)
            minutes = pledged + max(
                -pledged // 2, min(carry, pledged // 2)
            )  # never more than half as much again
            tolerance = max(HALF_DAY, minutes // 10)
            yield Share(institution, (begin - first).days, (end - first).days, minutes, tolerance)


def _month_end(start: date) -> date:
    return (start.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY


def _by_institution(cells: dict[Cell, int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (institution, _theme), minutes in cells.items():
        found[institution] += minutes
    return found


def _balance(centre: Centre, first: date, at: datetime) -> dict[int, int]:
    """Institution -> minutes that it owes from this year until the day before ``first``; less than 0 where it gave more.

    Counted from the first day of which the rota knows: what was before is no shortfall.
    """
    known = DutySlot.objects.filter(centre=centre).aggregate(day=Min("half_day__date"))["day"]
    begin = max(date(first.year, 1, 1), known or first)
    if begin >= first:
        return {}
    owed = _by_institution(pledged_minutes(centre, begin, first - DAY))
    for institution, minutes in _given(centre, begin, first - DAY, centre.local_day(at)).items():
        if institution in owed:
            owed[institution] -= minutes
    return owed


def _given(centre: Centre, begin: date, end: date, today: date) -> dict[int, int]:
    """What was held until yesterday, what was given outside the rota, and what is planned from today on."""
    found: dict[int, int] = defaultdict(int)
    held = Held.objects.filter(centre=centre, date__range=(begin, min(end, today - DAY)))
    for stretch in held.filter(institution__isnull=False, ended_at__isnull=False):
        found[stretch.institution_id or 0] += stretch.minutes
    outside = Contribution.objects.filter(relation__centre=centre, day__range=(begin, end))
    for institution, minutes in (
        outside.values("relation__institution")
        .annotate(all=Sum("minutes"))
        .values_list("relation__institution", "all")
    ):
        found[institution] += minutes
    planned = DutySlot.objects.standing().filter(centre=centre, institution__isnull=False)
    for slot in planned.between(max(begin, today), end).select_related("half_day__centre"):
        found[slot.institution_id or 0] += slot.half_day.minutes
    return found
