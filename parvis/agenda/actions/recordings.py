"""Recordings of webinars: kept, captioned, published, taken back, deleted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda import recordings_on_disk, stored
from parvis.agenda.captions import read_captions, written
from parvis.agenda.models import Recording, Session


class AnotherIsThere(Exception):
    """The session has a recording already: delete it first."""


class NotOver(Exception):
    """The session has not begun."""


class NoCaptions(Exception):
    """Whoever does not hear it would be left out."""


def keep_recording(*, session: Session, key: UUID, language: str, by: User | None, at: datetime) -> Recording:
    """Keep what was gathered under ``key`` as the session's recording, without what a camera wrote into the file.

    The same ``key`` again returns the first. Takes seconds for a long one, all but a moment of it outside the transaction. Raises
    ``AnotherIsThere``, ``NotOver``, and what ``recordings_on_disk.clean`` raises.
    """
    if before := _kept_before(session, key, at):
        return before
    kind, size = recordings_on_disk.clean(key)
    with transaction.atomic():
        now = Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
        if before := _kept_before(now, key, at):
            return before
        recordings_on_disk.settle(key)  # of the two, only a file may be left over
        return Recording.objects.create(
            key=key, session=now, kind=kind, size=size, language=language, added_by=by, added_at=at
        )


def _kept_before(session: Session, key: UUID, at: datetime) -> Recording | None:
    """The session's recording under that key. Raises ``AnotherIsThere``, ``NotOver``."""
    if before := Recording.objects.filter(session=session).first():
        if before.key != key:
            raise AnotherIsThere
        return before
    if Recording.objects.filter(key=key).exists():
        raise AnotherIsThere  # its file is another session's
    if session.begins_at > at:
        raise NotOver
    return None


@transaction.atomic
def write_beside(*, recording: Recording, language: str, captions: str, text: str) -> Recording:
    """Its language, its captions (read strictly and written anew), and what is said in it. Raises ``NotCaptions``.

    Without captions it is not published any more.
    """
    now = _locked(recording)
    now.language, now.text = language, text
    now.captions = written(read_captions(captions)) if captions.strip() else ""
    if not now.captions:
        now.published_at = None
    now.save(update_fields=["language", "text", "captions", "published_at"])
    return now


@transaction.atomic
def publish_recording(*, recording: Recording, at: datetime) -> Recording:
    """Everybody may see it. Published already, nothing happens. Raises ``NoCaptions``."""
    now = _locked(recording)
    if not now.captions:
        raise NoCaptions
    if now.published_at is None:
        now.published_at = at
        now.save(update_fields=["published_at"])
    return now


@transaction.atomic
def take_back_recording(*, recording: Recording) -> Recording:
    """Nobody outside sees it any more; it stays with the team."""
    now = _locked(recording)
    now.published_at = None
    now.save(update_fields=["published_at"])
    return now


@transaction.atomic
def delete_recording(*, recording: Recording) -> None:
    """It is gone, with its file. Said twice, it is gone once."""
    if Recording.objects.filter(pk=recording.pk).delete()[0]:
        transaction.on_commit(partial(stored.RECORDINGS.remove, [recording.key]))


def _locked(recording: Recording) -> Recording:
    return Recording.objects.select_for_update(no_key=True, of=("self",)).get(pk=recording.pk)
