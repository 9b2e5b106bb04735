"""The evening: how each ticket ended, the signature, and corrections afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, CodeList
from parvis.reception.actions.errors import GapUnexplained, NotOfThisCentre, NotYet, StateChanged, TicketsOpen
from parvis.reception.actions.periods import enter, locked
from parvis.reception.actions.tickets import locked_day
from parvis.reception.models import Correction, Day, Seat, State, Ticket
from parvis.reception.models.ticket import AT_A_SEAT, OPEN_STATES
from parvis.reception.queries.figures import SIGNED_UNITS, figures_by_day
from parvis.rota.actions.held import end_held_of_day

# How a ticket that is still open in the evening may have ended; the first is the likely one.
ENDINGS: dict[State, list[State]] = {
    State.WAITING: [State.LEFT, State.NO_SHOW, State.VOID],
    State.PARKED: [State.LEFT, State.NO_SHOW, State.VOID],
    State.CALLED: [State.NO_SHOW, State.LEFT, State.DONE, State.VOID],
    State.INTERVIEW: [State.DONE],
}


@transaction.atomic
def resolve_ticket(*, ticket: Ticket, ending: State, at: datetime) -> Ticket:
    """Say in the evening how a ticket that is still open ended. Said twice, it is the same.

    Raises ``StateChanged`` where it cannot have ended so.
    """
    if ticket.state in AT_A_SEAT and ticket.seat_id:
        Seat.objects.select_for_update(no_key=True, of=("self",)).get(pk=ticket.seat_id)
    ticket = locked(ticket)
    if ticket.state == ending:
        return ticket
    if ending not in ENDINGS.get(State(ticket.state), []):
        raise StateChanged
    if ending == State.DONE and ticket.state == State.CALLED:
        enter(ticket, State.INTERVIEW, at=at)
    if ending != State.DONE:
        ticket.seat = None
    enter(ticket, ending, at=at)
    return ticket


@transaction.atomic
def resolve_all(*, centre: Centre, day: date, at: datetime) -> list[Ticket]:
    """End each open ticket of ``day`` the likely way: who waited has left, who was called did not come, the rest is done."""
    still_open = Ticket.objects.filter(centre=centre, date=day, state__in=OPEN_STATES).order_by("pk")
    return [
        resolve_ticket(ticket=ticket, ending=ENDINGS[State(ticket.state)][0], at=at) for ticket in still_open
    ]


@transaction.atomic
def sign_day(
    *,
    centre: Centre,
    day: date,
    door_count: int | None,
    reasons: Sequence[Code],
    remark: str,
    by: User,
    at: datetime,
) -> Day:
    """Sign the day off: its figures are kept as they are now, and never edited. Signing twice keeps the first signature.

    What somebody still holds of the rota ends.

    Raises ``NotYet`` for a day to come, ``TicketsOpen``, ``GapUnexplained``, ``NotOfThisCentre``.
    """
    if day > centre.local_day(at):
        raise NotYet
    if any(code.centre_id != centre.pk or code.list != CodeList.GAP for code in reasons):
        raise NotOfThisCentre
    row = locked_day(centre, day)
    if row.is_signed:
        return row
    if Ticket.objects.filter(centre=centre, date=day, state__in=OPEN_STATES).exists():
        raise TicketsOpen
    counted = figures_by_day(centre, day, day)[day]
    gap = 0 if door_count is None else door_count - counted.received
    if gap and not reasons and not remark:
        raise GapUnexplained
    row.door_count, row.remark, row.signed_by, row.signed_at = door_count, remark, by, at
    row.figures = counted.to_sign(door_count)
    row.save()
    row.gap_reasons.set(reasons)
    end_held_of_day(centre=centre, day=day, at=at)
    return row


@transaction.atomic
def correct_day(
    *, day: Day, key: UUID, subject: str, after: int, reason: str, by: User, at: datetime
) -> Correction:
    """Correct one figure of a signed day: what was signed stays, the correction stands beside it.

    The same ``key`` again returns the first. Raises ``NotYet`` on a day that is not signed, ``StateChanged`` where the
    figure is that already, ``NotOfThisCentre`` for the key of another day.
    """
    day = Day.objects.select_for_update(no_key=True, of=("self",)).get(pk=day.pk)
    if before := Correction.objects.filter(key=key).first():
        if before.day_id != day.pk:
            raise NotOfThisCentre
        return before
    if not day.is_signed or subject not in SIGNED_UNITS:
        raise NotYet
    latest = day.corrections.filter(subject=subject).last()
    present = latest.after if latest else day.figures.get(subject, 0)
    if present == after:
        raise StateChanged
    return Correction.objects.create(
        day=day,
        key=key,
        subject=subject,
        before=present,
        after=after,
        reason=reason,
        made_by=by,
        made_at=at,
    )
