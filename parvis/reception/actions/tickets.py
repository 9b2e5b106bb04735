"""Arriving, asking for time, leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre, Code, CodeList, Space, Theme, TicketStyle
from parvis.centres.visitor_words import word_for
from parvis.reception.actions.errors import NotOfThisCentre, UnknownLease
from parvis.reception.actions.periods import begin, enter, locked, queue_changed
from parvis.reception.models import Arrival, Day, Device, Expected, NumberLease, State, Ticket
from parvis.shared.prepared import Prepared, insert, together, update

MORE_TIME = timedelta(minutes=10)
BY_KEY = Prepared(lambda key: Ticket.objects.filter(key=key))
LOCKED_DAY = Prepared(
    lambda centre, day: Day.objects.select_for_update(no_key=True).filter(centre=centre, date=day)
)


@dataclass(frozen=True)
class Arriving:
    """What a visitor, or somebody who welcomes them, said. Never who they are."""

    theme: Theme
    language: str
    arrival: Arrival
    size: int = 1
    priority: Code | None = None
    seated_in: Space | None = None
    device: Device | None = None
    expected: Expected | None = None


@transaction.atomic
def issue_ticket(
    *,
    centre: Centre,
    arriving: Arriving,
    key: UUID,
    at: datetime,
    leased: int | None = None,
) -> Ticket:
    """Give the next number of the centre's local day, or a ``leased`` one drawn without a network.

    The same ``key`` again returns the ticket of the first time. ``at`` is when the visitor arrived. Raises
    ``NotOfThisCentre``, ``UnknownLease``.
    """
    day, before = locked_day_and_try(centre, centre.local_day(at), key)
    if before:
        if before.centre_id != centre.pk:
            raise NotOfThisCentre
        return before
    check_belongs(centre, arriving, at)
    number = draw_number(day) if leased is None else leased_number(arriving.device, day, leased)
    style = TicketStyle.NONE if arriving.seated_in else TicketStyle(centre.ticket_style)
    ticket = Ticket(
        key=key,
        centre=centre,
        date=day.date,
        number=number,
        word=word_for(day.date, centre.pk, number) if style == TicketStyle.WORD else "",
        style=style,
        theme=arriving.theme,
        language=arriving.language,
        arrival=arriving.arrival,
        size=arriving.size,
        priority=arriving.priority,
        seated_in=arriving.seated_in,
        device=arriving.device,
        expected=arriving.expected,
        taken_at=at,
        state_since=at,
    )
    insert(ticket)
    begin(ticket, at=at)
    queue_changed(centre.pk)
    return ticket


def check_belongs(centre: Centre, arriving: Arriving, at: datetime) -> None:
    """Raises ``NotOfThisCentre`` where the page was old, or somebody tried another centre's row."""
    theme, priority, space = arriving.theme, arriving.priority, arriving.seated_in
    day = centre.local_day(at)
    fits = theme.centre_id == centre.pk and theme.valid_from <= day
    fits = fits and (theme.valid_to is None or day < theme.valid_to) and arriving.language in centre.languages
    if priority:
        fits = fits and priority.centre_id == centre.pk and priority.list == CodeList.PRIORITY
    if space:
        fits = fits and space.site.centre_id == centre.pk
    if not fits:
        raise NotOfThisCentre


def locked_day(centre: Centre, day: date) -> Day:
    """The centre's day, made if it is the first visitor's, and locked until the transaction ends."""
    if found := LOCKED_DAY.first(centre.pk, day):
        return found
    Day.objects.get_or_create(centre=centre, date=day)
    return LOCKED_DAY.get(centre.pk, day)


def locked_day_and_try(centre: Centre, day: date, key: UUID) -> tuple[Day, Ticket | None]:
    """The day, locked, and the ticket that the same try got a moment ago, or in another thread."""
    with together():
        day_sent, ticket_sent = LOCKED_DAY.sent(centre.pk, day), BY_KEY.sent(key)
    found, before = day_sent.first(), ticket_sent.first()
    if found is None:  # nothing was locked when the ticket was looked for
        return locked_day(centre, day), BY_KEY.first(key)
    return found, before


def draw_number(day: Day, count: int = 1) -> int:
    """The next number, or the first of ``count`` numbers, of a day that the caller holds locked."""
    first = day.last_number + 1
    day.last_number += count
    update(day, "last_number")
    return first


def leased_number(device: Device | None, day: Day, number: int) -> int:
    """``number`` if it was set aside for ``device`` on that day; raises ``UnknownLease``."""
    leases = NumberLease.objects.filter(device=device, date=day.date, first__lte=number, last__gte=number)
    if device is None or not leases.exists():
        raise UnknownLease
    return number


@transaction.atomic
def lease_numbers(*, device: Device, key: UUID, count: int, at: datetime) -> NumberLease:
    """Set numbers of the day aside for a device. The same ``key`` returns the same block."""
    day = locked_day(device.centre, device.centre.local_day(at))
    if before := NumberLease.objects.filter(key=key).first():
        return before
    first = draw_number(day, count)
    return NumberLease.objects.create(
        key=key, device=device, date=day.date, first=first, last=first + count - 1, leased_at=at
    )


@transaction.atomic
def ask_for_time(*, ticket: Ticket, at: datetime) -> Ticket:
    """The visitor wants ten more minutes and keeps their place. Asked twice, it is still ten from the first time."""
    ticket = locked(ticket, State.WAITING, State.CALLED, State.PARKED)
    if ticket.state != State.PARKED:
        ticket.parked_until, ticket.seat = at + MORE_TIME, None
        enter(ticket, State.PARKED, at=at)
    return ticket


@transaction.atomic
def come_back(*, ticket: Ticket, at: datetime) -> Ticket:
    """Somebody who had asked for time, had left or was absent waits again, at the time of their arrival."""
    return _away_from_desks(ticket, State.WAITING, {State.PARKED, State.LEFT, State.NO_SHOW}, at)


@transaction.atomic
def leave(*, ticket: Ticket, at: datetime) -> Ticket:
    """The visitor goes without having been received. Saying it twice changes nothing."""
    return _away_from_desks(ticket, State.LEFT, {State.WAITING, State.CALLED, State.PARKED}, at)


@transaction.atomic
def void_ticket(*, ticket: Ticket, at: datetime) -> Ticket:
    """A ticket that stands for nobody: a slip of the finger. It counts nowhere; its number is not given again."""
    return _away_from_desks(ticket, State.VOID, {State.WAITING, State.CALLED, State.PARKED}, at)


def _away_from_desks(ticket: Ticket, state: State, before: set[State], at: datetime) -> Ticket:
    """The ticket in ``state``, at no seat; unchanged where it is so already. Raises ``StateChanged`` from any other."""
    ticket = locked(ticket, state, *before)
    if ticket.state != state:
        ticket.seat = None
        enter(ticket, state, at=at)
    return ticket
