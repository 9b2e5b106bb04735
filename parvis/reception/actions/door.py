"""A ticket drawn through the address on the door's poster, which anybody may know: some a minute, and no more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.reception.actions.errors import TooManyNow
from parvis.reception.actions.outbox import Entry, take_entry
from parvis.reception.actions.tickets import locked_day
from parvis.reception.models import Device, Ticket
from parvis.reception.queries.door import door_is_full


@transaction.atomic
def draw_at_door(*, device: Device, entry: Entry, at: datetime) -> Ticket:
    """Take a visitor's entry on their own phone; sent again, it is the same ticket, whatever the limit.

    Counted while the day is locked, so that no two phones pass the limit together. Raises ``TooManyNow``,
    ``NotOfThisCentre``.
    """
    if not Ticket.objects.filter(key=entry.key).exists():
        locked_day(device.centre, device.centre.local_day(at))
        if door_is_full(device, at):
            raise TooManyNow
    return take_entry(device=device, entry=entry, at=at)
