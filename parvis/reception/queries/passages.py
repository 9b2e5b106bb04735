"""Crossings of the door by hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum

from parvis.centres.models import Centre
from parvis.reception.models import Passage


@dataclass
class Hour:
    """One hour at one site, by how it was counted."""

    date: date
    site_id: int
    hour: int
    by_source: dict[str, int] = field(default_factory=dict)

    @property
    def typed(self) -> int | None:
        """What somebody typed in for the whole hour."""
        return self.by_source.get(Passage.Source.HOURLY)

    @property
    def counted(self) -> int:
        """Clicks and sensors together: they stand at different doors."""
        return self.by_source.get(Passage.Source.CLICKER, 0) + self.by_source.get(Passage.Source.SENSOR, 0)

    @property
    def count(self) -> int:
        """The hour's passages: what was typed in stands for the whole hour, instead of clicks and sensors."""
        return self.counted if self.typed is None else self.typed


def passages_by_hour(centre: Centre, first: date, last: date) -> list[Hour]:
    """Every hour with a count, from ``first`` to ``last``: one query."""
    rows = (
        Passage.objects.filter(centre=centre, date__range=(first, last), undone_at=None)
        .order_by("date", "hour", "site")
        .values_list("date", "site_id", "hour", "source")
        .annotate(total=Sum("count"))
    )
    hours: dict[tuple[date, int, int], Hour] = {}
    for day, site_id, hour, source, total in rows:
        found = hours.setdefault((day, site_id, hour), Hour(day, site_id, hour))
        found.by_source[source] = total
    return list(hours.values())
