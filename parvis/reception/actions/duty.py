"""The end of a duty that somebody else decides, or nobody did."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.actions.periods import enter, locked
from parvis.reception.actions.seats import at_seat, close_seat
from parvis.reception.models import Seat, State
from parvis.rota.actions.held import end_held
from parvis.rota.models import Held


@transaction.atomic
def end_duty(*, centre: Centre, person: User, at: datetime) -> list[Seat]:
    """Close the seat of somebody who left the team, without asking them; nothing to close is fine.

    An interview there ends now, and stays to be recorded; whoever was called waits again, at the time of their arrival.
    """
    open_seats = Seat.objects.open().filter(centre=centre, person=person)
    closed = []
    for seat in open_seats.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        if present := at_seat(seat):
            ticket = locked(present)
            if ticket.seat_id == seat.pk and ticket.state == State.INTERVIEW:
                enter(ticket, State.DONE, at=at)
            elif ticket.seat_id == seat.pk and ticket.state == State.CALLED:
                ticket.seat = None
                enter(ticket, State.WAITING, at=at)
        closed.append(close_seat(seat=seat, at=at))
    return closed


@transaction.atomic
def end_forgotten_duties(*, at: datetime) -> int:
    """Close the seats that nobody closed on their day; returns how many. Where a visitor still sits, the seat stays.

    What was held of the rota ends with its half-day, marked as forgotten. A demonstration, whose clock is its own, is left alone.
    """
    closed = 0
    forgotten = Seat.objects.open().filter(centre__clock_set_at=None, person__isnull=False)
    for seat in forgotten.select_related("centre", "person").order_by("pk"):
        if seat.centre.local_day(seat.opened_at) >= seat.centre.local_day(at):
            continue
        if seat.person:
            end_held(centre=seat.centre, person=seat.person, at=at)
        if not at_seat(seat):
            close_seat(seat=seat, at=_when(seat))
            closed += 1
    return closed


def _when(seat: Seat) -> datetime:
    """When a forgotten seat is taken to have been closed: with the last that was held there."""
    held = Held.objects.filter(person=seat.person, centre=seat.centre_id, ended_at__gt=seat.opened_at)
    last = held.order_by("-ended_at").first()
    return last.ended_at if last and last.ended_at else seat.opened_at
