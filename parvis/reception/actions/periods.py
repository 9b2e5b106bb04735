"""The one place where a ticket changes state: the row, its open period, and who must hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parvis.reception.actions.errors import StateChanged
from parvis.reception.models import Period, State, Ticket
from parvis.reception.models.ticket import AT_A_SEAT, OPEN_STATES
from parvis.shared import live
from parvis.shared.prepared import Prepared, PreparedUpdate, insert, update

# What an action may change of a ticket before it enters a state.
MOVING = (
    "state",
    "state_since",
    "parked_until",
    "recalled_at",
    "theme",
    "seat",
    "for_desk",
    "for_seat",
    "note",
)
LOCKED = Prepared(lambda ticket: Ticket.objects.select_for_update(no_key=True).filter(pk=ticket))
END_OPEN = PreparedUpdate(
    lambda ticket, at: (Period.objects.filter(ticket=ticket, ended_at=None, undone_at=None), {"ended_at": at})
)
DUE = Prepared(
    lambda centre, day, at: Ticket.objects.filter(
        centre=centre, date=day, state=State.PARKED, parked_until__lte=at
    ).select_for_update(no_key=True, skip_locked=True, of=("self",))
)


def queue_changed(centre_id: int) -> None:
    """Boards, follow pages, desks and greeters of this centre look again after the commit."""
    live.changed(f"reception/{centre_id}")


def locked(ticket: Ticket, *states: State) -> Ticket:
    """The ticket's row, locked and read again. Raises ``StateChanged`` unless it is in one of ``states``."""
    fresh = LOCKED.get(ticket.pk)
    if states and fresh.state not in states:
        raise StateChanged
    return fresh


def enter(ticket: Ticket, state: State, *, at: datetime, reason: str = "") -> None:
    """Ends the open period and begins the next with the ticket's present theme, seat and target.

    The caller has locked the ticket and set those. A final state's period has no length: it marks the moment.
    """
    at = max(at, ticket.state_since)  # two clocks may disagree by a little; time never runs backwards
    ticket.state, ticket.state_since = state, at
    if state not in AT_A_SEAT:
        ticket.recalled_at = None
    END_OPEN(ticket.pk, at)
    update(ticket, *MOVING)
    begin(ticket, at=at, reason=reason)
    queue_changed(ticket.centre_id)


def begin(ticket: Ticket, *, at: datetime, reason: str = "") -> None:
    """The period row for the ticket's present state."""
    period = Period(
        ticket=ticket,
        state=ticket.state,
        theme_id=ticket.theme_id,
        seat_id=ticket.seat_id,
        for_desk_id=ticket.for_desk_id,
        for_seat_id=ticket.for_seat_id,
        reason=reason,
        note=ticket.note,
        started_at=at,
        ended_at=None if ticket.state in OPEN_STATES else at,
    )
    insert(period, key=False)


def bring_back(parked: Iterable[Ticket], *, at: datetime) -> None:
    """Visitors whose minutes (``DUE``) are over wait again. Called before anybody is chosen."""
    for ticket in parked:
        enter(ticket, State.WAITING, at=at)
