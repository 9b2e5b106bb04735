"""The half-days of the calendar, made from the seasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from parvis.centres.models import Centre
from parvis.rota.models import HalfDay, Need, Rota
from parvis.rota.queries.half_days import HalfDayWanted, Making, making

OWN = ("starts", "ends", "unpopular", "institutions_min", "institutions_aim")


@transaction.atomic
def make_half_days(*, centre: Centre, first: date, last: date, at: datetime) -> Making:
    """Make the half-days and needs between two days, both included, as the seasons have them; again, changes nothing.

    Left as they are: days before the local day of ``at``, what somebody changed by hand, and where somebody is on duty. Returns
    what was added, changed, dropped and left. A half-day that goes takes the answers about it along: nobody is needed then.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    list(Rota.objects.select_for_update(no_key=True).filter(centre=centre))  # nobody publishes meanwhile
    found = making(centre, first, last, centre.local_day(at))
    HalfDay.objects.filter(pk__in=[one.pk for one in found.dropped]).delete()
    Need.objects.filter(half_day__in=[half_day.pk for half_day, _one in found.changed]).delete()
    for half_day, one in found.changed:
        half_day.starts, half_day.ends = one.starts, one.ends
        for name in OWN[2:]:
            setattr(half_day, name, getattr(one.pattern, name))
        half_day.save(update_fields=OWN)
    made = HalfDay.objects.bulk_create(
        HalfDay(
            centre=centre,
            site=one.site,
            date=one.date,
            starts=one.starts,
            ends=one.ends,
            **{name: getattr(one.pattern, name) for name in OWN[2:]},
        )
        for one in found.added
    )
    _need([*found.changed, *zip(made, found.added, strict=True)])
    return found


def _need(pairs: Iterable[tuple[HalfDay, HalfDayWanted]]) -> None:
    Need.objects.bulk_create(
        Need(
            half_day=half_day,
            duty=duty,
            theme_id=theme,
            seats=seats,
            languages=dict(languages),
            space_id=space,
        )
        for half_day, one in pairs
        for duty, theme, seats, languages, space in sorted(one.needs, key=str)
    )
