"""What a device sends: arrivals written down with or without a network, and the numbers it still has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from parvis.centres.models import Centre
from parvis.reception.actions import Entry
from parvis.reception.forms.arrival import ArrivalForm
from parvis.reception.models import Arrival, Device

AT_ONCE = 50  # entries in one sending
LARGEST = 64 * 1024  # bytes
BLOCK = 30  # numbers that a device keeps for bad times
WAYS_IN = {
    Device.Kind.KIOSK: Arrival.KIOSK,
    Device.Kind.GREETER: Arrival.GREETER,
    Device.Kind.DOOR: Arrival.PHONE_PAGE,
}


class EntryForm(ArrivalForm):
    """One arrival. Its ``age`` in seconds is by the device's clock, its ``number`` a leased one that was shown."""

    age = forms.FloatField(min_value=0, max_value=10**7)
    number = forms.IntegerField(min_value=1, max_value=10**8, required=False)

    def __init__(self, *args: Any, device: Device, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.device = device
        if device.kind != Device.Kind.GREETER:  # only staff know of reasons and of phone calls
            del self.fields["arrival"], self.fields["priority"]

    def entry(self) -> Entry:
        """What the action takes."""
        said = dict(self.cleaned_data)
        age, number = timedelta(seconds=said.pop("age")), said.pop("number")
        way_in = WAYS_IN[Device.Kind(self.device.kind)]
        self.cleaned_data = {"arrival": way_in, **said}
        return Entry(key=said["key"], arriving=self.arriving(), age=age, number=number)


@dataclass(frozen=True)
class Sending:
    """One sending: entries in order, and a key for a new block of numbers with how many are left of today's."""

    entries: list[dict[str, Any]]
    lease_key: UUID | None
    left: int
    day: date | None


def read_sending(body: bytes) -> Sending | None:
    """The device's JSON, or nothing where it is not one that a device of ours sends."""
    try:
        said: dict[str, Any] = json.loads(body) if len(body) <= LARGEST else {}
        lease = said["lease"]
        entries = [dict(entry) for entry in said["entries"]]
        key = UUID(lease["key"]) if lease else None
        left = max(0, int(lease["left"])) if lease else 0
        day = date.fromisoformat(lease["day"]) if lease and lease["day"] else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Sending(entries, key, left, day) if len(entries) <= AT_ONCE else None


def entry_form(said: dict[str, Any], *, centre: Centre, device: Device, day: date) -> EntryForm:
    """One entry's form. Values are checked as text, as if typed into a page."""
    text = {name: str(value) for name, value in said.items() if isinstance(value, str | int | float)}
    return EntryForm(text, centre=centre, day=day, device=device)
