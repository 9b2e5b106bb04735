"""The one way in which the published rota changes: locked, counted, remembered.

    rota = lock_rota(centre)
    change_slots(rota=rota, deed=deed, kind=Change.Kind.ABSENT, changes=[Altered(slot, state=ABSENT)], by=person, at=at)

A slot is one person's, so that the entry in their calendar is theirs: giving it to somebody else ends it (``Altered``) and makes
another (``New``), which may say what it ``replaces``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre, Space, Theme
from parvis.partners.models import Institution
from parvis.rota.actions.errors import DoubleBooked, NotThatCentre, SlotsChanged
from parvis.rota.models import Change, DutyKind, DutySlot, HalfDay, Rota

State = DutySlot.State
Hours = tuple[time, time]
KEYS = ("theme", "space", "institution")  # fields that are other rows


class _Kept:
    """The value of a field that stays as it is."""


KEPT: Any = _Kept()


@dataclass(frozen=True)
class New:
    """Somebody comes on duty who was not."""

    half_day: HalfDay
    person: User
    institution: Institution | None
    duty: str
    theme: Theme | None = None
    space: Space | None = None
    replaces: DutySlot | None = None


@dataclass(frozen=True)
class Altered:
    """A slot that is already known changes; what is not named stays."""

    slot: DutySlot
    state: str = KEPT
    duty: str = KEPT
    theme: Theme | None = KEPT
    space: Space | None = KEPT
    institution: Institution | None = KEPT
    hours: Hours = KEPT  # of its half-day, which the caller changes in the same transaction

    def after(self) -> dict[str, Any]:
        """What is asked for, as the history writes it: field -> value or key."""
        asked = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "slot"}
        said = {name: getattr(value, "pk", value) for name, value in asked.items() if value is not KEPT}
        return said | ({"hours": said_hours(*self.hours)} if "hours" in said else {})


SlotChange = New | Altered


def said_hours(starts: time, ends: time) -> list[str]:
    """Hours as the history writes them."""
    return [starts.isoformat(), ends.isoformat()]


def lock_rota(centre: Centre) -> Rota:
    """The centre's rota, locked until the transaction ends: whoever changes slots holds it. Made where there was none."""
    rota, _made = Rota.objects.get_or_create(centre=centre)
    return Rota.objects.select_for_update(no_key=True).get(pk=rota.pk)


@transaction.atomic
def change_slots(
    *,
    rota: Rota,
    deed: UUID,
    kind: Change.Kind,
    changes: Sequence[SlotChange],
    by: User | None,
    at: datetime,
    undoes: UUID | None = None,
) -> list[DutySlot]:
    """Change slots of a locked rota, as one deed that can be undone; returns those that changed, in the order asked for.

    A slot's ``sequence`` rises with each change, and its ``uid`` stays. What would change nothing is left out. Raises
    ``DoubleBooked``, ``NotThatCentre``, and ``SlotsChanged`` for slots that were read before the lock; the caller has checked the rules. Telling people is the caller's, after the commit.
    """
    if any(_centre_of(change) != rota.centre_id for change in changes):
        raise NotThatCentre
    made: dict[int, Change] = {}
    try:
        with transaction.atomic():  # those who go first, so that somebody else's time is free
            for place in sorted(range(len(changes)), key=lambda place: _turn(changes[place])):
                if change := _apply(changes[place], rota, at):
                    made[place] = change
    except IntegrityError as twice:
        raise DoubleBooked from twice
    for change in made.values():
        change.deed, change.kind, change.by, change.undoes = deed, kind, by, undoes
    Change.objects.bulk_create(made[place] for place in sorted(made))
    if made:
        rota.version, rota.changed_at = rota.version + 1, at
        rota.save(update_fields=["version", "changed_at"])
    return [made[place].slot for place in sorted(made)]


def _centre_of(change: SlotChange) -> int:
    return change.half_day.centre_id if isinstance(change, New) else change.slot.centre_id


def _turn(change: SlotChange) -> int:
    if isinstance(change, New):
        return 2
    return 1 if change.state in (KEPT, State.PLANNED) else 0


def _apply(change: SlotChange, rota: Rota, at: datetime) -> Change | None:
    """Writes one slot, and what the history says of it; nothing where nothing changes."""
    if isinstance(change, New):
        return _new(change, rota, at)
    slot, after = change.slot, change.after()
    now: dict[str, Any] = {
        "state": slot.state,
        "duty": slot.duty,
        "theme": slot.theme_id,
        "space": slot.space_id,
    }
    now["institution"] = slot.institution_id
    if "hours" in after:
        now["hours"] = said_hours(slot.half_day.starts, slot.half_day.ends)
    after = {name: value for name, value in after.items() if now[name] != value}
    if not after:
        return None
    written = {
        f"{name}_id" if name in KEYS else name: value for name, value in after.items() if name != "hours"
    }
    written |= {"sequence": slot.sequence + 1, "changed_at": at}
    if not DutySlot.objects.filter(pk=slot.pk, sequence=slot.sequence).update(**written):
        raise SlotsChanged
    for name, value in written.items():
        setattr(slot, name, value)
    before = {name: now[name] for name in after}
    return Change(centre_id=rota.centre_id, slot=slot, at=at, before=before, after=after)


def _new(change: New, rota: Rota, at: datetime) -> Change:
    slot = DutySlot.objects.create(
        centre_id=rota.centre_id,
        half_day=change.half_day,
        person=change.person,
        institution=change.institution,
        duty=DutyKind(change.duty),
        theme=change.theme,
        space=change.space,
        replaces=change.replaces,
        changed_at=at,
    )
    after = {"state": slot.state, "duty": slot.duty, "theme": slot.theme_id, "space": slot.space_id}
    return Change(centre_id=rota.centre_id, slot=slot, at=at, before={}, after=after)
