"""Which structure model a centre is."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parvis.centres.models import Centre
from parvis.partners.models import StructureModel, StructurePeriod


class NotThatLate(Exception):
    """The day has not come."""


@transaction.atomic
def choose_structure(
    *, centre: Centre, model: StructureModel, since: date, at: datetime, remark: str = ""
) -> StructurePeriod:
    """From ``since`` on, the centre is of a model; said for a day that has one, it replaces that. Raises ``NotThatLate``."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if since > centre.local_day(at):
        raise NotThatLate
    said = {"model": model, "remark": remark}
    return StructurePeriod.objects.update_or_create(centre=centre, valid_from=since, defaults=said)[0]


@transaction.atomic
def remove_structure(*, period: StructurePeriod) -> None:
    """Take back a period that was said by mistake; the one before it lasts on."""
    StructurePeriod.objects.filter(pk=period.pk).delete()
