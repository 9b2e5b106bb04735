"""Where an adviser sits, and with whom."""

from __future__ import annotations

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.models import Seat, State, Ticket


def sitting(person: User, centre: Centre) -> tuple[Seat | None, Ticket | None]:
    """The open seat of somebody at a centre and the visitor they talk with there: two queries at most."""
    seat = Seat.objects.open().filter(person=person, centre=centre).select_related("desk").first()
    ticket = Ticket.objects.filter(seat=seat, state=State.INTERVIEW).first() if seat else None
    return seat, ticket
