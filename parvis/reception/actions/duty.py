"""The end of a duty that somebody else decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.actions.periods import enter, locked
from parvis.reception.actions.seats import at_seat, close_seat
from parvis.reception.models import Seat, State


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
