"""Registrations at each of their moments: held, waiting, offered, here, given back; a session that is full, one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from parvis.agenda.actions.places import Wish, come, withdraw
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import Coming, Registration, Where
from parvis.centres.models import Centre


def some_comings(centre: Centre, at: datetime) -> dict[str, int | str]:
    """Tokens of registrations by their moment, and the keys of their sessions."""
    event = an_event(centre, "A letter that opens doors", registration=Registration.REMINDER)
    soon = a_session(
        event, at + timedelta(days=3), room_seats=6, online_seats=20, link="https://example.org/join"
    )
    full = a_session(event, at + timedelta(days=10), room_seats=3)
    over = a_session(event, at - timedelta(hours=3))
    free = a_session(an_event(centre, "An open morning"), at + timedelta(days=4))

    def comes(session, wanted, **more) -> Coming:  # type: ignore[no-untyped-def]
        return come(session=session, wish=Wish(wanted, "en", **more), key=uuid4(), at=at)

    held, online = comes(soon, 2), comes(soon, 1, where=Where.ONLINE)
    back = comes(full, 2)
    comes(full, 1)
    offered, waiting = comes(full, 2), comes(full, 3)
    withdraw(coming=back, at=at)
    came = a_coming(over, 2, word="heron", state=Coming.State.CAME, came=2, came_at=at - timedelta(hours=3))
    return {
        "coming slug": event.slug,
        "coming session": soon.pk,
        "coming full": full.pk,
        "coming over": over.pk,
        "coming event": event.pk,
        "coming free": free.pk,
        "coming free slug": free.event.slug,
        "coming held": held.token,
        "coming online": online.token,
        "coming offered": offered.token,
        "coming waiting": waiting.token,
        "coming back": back.token,
        "coming came": came.token,
    }
