"""Crossings of the door: clicked, typed in by the hour, or told by a sensor."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre, Site
from parvis.reception.actions.errors import NotOfThisCentre, NotYet, TooLate
from parvis.reception.models import Device, Passage

AHEAD = timedelta(minutes=5)  # how far a sensor's clock may be wrong
BACKLOG = timedelta(days=7)  # how long a sensor may have been offline


@transaction.atomic
def count_passages(
    *,
    site: Site,
    key: UUID,
    count: int,
    at: datetime,
    counted_at: datetime | None = None,
    device: Device | None = None,
) -> Passage:
    """Add ``count`` crossings of now, or of ``counted_at`` where a sensor says so. The same ``key`` counts once.

    Raises ``NotYet`` and ``TooLate`` for a time that cannot be, ``NotOfThisCentre`` for another centre's key.
    """
    when = counted_at or at
    if when > at + AHEAD:
        raise NotYet
    if when < at - BACKLOG:
        raise TooLate
    local = site.centre.local(when)
    source = Passage.Source.SENSOR if device else Passage.Source.CLICKER
    passage = Passage(
        key=key, centre=site.centre, site=site, date=local.date(), hour=local.hour, count=count, source=source
    )
    passage.device, passage.counted_at = device, when
    try:
        with transaction.atomic():
            passage.save()
    except IntegrityError as twice:  # the same click, sent again
        return _same(site.centre, key, twice)
    return passage


@transaction.atomic
def undo_passages(*, centre: Centre, key: UUID, at: datetime) -> Passage | None:
    """Take a click of today back. Nothing where no such click came, or it is undone already. Raises ``TooLate``."""
    passage = Passage.objects.select_for_update(no_key=True).filter(centre=centre, key=key).first()
    if passage is None or passage.undone_at is not None:
        return passage
    if passage.date != centre.local_day(at):
        raise TooLate
    passage.undone_at = at
    passage.save(update_fields=["undone_at"])
    return passage


@transaction.atomic
def enter_hour(*, site: Site, key: UUID, start: datetime, count: int | None, at: datetime) -> Passage | None:
    """Say how many came in during the whole hour that begins at ``start``; this stands instead of clicks and sensors.

    An earlier entry for that hour is taken back; ``None`` only takes back. The same ``key`` again changes nothing, even
    where somebody corrected it since. Raises ``NotYet`` before the hour begins, ``TooLate`` on another day,
    ``NotOfThisCentre`` for another centre's key.
    """
    Site.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=site.pk
    )  # two who enter the same hour do so in turn
    if Passage.objects.filter(key=key).exists():
        return _same(site.centre, key)
    centre = site.centre
    local = centre.local(start)
    if local.date() != centre.local_day(at):
        raise TooLate
    if start > at:
        raise NotYet
    entries = Passage.objects.select_for_update(no_key=True).filter(
        site=site, date=local.date(), hour=local.hour, source=Passage.Source.HOURLY, undone_at=None
    )
    present = list(entries)
    if present and present[-1].count == count:
        return present[-1]
    entries.update(undone_at=at)
    if count is None:
        return None
    return Passage.objects.create(
        key=key,
        centre=centre,
        site=site,
        date=local.date(),
        hour=local.hour,
        count=count,
        source=Passage.Source.HOURLY,
        counted_at=at,
    )


def _same(centre: Centre, key: UUID, twice: IntegrityError | None = None) -> Passage:
    """What was counted under that key. Raises ``NotOfThisCentre``."""
    passage = Passage.objects.get(key=key)
    if passage.centre_id != centre.pk:
        raise NotOfThisCentre from twice
    return passage


def hour_of(centre: Centre, at: datetime, hour: int) -> datetime:
    """The instant at which ``hour`` of the local day of ``at`` begins."""
    return datetime.combine(centre.local_day(at), time(hour), centre.zone)
