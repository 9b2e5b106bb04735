"""Sessions are planned, one or a series, and put elsewhere: when, where, with how many places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.bookings import NotBooked, book
from parvis.agenda.actions.errors import (
    AgendaError,
    ChangedMeanwhile,
    NotOfThisCentre,
    OnDay,
    TooFewSeats,
    TooManySeats,
    WrongState,
)
from parvis.agenda.actions.events import lock_event
from parvis.agenda.actions.people import choose_facilitators, keep_free, lend_again, lock_session
from parvis.agenda.actions.seats import bring_up_to_date
from parvis.agenda.actions.telling import tell
from parvis.agenda.models import Event, Room, Session, Told
from parvis.agenda.queries.where import PLAIN, Place, When, place_of, when_of
from parvis.centres.models import Centre

State = Session.State


@transaction.atomic
def plan_sessions(
    *,
    event: Event,
    key: UUID,
    whens: Sequence[When],
    place: Place,
    at: datetime,
    people: Mapping[User, int] | None = None,
    rule: dict[str, object] | None = None,
) -> list[Session]:
    """Make a session for each of ``whens``: all of them or none. Sent twice with one ``key``, they are there once.

    Raises ``OnDay`` with the first that is refused (``Taken``, ``Closed``, ``NotSoMany``, ``LeadsElsewhere``), ``TooManySeats``,
    ``NotOfThisCentre``, ``WrongState`` for an event that was taken back.
    """
    event = lock_event(event)
    uids = {uuid5(key, when.begins.isoformat()): when for when in whens}
    if known := list(Session.objects.filter(uid__in=uids, event=event)):
        return known
    if event.state == Event.State.WITHDRAWN:
        raise WrongState
    _check(event.centre, place)
    number = max(event.sessions.values_list("number", flat=True), default=0)
    made = []
    for n, (uid, when) in enumerate(uids.items(), number + 1):
        session = Session(event=event, centre=event.centre, uid=uid, number=n, changed_at=at)
        _put(session, when, place)
        session.save(force_insert=True)
        try:
            _take(session, place)
            choose_facilitators(session=session, people=people or {}, at=at)
        except (AgendaError, NotBooked) as why:
            raise OnDay(session.day, when.begins, why) from why
        made.append(session)
    if rule is not None:
        event.rule = rule
        event.save(update_fields=["rule"])
    return made


@transaction.atomic
def move_session(
    *, session: Session, sequence: int, when: When, place: Place, why: str, at: datetime
) -> Session:
    """Put it elsewhere, or say better where it is. Said twice, it moves once, and people are told once.

    ``sequence``: the one of the page; a later one raises ``ChangedMeanwhile``, unless it is so already. Raises ``Taken``, ``Closed``,
    ``NotSoMany``, ``LeadsElsewhere``, ``TooFewSeats``, ``TooManySeats``, ``NotOfThisCentre``; ``WrongState`` for one that was held or cancelled.
    """
    session = lock_session(session)
    before = (when_of(session), place_of(session))
    if before == (when, place):
        return session
    if session.sequence != sequence:
        raise ChangedMeanwhile
    if session.state != State.PLANNED:
        raise WrongState
    _check(session.centre, place)
    _check_seats(session, place)
    day = session.day
    _put(session, when, place)
    session.why, session.changed_at = why, at
    session.sequence += 1
    session.save()
    _take(session, place)
    if before[0] != when:
        led = [one.person for one in session.facilitations.select_related("person") if one.person]
        keep_free(led, when.begins, when.ends, but=session)
    if session.day != day:
        lend_again(session)
    if when.ends > at and (when, told_of(place)) != (before[0], told_of(before[1])):
        tell(session=session, about=Told.About.MOVED, at=at)
    bring_up_to_date(session, at)  # more places go to who waits
    return session


def told_of(place: Place) -> tuple[object, ...]:
    """What people who come are told again when it changes: where it is."""
    return place.site, place.elsewhere, place.link, place.rooms


def _put(session: Session, when: When, place: Place) -> None:
    session.begins_at, session.ends_at, session.all_day = when.begins, when.ends, when.all_day
    for name in PLAIN:
        setattr(session, name, getattr(place, name))


def _take(session: Session, place: Place) -> None:
    book(
        owner=session,
        begins=session.begins_at,
        ends=session.ends_at,
        rooms=place.rooms,
        equipment=place.equipment,
    )


def _check(centre: Centre, place: Place) -> None:
    rooms = Room.objects.filter(pk__in=[one.pk for one in place.rooms], space__site__centre=centre)
    holds = list(rooms.values_list("places", flat=True))
    foreign = any(one.centre_id != centre.pk for one in place.equipment)
    if len(holds) != len(place.rooms) or foreign or (place.site and place.site.centre_id != centre.pk):
        raise NotOfThisCentre
    if holds and place.room_seats is not None and place.room_seats > sum(holds):
        raise TooManySeats(sum(holds))


def _check_seats(session: Session, place: Place) -> None:
    if place.room_seats is not None and place.room_seats < session.room_taken:
        raise TooFewSeats(session.room_taken, online=False)
    if place.online_seats is not None and place.online_seats < session.online_taken:
        raise TooFewSeats(session.online_taken, online=True)
