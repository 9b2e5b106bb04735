"""What a device entered, now or while it had no network: each entry becomes one ticket, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import TicketStyle
from parvis.centres.visitor_words import word_for
from parvis.reception.actions.errors import NotOfThisCentre, UnknownLease
from parvis.reception.actions.periods import locked, queue_changed
from parvis.reception.actions.tickets import Arriving, issue_ticket, lease_numbers, locked_day
from parvis.reception.models import Device, NumberLease, Ticket

LONGEST_OUTAGE = timedelta(hours=18)


@dataclass(frozen=True)
class Entry:
    """One arrival as the device wrote it down."""

    key: UUID
    arriving: Arriving
    age: timedelta  # between the arrival and the sending, on the device's own clock
    number: int | None = None  # the leased number that the visitor was shown, if the device had to use one


@transaction.atomic
def take_entry(*, device: Device, entry: Entry, at: datetime) -> Ticket:
    """Turn an entry into its ticket; sent again, it is the same ticket.

    The device's clock is trusted for how long ago, never for when: see :func:`arrival_time`. A number that is not the
    device's, or was used already, is replaced by the day's next one, since a visitor must not be lost for it. Raises
    ``NotOfThisCentre``.
    """
    before = Ticket.objects.filter(key=entry.key).first()
    if before is not None:
        if before.centre_id != device.centre_id:
            raise NotOfThisCentre
        return keep_shown_number(ticket=before, device=device, number=entry.number)
    lease = lease_of(device, entry.number, at) if entry.number else None
    leased = entry.number if lease else None
    taken_at = arrival_time(device, entry.age, lease, at)
    arriving, key = replace(entry.arriving, device=device), entry.key
    try:
        with transaction.atomic():
            return issue_ticket(centre=device.centre, arriving=arriving, key=key, at=taken_at, leased=leased)
    except (IntegrityError, UnknownLease):
        return issue_ticket(centre=device.centre, arriving=arriving, key=key, at=taken_at)


def lease_of(device: Device, number: int, at: datetime) -> NumberLease | None:
    """The newest block of the device that holds ``number``, within the longest outage that is believed."""
    since = at - LONGEST_OUTAGE
    blocks = NumberLease.objects.filter(device=device, first__lte=number, last__gte=number)
    return blocks.filter(leased_at__gte=since - timedelta(days=1)).order_by("-leased_at").first()


def arrival_time(device: Device, age: timedelta, lease: NumberLease | None, at: datetime) -> datetime:
    """When the visitor came: ``age`` ago, neither in the future nor before what can be, and on the lease's own day."""
    taken_at = at - min(max(age, timedelta(0)), LONGEST_OUTAGE)
    if lease is not None:
        _start, end = device.centre.bounds(lease.date)
        taken_at = min(max(taken_at, lease.leased_at), end - timedelta(seconds=1), at)
    return taken_at


@transaction.atomic
def keep_shown_number(*, ticket: Ticket, device: Device, number: int | None) -> Ticket:
    """The device never heard our answer and showed a leased number instead: that is what the visitor holds.

    The ticket takes that number, unless it is not the device's, of another day, or used.
    """
    if number is None or ticket.number == number:
        return ticket
    locked_day(ticket.centre, ticket.date)
    ticket = locked(ticket)
    blocks = NumberLease.objects.filter(device=device, date=ticket.date, first__lte=number, last__gte=number)
    taken = Ticket.objects.filter(centre=ticket.centre_id, date=ticket.date, number=number)
    if ticket.number == number or taken.exists() or not blocks.exists():
        return ticket
    ticket.number = number
    if ticket.style == TicketStyle.WORD:
        ticket.word = word_for(ticket.date, ticket.centre_id, number)
    ticket.save(update_fields=["number", "word"])
    queue_changed(ticket.centre_id)
    return ticket


def renew_lease(*, device: Device, key: UUID, left: int, size: int, at: datetime) -> NumberLease | None:
    """A new block for a device that has fewer than ``size`` numbers ``left`` for today; nothing if it has enough."""
    if left > size // 2:
        return None
    return lease_numbers(device=device, key=key, count=size - left, at=at)
