"""Sessions are cancelled with a reason that everybody reads, one or all that are still to come; and a mistake is taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.agenda.actions.bookings import book, give_back
from parvis.agenda.actions.errors import WrongState
from parvis.agenda.actions.events import lock_event
from parvis.agenda.actions.people import keep_free, lend_again, lock_session
from parvis.agenda.actions.telling import tell
from parvis.agenda.models import Equipment, Event, Room, Session, Told

State = Session.State


@transaction.atomic
def cancel_session(*, session: Session, why: str, at: datetime) -> Session:
    """It does not take place, and everybody reads ``why``: its rooms are free. Said twice, people are told once.

    Raises ``WrongState`` once it was held.
    """
    session = lock_session(session)
    if session.state == State.CANCELLED:
        return session
    if session.state != State.PLANNED:
        raise WrongState
    booked = list(session.bookings.all())
    session.gave_back = {
        "rooms": [one.room_id for one in booked if one.room_id],
        "equipment": {str(one.equipment_id): one.number for one in booked if one.equipment_id},
    }
    give_back(owner=session)
    session.state, session.why = State.CANCELLED, why
    _changed(session, at, Told.About.CANCELLED)
    return session


@transaction.atomic
def cancel_coming(*, event: Event, why: str, at: datetime) -> list[Session]:
    """None of the sessions that have not begun takes place; returns them. Said twice, once."""
    event = lock_event(event)
    coming = event.sessions.filter(state=State.PLANNED, begins_at__gt=at).order_by("pk")
    return [cancel_session(session=one, why=why, at=at) for one in coming]


@transaction.atomic
def bring_back(*, session: Session, at: datetime) -> Session:
    """It was cancelled by mistake, and takes place after all, with the rooms it had. Said twice, once.

    Raises ``Taken``, ``Closed``, ``NotSoMany`` where they are taken or closed meanwhile, ``LeadsElsewhere``, ``WrongState`` once its time is over.
    """
    session = lock_session(session)
    if session.state == State.PLANNED:
        return session
    if session.state != State.CANCELLED or session.ends_at <= at:
        raise WrongState
    had = session.gave_back or {"rooms": [], "equipment": {}}
    things = Equipment.objects.in_bulk([int(key) for key in had["equipment"]])
    book(
        owner=session,
        begins=session.begins_at,
        ends=session.ends_at,
        rooms=Room.objects.filter(pk__in=had["rooms"]),
        equipment={
            things[int(key)]: number for key, number in had["equipment"].items() if int(key) in things
        },
    )
    led = [one.person for one in session.facilitations.select_related("person") if one.person]
    keep_free(led, session.begins_at, session.ends_at, but=session)
    lend_again(session)
    session.state, session.why, session.gave_back = State.PLANNED, "", {}
    _changed(session, at, Told.About.MOVED)
    return session


def _changed(session: Session, at: datetime, about: Told.About) -> None:
    """Calendars see that it is another one now; who comes is told, unless it is over."""
    session.sequence += 1
    session.changed_at = at
    session.save()
    if session.ends_at > at:
        tell(session=session, about=about, at=at)
