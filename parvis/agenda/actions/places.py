"""Somebody wants to come, changes their mind, takes an offered place or leaves it. Nobody says who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.agenda.actions.addresses import forget_addresses_of, keep_address
from parvis.agenda.actions.seats import bring_up_to_date, give_back, left, locked, take
from parvis.agenda.actions.telling import tell_these
from parvis.agenda.models import Address, Coming, Registration, Session, Told, Where
from parvis.agenda.queries.registering import takes_registrations, ways_to_take_part
from parvis.centres.visitor_words import word_for

State = Coming.State
WITH_A_NAME = {Registration.ALIAS, Registration.REMINDER}


class NotOpen(Exception):
    """Nobody can register: it has begun, is cancelled, not public, or one comes without registration."""


class NotLikeThat(Exception):
    """More people than one registration may bring, or a way to take part that the session does not have."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants: how many people, how they take part, whether fewer places would do, in which language."""

    wanted: int
    language: str
    where: Where = Where.ROOM
    fewer: bool = False


def come(*, session: Session, wish: Wish, key: UUID, at: datetime, email: str = "") -> Coming:
    """Keep places, or a rank on the waiting list where there are not enough. The same ``key`` again finds the first.

    ``email``, where the event keeps one: for messages about this session. Raises ``NotOpen``, ``NotLikeThat``.
    """
    coming = _come(session, wish, key, at)
    if email and coming.session.event.registration == Registration.REMINDER:
        leave_address(coming=coming, email=email, at=at)
    return coming


@transaction.atomic
def _come(session: Session, wish: Wish, key: UUID, at: datetime) -> Coming:
    session = locked(session)
    if before := Coming.objects.filter(key=key, session=session).first():
        before.session = session
        return before
    if not takes_registrations(session, at):
        raise NotOpen
    if not 1 <= wish.wanted <= session.event.most_seats or wish.where not in ways_to_take_part(session):
        raise NotLikeThat
    bring_up_to_date(session, at)  # who waits comes first: what is free after that, they cannot use
    free = left(session, wish.where)
    seats = wish.wanted if free is None or free >= wish.wanted else free if wish.fewer else 0
    take(session, wish.where, seats)
    session.last_number += 1
    session.save(update_fields=["room_taken", "online_taken", "last_number"])
    named = session.event.registration in WITH_A_NAME
    return Coming.objects.create(
        key=key,
        session=session,
        number=session.last_number,
        word=word_for(session.day, session.pk, session.last_number) if named else "",
        where=wish.where,
        state=State.HELD if seats else State.WAITING,
        wanted=wish.wanted,
        fewer=wish.fewer,
        seats=seats,
        waiting_since=None if seats else at,
        language=wish.language,
        said_at=at,
    )


def leave_address(*, coming: Coming, email: str, at: datetime) -> None:
    """Messages about the session go to ``email``. Said twice, the first stays and is written to once."""
    if Address.objects.filter(coming=coming).exists() or coming.state == State.WITHDRAWN:
        return
    keep_address(coming=coming, email=email, at=at)
    tell_these(comings=[coming], about=Told.About.REGISTERED)


def take_address_back(*, coming: Coming) -> None:
    """No message is sent any more; the address is gone at once."""
    forget_addresses_of(comings=[coming])


@transaction.atomic
def withdraw(*, coming: Coming, at: datetime, keep: int = 0) -> Coming:
    """Give back all places but ``keep``: they go to who waits. Somebody who waits, waits for ``keep`` only.

    Nothing happens where fewer are held already, or the session is over: the registration as it is comes back.
    """
    session, coming = _both(coming, at)
    if coming.state in (State.CAME, State.WITHDRAWN, State.LAPSED, State.RELEASED):
        return coming
    if keep <= 0:
        give_back(session, coming, State.WITHDRAWN)
        forget_addresses_of(comings=[coming])
    elif coming.state == State.HELD and keep < coming.seats:
        take(session, coming.where, keep - coming.seats)
        coming.seats = coming.wanted = keep
        coming.save()
    elif coming.state == State.WAITING and keep < coming.wanted:
        coming.wanted = keep
        coming.save()
    bring_up_to_date(session, at)
    coming.refresh_from_db()
    coming.session = session
    return coming


@transaction.atomic
def accept_offer(*, coming: Coming, at: datetime, seats: int | None = None) -> Coming:
    """Take the offered places, or only some of them: the others go to who waits next.

    An offer that has run out is not taken any more: its registration comes back as “lapsed”.
    """
    session, coming = _both(coming, at)
    if coming.state == State.OFFERED:
        taken = min(max(seats or coming.offered, 1), coming.offered)
        take(session, coming.where, taken - coming.offered)
        coming.state, coming.seats, coming.said_at = State.HELD, taken, at
        coming.offered, coming.offered_until = 0, None
        coming.save()
        bring_up_to_date(session, at)
    return coming


def decline_offer(*, coming: Coming, at: datetime) -> Coming:
    """Leave offered places to the next who waits, and wait no longer."""
    return withdraw(coming=coming, at=at)


def _both(coming: Coming, at: datetime) -> tuple[Session, Coming]:
    """The session, locked and up to date, and the registration as it is then."""
    session = locked(coming.session)
    bring_up_to_date(session, at)
    coming = Coming.objects.get(pk=coming.pk)
    coming.session = session
    return session, coming
