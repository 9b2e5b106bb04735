"""Which structure model a centre is."""

from __future__ import annotations

from datetime import date

from parvis.centres.models import Centre
from parvis.partners.models import StructurePeriod


def structure_of(centre: Centre, day: date) -> StructurePeriod | None:
    """The period in force on ``day``, or ``None`` where nothing was said: one query."""
    return StructurePeriod.objects.filter(centre=centre, valid_from__lte=day).order_by("-valid_from").first()
