"""Arrivals that the server could not take after an outage: kept for staff, let in or dropped, and the device hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Theme
from parvis.reception.actions.errors import NotOfThisCentre, StateChanged
from parvis.reception.actions.outbox import LONGEST_OUTAGE, Entry, take_entry
from parvis.reception.actions.tickets import Arriving
from parvis.reception.models import Arrival, Device, RefusedEntry, Ticket

MOST_OPEN = 200  # of one device: a lost tablet's address shall not fill the list
WAYS_IN = {Device.Kind.KIOSK: Arrival.KIOSK, Device.Kind.GREETER: Arrival.GREETER}


@dataclass(frozen=True)
class Refused:
    """What a device still keeps of an arrival that was refused: as much of it as can be read."""

    key: UUID
    age: timedelta
    why: RefusedEntry.Why
    theme: Theme | None
    language: str
    size: int
    number: int | None


@transaction.atomic
def keep_refused(*, device: Device, refused: Refused, at: datetime) -> RefusedEntry | None:
    """Keep it for staff; told again, it is the same row. Nothing where the device has too many, or the key is another's."""
    before = RefusedEntry.objects.filter(key=refused.key).first()
    if before is not None:
        return before if before.device_id == device.pk else None
    ticket = Ticket.objects.filter(key=refused.key).first()
    if ticket is not None and ticket.centre_id != device.centre_id:
        return None
    Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    if device.refused_entries.filter(settled_at=None).count() >= MOST_OPEN:
        return None
    entry, _made = RefusedEntry.objects.get_or_create(
        key=refused.key,
        defaults={
            "device": device,
            "arrived_at": at - min(max(refused.age, timedelta(0)), 14 * LONGEST_OUTAGE),
            "why": refused.why,
            "theme": refused.theme,
            "language": refused.language,
            "size": refused.size,
            "number": refused.number,
            "ticket": ticket,  # a later try was taken after all
            "settled_at": at if ticket else None,
        },
    )
    return entry


@transaction.atomic
def let_in(*, entry: RefusedEntry, theme: Theme, language: str, at: datetime) -> Ticket:
    """The visitor waits under another theme after all, with the number they were shown and since they came.

    Who came on an earlier day stands there again today: they wait since this morning, with a number of today. Let in
    twice, it is the same ticket. Raises ``StateChanged`` where it was dropped, ``NotOfThisCentre``.
    """
    entry = _locked(entry)
    if entry.ticket is not None:
        return entry.ticket
    if entry.settled_at is not None:
        raise StateChanged
    device = entry.device
    if theme.centre_id != device.centre_id:
        raise NotOfThisCentre
    way_in = WAYS_IN.get(Device.Kind(device.kind), Arrival.KIOSK)
    arriving = Arriving(theme=theme, language=language, arrival=way_in, size=entry.size)
    today, _end = device.centre.bounds(device.centre.local_day(at))
    came, number = (entry.arrived_at, entry.number) if entry.arrived_at >= today else (today, None)
    said = Entry(key=entry.key, arriving=arriving, age=at - came, number=number)
    entry.ticket, entry.settled_at = take_entry(device=device, entry=said, at=at), at
    entry.save(update_fields=["ticket", "settled_at"])
    return entry.ticket


@transaction.atomic
def drop_refused(*, entry: RefusedEntry, reason: RefusedEntry.Dropped, at: datetime) -> RefusedEntry:
    """No ticket comes of it. Dropped twice, the first reason stays. Raises ``StateChanged`` where it was let in."""
    entry = _locked(entry)
    if entry.ticket_id is not None:
        raise StateChanged
    if entry.settled_at is None:
        entry.dropped, entry.settled_at = reason, at
        entry.save(update_fields=["dropped", "settled_at"])
    return entry


def _locked(entry: RefusedEntry) -> RefusedEntry:
    rows = RefusedEntry.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "device__centre", "ticket"
    )
    return rows.get(pk=entry.pk)
