"""Somebody cannot come: told on the morning of the day or before, and repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.partners.queries import institution_of
from parvis.rota.actions.asking import tell_absence
from parvis.rota.actions.availability import take_leave
from parvis.rota.actions.changing import Altered, New, SlotChange, change_slots, lock_rota
from parvis.rota.actions.errors import RotaError, SlotsChanged
from parvis.rota.actions.held import count_for
from parvis.rota.actions.telling import tell_deed
from parvis.rota.models import Change, CoverCall, DutySlot, HalfDay, Leave, Part
from parvis.rota.queries.covering import is_covered

State = DutySlot.State


class NotAbsent(RotaError):
    """The slot stands, or was covered meanwhile."""

    sentence = _("Nobody is missing there any more. The page is up to date again.")


class NotBegun(RotaError):
    """The duty is still to come: who plans is to be told, and somebody looked for."""

    sentence = _(
        "This duty has not begun. Whoever cannot come is noted on the page of absences: "
        "who plans is told then, and somebody is looked for. Nothing was noted here."
    )


@dataclass(frozen=True)
class Step:
    """One change of a repair: “comes”, “goes” or “moves” (to another duty at a half-day on which they are there anyway)."""

    what: str
    person: User
    half_day: HalfDay
    duty: str
    theme: Theme | None


@transaction.atomic
def report_absence(
    *,
    centre: Centre,
    person: User,
    days: tuple[date, date],
    part: Part | None,
    key: UUID,
    by: User | None,
    at: datetime,
) -> list[DutySlot]:
    """``person`` cannot come between two ``days``, both included: their duties there that are not over are marked absent.

    Nobody is asked why. Planning again leaves them out. Who plans is told at once. The same ``key`` again changes nothing.
    Returns the slots. Raises ``LeaveTooLong``, ``SaidOtherwise``.
    """
    rota = lock_rota(centre)
    known = list(Change.objects.filter(deed=key, centre=centre).select_related("slot").order_by("pk"))
    if not known or Leave.objects.filter(key=key).exists():  # else it was taken back since
        take_leave(key=key, person=person, centre=centre, days=days, part=part, by=by, at=at, sudden=True)
    if known:
        return [change.slot for change in known]
    theirs = DutySlot.objects.standing().filter(centre=centre, person=person).between(*days)
    missed = [
        slot
        for slot in theirs.select_related("half_day__centre", "person")
        if slot.half_day.bounds[1] > at and part in (None, slot.half_day.part)
    ]
    slots = change_slots(
        rota=rota,
        deed=key,
        kind=Change.Kind.ABSENT,
        changes=[Altered(slot, state=State.ABSENT) for slot in missed],
        by=by,
        at=at,
    )
    if slots:
        transaction.on_commit(lambda: tell_absence.enqueue(str(key)))
    return slots


@transaction.atomic
def note_absent(*, slot: DutySlot, key: UUID, by: User, at: datetime) -> DutySlot:
    """Note afterwards that somebody did not come. The same ``key`` again, or a slot that is absent, changes nothing.

    Raises ``NotBegun`` for a duty still to come.
    """
    rota = lock_rota(slot.centre)
    slot = DutySlot.objects.select_related("half_day__centre").get(pk=slot.pk)
    if slot.state == State.PLANNED:
        _has_begun(slot, at)
        changes = [Altered(slot, state=State.ABSENT)]
        change_slots(rota=rota, deed=key, kind=Change.Kind.ABSENT, changes=changes, by=by, at=at)
    return slot


@transaction.atomic
def note_replaced(*, slot: DutySlot, instead: User, key: UUID, by: User, at: datetime) -> DutySlot:
    """Note afterwards that somebody else came: the slot is absent, and another one stands in its place, which is returned.

    The same ``key`` again returns it. Raises ``NotBegun``, ``NotAbsent`` where somebody stands there already, ``DoubleBooked``.
    """
    rota = lock_rota(slot.centre)
    slot = DutySlot.objects.select_related("half_day__centre").get(pk=slot.pk)
    if known := Change.objects.filter(deed=key, slot__replaces=slot).select_related("slot").first():
        return known.slot
    _has_begun(slot, at)
    if slot.state == State.CANCELLED or is_covered(slot):
        raise NotAbsent
    changes: list[SlotChange] = [Altered(slot, state=State.ABSENT), in_place_of(slot, instead)]
    made = change_slots(rota=rota, deed=key, kind=Change.Kind.COVERED, changes=changes, by=by, at=at)
    withdraw_calls(slot, at)
    count_for(made[-1], at)
    return made[-1]


@transaction.atomic
def repair_absence(
    *, slot: DutySlot, steps: Sequence[Step], version: int, key: UUID, by: User, at: datetime
) -> list[DutySlot]:
    """Make the changes of one proposal at once; everybody whom they touch is told, and nobody else.

    ``version`` is the rota's when the proposal was made. The same ``key`` again returns the same slots. Raises ``SlotsChanged``
    where the rota has changed meanwhile, ``NotAbsent``, ``DoubleBooked``.
    """
    rota = lock_rota(slot.centre)
    if known := list(Change.objects.filter(deed=key, centre=slot.centre_id).select_related("slot")):
        return [change.slot for change in known]
    slot = DutySlot.objects.select_related("half_day__centre").get(pk=slot.pk)
    if slot.state != State.ABSENT or is_covered(slot):
        raise NotAbsent
    if rota.version != version:
        raise SlotsChanged
    changes = [_change(step, slot, at) for step in steps]
    slots = change_slots(rota=rota, deed=key, kind=Change.Kind.COVERED, changes=changes, by=by, at=at)
    withdraw_calls(slot, at)
    for one in slots:
        count_for(one, at)
    transaction.on_commit(lambda: tell_deed.enqueue(str(key)))
    return slots


def _has_begun(slot: DutySlot, at: datetime) -> None:
    if slot.half_day.bounds[0] > at:
        raise NotBegun


def in_place_of(slot: DutySlot, person: User) -> New:
    """``person`` comes on duty instead of who was to."""
    half_day = slot.half_day
    return New(
        half_day=half_day,
        person=person,
        institution=institution_of(person, half_day.centre, half_day.date),
        duty=slot.duty,
        theme=slot.theme,
        space=slot.space,
        replaces=slot,
    )


def withdraw_calls(slot: DutySlot, at: datetime) -> None:
    """The open call for a slot is over, because somebody was found otherwise."""
    CoverCall.objects.filter(slot=slot, state=CoverCall.State.OPEN).update(
        state=CoverCall.State.WITHDRAWN, settled_at=at
    )


def comes_after_all(deed: UUID, slots: list[DutySlot], at: datetime) -> None:
    """An absence was taken back: its leave goes, and so do calls for slots that stand again."""
    Leave.objects.filter(key=deed, sudden=True).delete()
    for slot in slots:
        if slot.state == State.PLANNED:
            withdraw_calls(slot, at)


def _change(step: Step, absent: DutySlot, at: datetime) -> SlotChange:
    if step.what == "comes":
        new = in_place_of(absent, step.person)
        here = step.half_day.pk == absent.half_day_id and (step.duty, step.theme) == (
            absent.duty,
            absent.theme,
        )
        if here:
            return new
        return New(
            half_day=step.half_day,
            person=step.person,
            institution=institution_of(step.person, absent.half_day.centre, step.half_day.date),
            duty=step.duty,
            theme=step.theme,
        )
    held = DutySlot.objects.standing().filter(half_day=step.half_day, person=step.person)
    slot = held.select_related("half_day__centre").first()
    if slot is None or slot.half_day.bounds[0] <= at:
        raise SlotsChanged
    if step.what == "goes":
        return Altered(slot, state=State.CANCELLED)
    return Altered(slot, duty=step.duty, theme=step.theme)
