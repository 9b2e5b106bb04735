"""The one place where a ticket changes state: the row, its open period, and who must hear of it."""

from __future__ import annotations

from datetime import datetime

from parvis.centres.models import Centre
from parvis.reception.actions.errors import StateChanged
from parvis.reception.models import Period, State, Ticket
from parvis.reception.models.ticket import AT_A_SEAT, OPEN_STATES
from parvis.shared import live


def queue_changed(centre_id: int) -> None:
    """Boards, follow pages, desks and greeters of this centre look again after the commit."""
    live.changed(f"reception/{centre_id}")


def locked(ticket: Ticket, *states: State) -> Ticket:
    """The ticket's row, locked and read again. Raises ``StateChanged`` unless it is in one of ``states``."""
    fresh = Ticket.objects.select_for_update(of=("self",)).select_related("centre").get(pk=ticket.pk)
    if states and fresh.state not in states:
        raise StateChanged
    return fresh


def enter(ticket: Ticket, state: State, *, at: datetime, reason: str = "") -> Period:
    """Ends the open period and begins the next with the ticket's present theme, seat and target.

    The caller has locked the ticket and set those. A final state's period has no length: it marks the moment.
    """
    open_period = ticket.periods.filter(ended_at=None, undone_at=None).first()
    if open_period:
        at = max(at, open_period.started_at)  # two clocks may disagree by a little; time never runs backwards
        open_period.ended_at = at
        open_period.save(update_fields=["ended_at"])
    ticket.state, ticket.state_since = state, at
    if state not in AT_A_SEAT:
        ticket.recalled_at = None
    ticket.save()
    period = begin(ticket, at=at, reason=reason)
    queue_changed(ticket.centre_id)
    return period


def begin(ticket: Ticket, *, at: datetime, reason: str = "") -> Period:
    """The period row for the ticket's present state."""
    return Period.objects.create(
        ticket=ticket,
        state=ticket.state,
        theme_id=ticket.theme_id,
        seat_id=ticket.seat_id,
        for_desk_id=ticket.for_desk_id,
        for_seat_id=ticket.for_seat_id,
        reason=reason,
        started_at=at,
        ended_at=None if ticket.state in OPEN_STATES else at,
    )


def bring_back_parked(centre: Centre, *, at: datetime) -> None:
    """Visitors who asked for some minutes wait again once these are over. Called before anybody is chosen."""
    due = Ticket.objects.filter(
        centre=centre, date=centre.local_day(at), state=State.PARKED, parked_until__lte=at
    )
    for ticket in due.select_for_update(skip_locked=True, of=("self",)):
        enter(ticket, State.WAITING, at=at)
