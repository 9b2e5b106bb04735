"""Handing a visitor over, and taking back the last step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from parvis.centres.models import Desk, Theme
from parvis.reception import talks
from parvis.reception.actions.errors import NotOfThisCentre, StateChanged, UndoImpossible
from parvis.reception.actions.periods import enter as enter_state
from parvis.reception.actions.periods import locked, queue_changed
from parvis.reception.models import Period, Seat, State, Ticket
from parvis.reception.models.ticket import AT_A_SEAT, OPEN_STATES, step_named


@dataclass(frozen=True)
class Target:
    """Where a visitor is handed to: a theme, or a desk, or the person on duty at a seat; the theme may change too."""

    theme: Theme | None = None
    desk: Desk | None = None
    seat: Seat | None = None


@transaction.atomic
def transfer(*, ticket: Ticket, to: Target, at: datetime, seat: Seat | None = None, note: str = "") -> Ticket:
    """The visitor waits again, for somewhere else, at the time of their first arrival; nothing is told twice.

    ``note``: a word for whoever receives them next, which names nobody and is forgotten when the day is over.
    ``seat``: only while the visitor is there, so that the same page sent again takes nobody from a colleague. Raises
    ``NotOfThisCentre`` for a target that is not there, ``StateChanged``.
    """
    centre_id = ticket.centre_id
    if (to.theme, to.desk, to.seat) == (None, None, None) or (to.desk and to.seat):
        raise NotOfThisCentre
    if to.theme and to.theme.centre_id != centre_id:
        raise NotOfThisCentre
    if to.desk and to.desk.space.site.centre_id != centre_id:
        raise NotOfThisCentre
    if to.seat and (to.seat.centre_id != centre_id or not _kept_open({to.seat.pk})):
        raise NotOfThisCentre
    ticket = locked(ticket, State.WAITING, State.CALLED, State.INTERVIEW, State.PARKED)
    if seat is not None and ticket.seat_id != seat.pk:
        raise StateChanged
    if ticket.state == State.INTERVIEW:
        talks.over(ticket=ticket, at=at)
    ticket.theme = to.theme or ticket.theme
    ticket.for_desk, ticket.for_seat, ticket.seat = to.desk, to.seat, None
    ticket.note = note
    enter_state(ticket, State.WAITING, at=at)
    return ticket


def last_steps(ticket: Ticket) -> list[Period]:
    """The period that is undone next, and the one before it."""
    return list(ticket.periods.filter(undone_at=None).order_by("-started_at", "-pk")[:2])


def _kept_open(seats: set[int]) -> set[int]:
    """Which of them are open, and stay so until the transaction ends: seats are locked before tickets."""
    rows = (
        Seat.objects.open().select_for_update(no_key=True, of=("self",)).filter(pk__in=seats).order_by("pk")
    )
    return {seat.pk for seat in rows}


@transaction.atomic
def undo(*, ticket: Ticket, at: datetime, step: str = "") -> Ticket:
    """Take back the ticket's last step, within its day: the period before it goes on as if nothing had happened.

    ``step`` names it (``Ticket.step``): sent again, no second one is taken back. Raises ``StateChanged`` where it is no
    longer the last; ``UndoImpossible`` on another day, at the very start, or when the seat has another visitor or is
    closed.
    """
    open_seats = _kept_open(
        {seat for step in last_steps(ticket) for seat in (step.seat_id, step.for_seat_id) if seat}
    )
    ticket = locked(ticket)
    if step and ticket.step != step:
        undone = ticket.periods.exclude(undone_at=None).values_list("state", "started_at")
        if any(step_named(*one) == step for one in undone):
            return ticket
        raise StateChanged
    kept = last_steps(ticket)
    if len(kept) < 2 or ticket.date != ticket.centre.local_day(at):
        raise UndoImpossible
    last, before = kept
    if before.state in AT_A_SEAT and before.seat_id not in open_seats:
        raise UndoImpossible
    last.undone_at, last.ended_at = at, last.ended_at or max(at, last.started_at)
    last.save(update_fields=["undone_at", "ended_at"])
    before.ended_at = None if before.state in OPEN_STATES else before.started_at
    before.save(update_fields=["ended_at"])
    ticket.state, ticket.state_since = before.state, before.started_at
    ticket.theme_id, ticket.seat_id = before.theme_id, before.seat_id
    ticket.for_desk_id, ticket.note = before.for_desk_id, before.note
    ticket.for_seat_id = before.for_seat_id if before.for_seat_id in open_seats else None
    try:
        with transaction.atomic():
            ticket.save()
    except IntegrityError as taken:  # one_visitor_at_a_seat
        raise UndoImpossible from taken
    queue_changed(ticket.centre_id)
    return ticket
