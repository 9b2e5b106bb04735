"""Taking back what was done to the published rota."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Space, Theme
from parvis.partners.models import Institution
from parvis.rota.actions.changing import KEPT, KEYS, Altered, Hours, change_slots, lock_rota
from parvis.rota.actions.errors import DoubleBooked, RotaError, SlotsChanged
from parvis.rota.models import Change, DutySlot, HalfDay, Held
from parvis.rota.queries.standing import Broken, broken_by
from parvis.rota.rule_words import said_of

Undone = Callable[[UUID, list[DutySlot], User | None, datetime], None]
SAID = 5  # broken rules that one refusal names
_FOLLOWED_BY: dict[str, Undone] = {}


class NothingToUndo(RotaError):
    """No such deed at this centre."""

    sentence = _("There is nothing to undo.")


class AlreadyUndone(RotaError):
    """Somebody else was quicker."""

    sentence = _("This was undone already.")


class TouchedSince(RotaError):
    """Something later changed the same slots: undoing this would undo that as well."""

    sentence = _("Something later changed the same duties; undo that first, or change them by hand.")

    def __init__(self, later: list[Change]) -> None:
        self.later = later  # the latest change of each slot that something later touched


class TooLate(RotaError):
    """The half-day is over, or time was held in it."""

    sentence = _(
        "This concerns half-days that are over, or that somebody has begun to hold. It stays as it was."
    )


class BreaksRules(RotaError):
    """What it was before breaks rules that always hold, as things are now; ``broken`` says whose, when and which."""

    sentence = _("Taking this back would break rules that always hold. Nothing was changed.")

    def __init__(self, broken: list[Broken]) -> None:
        self.broken = broken

    def __str__(self) -> str:
        return " ".join([str(self.sentence), *map(in_words, self.broken[:SAID])])


def in_words(one: Broken) -> str:
    """One broken rule as a sentence."""
    day = date_format(one.half_day.date, "l j F")
    said = {"day": day, "hour": time_format(one.half_day.starts, "H:i"), "what": said_of(one.rule)}
    if one.person is None:
        return gettext("%(day)s, %(hour)s: %(what)s.") % said
    return gettext("%(day)s, %(hour)s: %(name)s %(what)s.") % (said | {"name": one.person.name})


def when_undone(name: str, follow: Undone) -> None:
    """Lets another part put its own rows right in the same transaction: ``follow(deed, slots, by, at)``."""
    _FOLLOWED_BY[name] = follow


@transaction.atomic
def undo(*, centre: Centre, deed: UUID, key: UUID, by: User | None, at: datetime) -> list[DutySlot]:
    """Take a deed back, as a deed of its own with ``key``; the same key again is the same undoing.

    Every rule that always holds is checked anew for duties that stand again. Raises ``NothingToUndo``, ``AlreadyUndone``,
    ``TouchedSince``, ``TooLate``, ``DoubleBooked``, ``BreaksRules``.
    """
    rota = lock_rota(centre)
    if before := list(Change.objects.filter(deed=key, undoes=deed, centre=centre).select_related("slot")):
        return [change.slot for change in before]
    changes = list(
        Change.objects.filter(deed=deed, centre=centre)
        .select_related("slot__half_day__centre", "slot__person")
        .order_by("pk")
    )
    if not changes:
        raise NothingToUndo
    if Change.objects.filter(undoes=deed, centre=centre).exists():
        raise AlreadyUndone
    if later := touched_since(changes):
        raise TouchedSince(later)
    _refuse_the_past(changes, at)
    places = _places(changes)
    back = [_back(change, places) for change in changes]
    slots = change_slots(
        rota=rota, deed=key, kind=Change.Kind.UNDONE, changes=back, by=by, at=at, undoes=deed
    )
    _hours_back(back)
    for follow in _FOLLOWED_BY.values():
        follow(deed, slots, by, at)
    if broken := broken_by(centre, _standing_again(back, slots), at):
        raise BreaksRules(broken)
    return slots


def _standing_again(back: list[Altered], slots: list[DutySlot]) -> list[DutySlot]:
    """Those that somebody is to hold, and that were not so before."""
    came = {change.slot.pk for change in back if change.after().keys() - {"institution"}}
    return [slot for slot in slots if slot.state == DutySlot.State.PLANNED and slot.pk in came]


def _hours_back(back: list[Altered]) -> None:
    """Half-days whose hours were changed have their former ones. Raises ``SlotsChanged`` where another one begins then by now."""
    hours = {change.slot.half_day_id: change.hours for change in back if change.hours is not KEPT}
    for half_day, (starts, ends) in hours.items():
        try:
            with transaction.atomic():
                HalfDay.objects.filter(pk=half_day).update(starts=starts, ends=ends)
        except IntegrityError as taken:  # half_day_once
            raise SlotsChanged from taken


def touched_since(changes: list[Change]) -> list[Change]:
    """The latest change of each slot that something later touched. One query."""
    mine = {change.slot_id: change.pk for change in changes}
    later = Change.objects.filter(slot__in=mine, pk__gt=min(mine.values())).order_by("pk")
    latest = {change.slot_id: change for change in later.select_related("by", "slot__half_day")}
    return [change for slot, change in latest.items() if change.pk > mine[slot]]


def _refuse_the_past(changes: list[Change], at: datetime) -> None:
    """What is over, or was held, is not rewritten by undoing."""
    slots = [change.slot for change in changes]
    if any(slot.half_day.bounds[1] <= at for slot in slots) or Held.objects.filter(slot__in=slots).exists():
        raise TooLate


@dataclass(frozen=True)
class _Places:
    """What changes name by its key."""

    theme: dict[int, Theme]
    space: dict[int, Space]
    institution: dict[int, Institution]

    def of(self, before: dict[str, Any], name: str) -> Any:
        return getattr(self, name).get(before[name]) if name in before else KEPT


def _places(changes: list[Change]) -> _Places:
    named = {name: {change.before.get(name) for change in changes} - {None} for name in KEYS}
    return _Places(
        Theme.objects.in_bulk(named["theme"]),
        Space.objects.in_bulk(named["space"]),
        Institution.objects.in_bulk(named["institution"]),
    )


def _hours(said: list[str]) -> Hours:
    return time.fromisoformat(said[0]), time.fromisoformat(said[1])


def _back(change: Change, places: _Places) -> Altered:
    """The slot as it was; one that was new is cancelled."""
    before = change.before
    if not before:
        return Altered(change.slot, state=DutySlot.State.CANCELLED)
    return Altered(
        change.slot,
        state=before.get("state", KEPT),
        duty=before.get("duty", KEPT),
        hours=_hours(before["hours"]) if "hours" in before else KEPT,
        **{name: places.of(before, name) for name in KEYS},
    )


__all__ = [
    "AlreadyUndone",
    "BreaksRules",
    "DoubleBooked",
    "NothingToUndo",
    "TooLate",
    "TouchedSince",
    "touched_since",
    "undo",
    "when_undone",
]
