"""What a device sends: arrivals written down with or without a network, and the numbers it still has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from parvis.centres.models import Centre
from parvis.reception.actions import Entry, Refused
from parvis.reception.forms.arrival import ArrivalForm
from parvis.reception.models import Arrival, Device, RefusedEntry

Why = RefusedEntry.Why
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
        if device.kind == Device.Kind.DOOR:  # larger groups are for reception, as the page says
            self.fields["size"] = forms.IntegerField(min_value=1, max_value=4)

    def entry(self) -> Entry:
        """What the action takes."""
        said = dict(self.cleaned_data)
        age, number = timedelta(seconds=said.pop("age")), said.pop("number")
        way_in = WAYS_IN[Device.Kind(self.device.kind)]
        self.cleaned_data = {"arrival": way_in, **said}
        return Entry(key=said["key"], arriving=self.arriving(), age=age, number=number)


@dataclass(frozen=True)
class Sending:
    """One sending: entries in order, those refused before, and a key for a new block with how many numbers are left."""

    entries: list[dict[str, Any]]
    problems: list[dict[str, Any]]  # what was refused before and is not settled, as far as the device knows
    lease_key: UUID | None
    left: int
    day: date | None


def read_sending(body: bytes) -> Sending | None:
    """The device's JSON, or nothing where it is not one that a device of ours sends."""
    try:
        said: dict[str, Any] = json.loads(body) if len(body) <= LARGEST else {}
        lease = said["lease"]
        entries = [dict(entry) for entry in said["entries"]]
        problems = [dict(entry) for entry in said.get("problems", [])]
        key = UUID(lease["key"]) if lease else None
        left = max(0, int(lease["left"])) if lease else 0
        day = date.fromisoformat(lease["day"]) if lease and lease["day"] else None
    except (ValueError, OverflowError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    few = len(entries) <= AT_ONCE and len(problems) <= AT_ONCE
    return Sending(entries, problems, key, left, day) if few else None


def entry_form(said: dict[str, Any], *, centre: Centre, device: Device, day: date) -> EntryForm:
    """One entry's form. Values are checked as text, as if typed into a page."""
    text = {name: str(value) for name, value in said.items() if isinstance(value, str | int | float)}
    return EntryForm(text, centre=centre, day=day, device=device)


def refused_of(said: dict[str, Any], *, centre: Centre, device: Device, day: date) -> Refused | None:
    """What can still be read of an entry that was refused; nothing where even its key cannot. No words of the device's."""
    form = entry_form(said, centre=centre, device=device, day=day)
    wrong, good = set(form.errors), form.cleaned_data
    if "key" in wrong or "age" in wrong:
        return None
    asked = str(said.get("theme", ""))
    theme = centre.themes.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
    kinds = {"theme": Why.THEME, "language": Why.LANGUAGE, "seated_in": Why.SEAT}
    why = next((kind for name, kind in kinds.items() if name in wrong), Why.OTHER)
    return Refused(
        key=good["key"],
        age=timedelta(seconds=good["age"]),
        why=why if theme or why != Why.THEME else Why.OTHER,
        theme=theme,
        language=good.get("language", ""),
        size=good.get("size") or 1,
        number=good.get("number"),
    )
