"""Who is here: checked in at the door under a friendly name, or counted by a click. Handed in late, it counts once all the same."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.agenda.actions.seats import bring_up_to_date, left, locked, take
from parvis.agenda.models import Coming, DoorCount, Session

State = Coming.State
MOST_BY_A_CLICK = 60


class Full(Exception):
    """There is no place for somebody who has none: who lets them in counts them with the clicker."""


class Counted(Exception):
    """The session was counted already, or is cancelled."""


class NotHere(Exception):
    """The registration is another session's."""


@transaction.atomic
def check_in(*, coming: Coming, came: int, at: datetime) -> Coming:
    """So many of a registration are here. Said again, the later number counts. Raises ``Full``, ``Counted``.

    Whoever waits takes free places with it. Fewer than expected give the others back to who waits.
    """
    session = _open(coming.session)
    coming = Coming.objects.get(pk=coming.pk)
    coming.session = session
    came = max(1, min(came, session.event.most_seats))
    held = coming.seats + coming.offered
    free = left(session, coming.where)
    seats = came if free is None else min(came, held + free)
    if seats == 0:
        raise Full
    take(session, coming.where, seats - held)
    coming.wanted = max(coming.wanted, seats)
    coming.state, coming.seats, coming.came = State.CAME, seats, came
    coming.offered, coming.offered_until = 0, None
    coming.came_at = coming.came_at or at
    coming.save()
    bring_up_to_date(session, at)
    return coming


@transaction.atomic
def undo_check_in(*, coming: Coming, at: datetime) -> Coming:
    """It was a slip: they are expected again, with the places that they have. Said twice, nothing more happens."""
    session = _open(coming.session)
    coming = Coming.objects.get(pk=coming.pk)
    coming.session = session
    if coming.state == State.CAME:
        coming.state, coming.came, coming.came_at, coming.said_at = State.HELD, 0, None, at
        coming.save()
    return coming


@transaction.atomic
def click(*, session: Session, key: UUID, count: int, at: datetime) -> None:
    """So many more are in the room, or fewer. The same ``key`` again counts once. Raises ``Counted``."""
    if not DoorCount.objects.filter(key=key).exists():
        session = _open(session)
        count = max(-MOST_BY_A_CLICK, min(count, MOST_BY_A_CLICK))
        if count:
            DoorCount.objects.get_or_create(key=key, defaults={"session": session, "count": count, "at": at})


def _open(session: Session) -> Session:
    session = locked(session)
    if session.state != Session.State.PLANNED:
        raise Counted
    return session
