"""Calling a visitor, the interview, and its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.reception import talks
from parvis.reception.actions.errors import AlreadyTaken, Forbidden, NotOfThisCentre, QueueEmpty, TooEarly
from parvis.reception.actions.periods import DUE, bring_back, enter, locked, queue_changed
from parvis.reception.actions.seats import LOCKED, PRESENT, at_seat, locked_seat, still_open
from parvis.reception.models import Seat, State, Ticket
from parvis.reception.models.ticket import OutOfTurn, turn_at, whose_turn
from parvis.shared.prepared import Prepared, together

# A row locked by another desk is being called there: skip it rather than wait for it.
TURN = Prepared(
    lambda *seat: turn_at(*seat).select_for_update(no_key=True, skip_locked=True, of=("self",))[:1]
)


@transaction.atomic
def call_next(*, seat: Seat, at: datetime) -> Ticket:
    """Call the visitor whose turn it is among those this seat can help (docs/decisions/0006-fair-order.md).

    While somebody is called to the seat or in interview there, that visitor is returned: a double click calls once.
    Raises ``QueueEmpty``, ``SeatClosed``.
    """
    centre, day = seat.centre, seat.centre.local_day(at)
    with together():
        seat_sent, visitor, due = LOCKED.sent(seat.pk), PRESENT.sent(seat.pk), DUE.sent(centre.pk, day, at)
    seat = still_open(seat_sent.get())
    if present := visitor.first():
        return present
    bring_back(due.rows(), at=at)
    ticket = TURN.first(*whose_turn(seat, day))
    if ticket is None:
        raise QueueEmpty
    return bring_to(seat, ticket, at=at)


@transaction.atomic
def call_chosen(*, seat: Seat, ticket: Ticket, reason: OutOfTurn, at: datetime) -> Ticket:
    """Call one visitor out of turn, for a reason that stays on the record.

    Raises ``AlreadyTaken`` when a colleague was faster, ``NotOfThisCentre``, ``SeatClosed``.
    """
    seat = locked_seat(seat)
    if ticket.centre_id != seat.centre_id:
        raise NotOfThisCentre
    if present := at_seat(seat):
        if present.pk == ticket.pk:
            return present
        raise AlreadyTaken
    ticket = locked(ticket)
    if ticket.state not in (State.WAITING, State.PARKED):
        raise AlreadyTaken
    return bring_to(seat, ticket, at=at, reason=reason)


def bring_to(seat: Seat, ticket: Ticket, *, at: datetime, reason: str = "") -> Ticket:
    """A waiting ticket, locked by the caller, is called to the seat; a break is over then."""
    ticket.seat = seat
    enter(ticket, State.CALLED, at=at, reason=reason)
    if seat.paused_at:
        seat.paused_at = None
        seat.save(update_fields=["paused_at"])
    return ticket


def locked_here(seat: Seat, ticket: Ticket, *states: State) -> Ticket:
    """The ticket locked, at that seat. Raises ``StateChanged``; ``Forbidden`` if the visitor is at another seat.

    The seat needs no lock: while a visitor is called to it or sits there, nobody can close it.
    """
    fresh = locked(ticket, *states)
    if fresh.seat_id != seat.pk:
        raise Forbidden
    return fresh


@transaction.atomic
def recall(*, seat: Seat, ticket: Ticket, at: datetime) -> Ticket:
    """Call the same visitor once more: the board chimes again, and the minutes before “absent” begin."""
    ticket = locked_here(seat, ticket, State.CALLED)
    ticket.recalled_at = at
    ticket.save(update_fields=["recalled_at"])
    queue_changed(ticket.centre_id)
    return ticket


@transaction.atomic
def start_interview(*, seat: Seat, ticket: Ticket, at: datetime) -> Ticket:
    """The visitor has sat down. Pressed twice, it starts once."""
    ticket = locked_here(seat, ticket, State.CALLED, State.INTERVIEW)
    if ticket.state == State.CALLED:
        enter(ticket, State.INTERVIEW, at=at)
    return ticket


@transaction.atomic
def finish_interview(*, seat: Seat, ticket: Ticket, at: datetime) -> Ticket:
    """The visitor leaves the desk; coding may follow. Straight from “called” it started and ended now."""
    ticket = locked_here(seat, ticket, State.CALLED, State.INTERVIEW, State.DONE)
    if ticket.state == State.CALLED:
        enter(ticket, State.INTERVIEW, at=at)
    if ticket.state == State.INTERVIEW:
        enter(ticket, State.DONE, at=at)
        talks.over(ticket=ticket, at=at)
    return ticket


@transaction.atomic
def mark_no_show(*, seat: Seat, ticket: Ticket, at: datetime) -> Ticket:
    """The visitor did not come: only after a recall and the centre's minutes. Raises ``TooEarly``."""
    ticket = locked_here(seat, ticket, State.CALLED, State.NO_SHOW)
    if ticket.state == State.CALLED:
        if ticket.recalled_at is None:
            raise TooEarly(until=None)
        until = ticket.recalled_at + ticket.centre.no_show_after
        if at < until:
            raise TooEarly(until=until)
        enter(ticket, State.NO_SHOW, at=at)
    return ticket
