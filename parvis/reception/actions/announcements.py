"""A sentence for everybody who is waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Theme
from parvis.reception.actions.errors import NotOfThisCentre
from parvis.reception.actions.periods import queue_changed
from parvis.reception.models import Announcement


@transaction.atomic
def announce(
    *,
    centre: Centre,
    key: UUID,
    at: datetime,
    lasting: timedelta,
    theme: Theme | None = None,
    minutes: int | None = None,
    text: LazyI18nString | str = "",
) -> Announcement:
    """Tell board, kiosk and follow pages: a delay in ``minutes`` (worded in each language), or a sentence, or both."""
    if theme and theme.centre_id != centre.pk:
        raise NotOfThisCentre
    said = {"centre": centre, "theme": theme, "minutes": minutes, "text": text}
    times = {"starts_at": at, "ends_at": at + lasting}
    told, _new = Announcement.objects.get_or_create(key=key, defaults=said | times)
    if told.centre_id != centre.pk:
        raise NotOfThisCentre
    queue_changed(centre.pk)
    return told


@transaction.atomic
def end_announcement(*, announcement: Announcement, at: datetime) -> Announcement:
    """Take it down before its time."""
    if announcement.ends_at > at:
        announcement.ends_at = max(at, announcement.starts_at + timedelta(microseconds=1))
        announcement.save(update_fields=["ends_at"])
        queue_changed(announcement.centre_id)
    return announcement
