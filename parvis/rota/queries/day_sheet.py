"""The day as it was: who was planned, who was there and from when to when, what is not known yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from parvis.centres.models import Centre
from parvis.rota.models import DutySlot, HalfDay, Held

State = DutySlot.State


@dataclass(frozen=True)
class Entry:
    """One slot of the day."""

    slot: DutySlot
    held: list[Held]
    begun: bool
    over: bool
    cover: DutySlot | None  # who came or comes instead of an absent colleague

    @property
    def unknown(self) -> bool:
        """Whether it is over and nobody knows if somebody came."""
        return self.over and self.slot.state == State.PLANNED and not self.held

    @property
    def doubtful(self) -> bool:
        """Whether its end was guessed, because nobody closed the seat."""
        return any(one.ending == Held.Ending.FORGOTTEN for one in self.held)


@dataclass(frozen=True)
class DaySheet:
    """Everything of one day."""

    halves: list[tuple[HalfDay, list[Entry]]]
    unplanned: list[Held]

    @property
    def open(self) -> int:
        """How many lines somebody should look at."""
        entries = [entry for _half_day, entries in self.halves for entry in entries]
        doubtful = sum(one.ending == Held.Ending.FORGOTTEN for one in self.unplanned)
        return sum(entry.unknown or entry.doubtful for entry in entries) + doubtful


def day_sheet(centre: Centre, day: date, at: datetime) -> DaySheet:
    """The page of ``day`` at ``at``: three queries."""
    rows = DutySlot.objects.filter(centre=centre).exclude(state=State.CANCELLED).between(day, day)
    slots = list(rows.select_related("half_day__site", "person", "theme", "space"))
    held: dict[int, list[Held]] = defaultdict(list)
    unplanned = []
    stretches = Held.objects.filter(centre=centre, date=day).order_by("begun_at", "pk")
    known = {slot.pk for slot in slots}
    for one in stretches.select_related("person", "theme").prefetch_related("corrections"):
        if one.slot_id in known:
            held[one.slot_id or 0].append(one)
        else:
            unplanned.append(one)
    covers = {slot.replaces_id: slot for slot in slots if slot.state == State.PLANNED}
    halves: dict[int, tuple[HalfDay, list[Entry]]] = {}
    for slot in slots:
        half_day = slot.half_day
        half_day.centre = centre
        begins, ends = half_day.bounds
        entry = Entry(slot, held[slot.pk], begins <= at, ends <= at, covers.get(slot.pk))
        halves.setdefault(half_day.pk, (half_day, []))[1].append(entry)
    return DaySheet(list(halves.values()), unplanned)
