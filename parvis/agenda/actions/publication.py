"""An event is handed in, published now or from a day on, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from parvis.accounts.models import User
from parvis.agenda.actions.errors import ChangedMeanwhile, OwnWork, StillExpected, WrongState
from parvis.agenda.actions.events import lock_event, note_step
from parvis.agenda.models import AgendaSettings, Event, Session

State = Event.State


@transaction.atomic
def submit_event(*, event: Event, version: int, by: User, at: datetime) -> Event:
    """A draft is to be looked at. Said twice, once. Raises ``ChangedMeanwhile``, ``WrongState``."""
    return _go(event, version, State.REVIEW, (State.DRAFT,), by, at)


@transaction.atomic
def publish_event(
    *, event: Event, version: int, by: User, at: datetime, start: datetime | None = None
) -> Event:
    """Everybody reads it from ``start`` on, at once where none is given. Said twice, once.

    What everybody reads already keeps its date. Raises ``OwnWork`` where the centre wants a second look and ``by`` wrote
    it, ``ChangedMeanwhile``, ``WrongState``.
    """
    event = lock_event(event)
    begins = start if start and start > at else at
    if event.state == State.PUBLISHED:
        if event.publish_at and event.publish_at > at and event.publish_at != begins:
            event.publish_at, event.changed_at = begins, at
            event.save()
        return event
    looked = AgendaSettings.objects.filter(centre=event.centre_id, second_look=True).exists()
    if looked and event.written_by_id == by.pk:
        raise OwnWork
    fits = (State.REVIEW,) if looked else (State.DRAFT, State.REVIEW)
    event.publish_at, event.published_by = begins, by
    return _go(event, version, State.PUBLISHED, fits, by, at, locked=True)


@transaction.atomic
def withdraw_event(*, event: Event, by: User, at: datetime) -> Event:
    """Nobody from outside reads it any more. Said twice, once.

    Raises ``StillExpected`` while somebody has a place at a session to come (they are told of a cancellation first), ``WrongState``.
    """
    event = lock_event(event)
    coming = event.sessions.filter(state=Session.State.PLANNED, ends_at__gt=at)
    list(coming.select_for_update(no_key=True).order_by("pk"))  # nobody registers meanwhile
    taken = coming.aggregate(n=Sum(F("room_taken") + F("online_taken")))["n"] or 0
    if event.state == State.PUBLISHED and taken:
        raise StillExpected(taken)
    if event.state != State.WITHDRAWN:  # calendars that have it look again
        coming.update(sequence=F("sequence") + 1, changed_at=at)
    return _go(event, event.version, State.WITHDRAWN, (State.PUBLISHED,), by, at, locked=True)


@transaction.atomic
def take_up_again(*, event: Event, by: User, at: datetime) -> Event:
    """What was handed in or taken back is a draft again. Said twice, once. Raises ``WrongState``."""
    event = lock_event(event)
    return _go(event, event.version, State.DRAFT, (State.REVIEW, State.WITHDRAWN), by, at, locked=True)


def _go(
    event: Event,
    version: int,
    to: str,
    fits: tuple[str, ...],
    by: User,
    at: datetime,
    *,
    locked: bool = False,
) -> Event:
    event = event if locked else lock_event(event)
    if event.state == to:
        return event
    if event.state not in fits:
        raise WrongState
    if event.version != version:
        raise ChangedMeanwhile
    event.state, event.changed_at = to, at
    event.save()
    note_step(event, by=by, at=at)
    return event
