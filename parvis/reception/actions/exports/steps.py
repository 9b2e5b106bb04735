"""Asking for an export, starting it again after its worker was killed, deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.actions.errors import NotOfThisCentre, ReceptionError
from parvis.reception.actions.exports.files import forget_file
from parvis.reception.actions.exports.tasks import write_export
from parvis.reception.models import Export
from parvis.shared.killed import end_killed


class AnotherIsWritten(ReceptionError):
    """One export at a time is written at a centre: each is a long read and a large file."""

    sentence = _("Another export is just being written. Wait until it is ready, or delete it.")


@dataclass(frozen=True)
class Wanted:
    """What a person asks for: days, the kind of file, the language of headings and labels."""

    first_day: date
    last_day: date
    format: Export.Format
    language: str


@transaction.atomic
def start_export(*, centre: Centre, person: User, key: UUID, wanted: Wanted, at: datetime) -> Export:
    """Begin an export in the background. The same ``key`` again is the same export. Raises ``AnotherIsWritten``.

    Raises ``NotOfThisCentre`` for a key that another centre used.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if before := Export.objects.filter(key=key).first():
        if before.centre_id != centre.pk:
            raise NotOfThisCentre
        return before
    if Export.objects.filter(centre=centre, stage=Export.Stage.RUNNING).exists():
        raise AnotherIsWritten
    export = Export.objects.create(
        centre=centre,
        key=key,
        format=wanted.format,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        language=wanted.language,
        started_by=person,
        created_at=at,
        beat_at=timezone.now(),
    )
    transaction.on_commit(partial(write_export.enqueue, export.pk))
    return export


@transaction.atomic
def revive_export(*, export: Export) -> Export:
    """Start it again, from its beginning, where its worker was killed; otherwise nothing happens."""
    if not export.is_silent(timezone.now()):
        return export
    row = (
        Export.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=export.pk)
    )
    if row.is_silent(timezone.now()):
        row.worker, row.beat_at, row.rows_done = "", timezone.now(), 0
        row.save(update_fields=["worker", "beat_at", "rows_done"])
        end_killed(write_export, row.pk, at=row.beat_at)
        transaction.on_commit(partial(write_export.enqueue, row.pk))
    return row


def revive_interrupted(*, at: datetime) -> int:
    """Starts every export again whose worker was killed, or told to stop; returns how many."""
    running = Export.objects.filter(stage=Export.Stage.RUNNING)
    silent = [export for export in running if export.is_silent(at)]
    for export in silent:
        revive_export(export=export)
    return len(silent)


@transaction.atomic
def delete_export(*, export: Export) -> None:
    """Delete the file and what is known of it, before its day is over. Deleted twice is deleted; a worker stops."""
    Export.objects.filter(pk=export.pk).delete()
    transaction.on_commit(partial(forget_file, export))
