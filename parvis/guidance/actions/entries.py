"""Writing in a thread: by the visitor, and by everybody who talks with them now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from parvis.guidance import live_threads
from parvis.guidance.actions.errors import ChangedMeanwhile, ConversationEnded, SaidOtherwise
from parvis.guidance.actions.holding import hold
from parvis.guidance.models import Entry, Grant, Kind
from parvis.guidance.opened import Opened, about_entry
from parvis.shared.sealing.cipher import seal_json


@transaction.atomic
def write_entry(*, opened: Opened, key: UUID, kind: Kind, said: dict[str, Any], at: datetime) -> Entry:
    """Add one piece to a thread. The same ``key`` again returns the first.

    Raises ``ConversationEnded``, and ``SaidOtherwise`` where that piece says something else.
    """
    _still_open(opened, at)
    thread, grant = opened.thread, opened.grant
    if before := Entry.objects.filter(key=key).first():
        return _same(opened, before, said)
    entry = Entry(thread=thread, key=key, kind=kind, sealed=_sealed(opened, key, said))
    entry.day = (grant.centre if grant else thread.centre).local_day(at)
    if grant:
        entry.centre, entry.role = grant.centre, grant.role
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        if before := Entry.objects.filter(key=key).first():
            return _same(opened, before, said)
        raise
    live_threads.changed(thread.pk)
    return entry


@transaction.atomic
def change_entry(*, opened: Opened, entry: Entry, revision: int, said: dict[str, Any], at: datetime) -> Entry:
    """Say something else in a piece that was read as of ``revision``. The same once more changes nothing.

    Raises ``ChangedMeanwhile`` where somebody else was first, and ``ConversationEnded``.
    """
    _still_open(opened, at)
    own = Entry.objects.filter(pk=entry.pk, thread=opened.thread)
    if (now := own.first()) and opened.read(now) == said:
        return now
    sealed = _sealed(opened, entry.key, said)
    if not own.filter(revision=revision).update(sealed=sealed, revision=F("revision") + 1):
        raise ChangedMeanwhile
    live_threads.changed(opened.thread.pk)
    return own.get()


@transaction.atomic
def remove_entry(*, opened: Opened, entry: Entry, at: datetime) -> None:
    """Take a piece out of the thread. Again, changes nothing."""
    _still_open(opened, at)
    if Entry.objects.filter(pk=entry.pk, thread=opened.thread).delete()[0]:
        live_threads.changed(opened.thread.pk)


def _still_open(opened: Opened, at: datetime) -> None:
    hold(opened.thread)
    if opened.grant and not Grant.objects.open().filter(pk=opened.grant.pk).update(used_at=at):
        raise ConversationEnded


def _same(opened: Opened, entry: Entry, said: dict[str, Any]) -> Entry:
    if entry.thread_id != opened.thread.pk or opened.read(entry) != said:
        raise SaidOtherwise
    return entry


def _sealed(opened: Opened, key: UUID, said: dict[str, Any]) -> bytes:
    return seal_json(opened.key, said, about=about_entry(opened.thread, key))
