"""Two people exchange their duties, or one gives theirs to another. Rules are checked before it is sent and when it is agreed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.actions.absences import in_place_of
from parvis.rota.actions.asking import tell_swap
from parvis.rota.actions.changing import Altered, SlotChange, change_slots, lock_rota
from parvis.rota.actions.errors import DoubleBooked, RotaError, SlotsChanged
from parvis.rota.models import Change, DutySlot, Swap
from parvis.rota.planning.problem import Duty, Subject
from parvis.rota.queries.covering import against, around
from parvis.rota.queries.problem import as_duty

State = Swap.State
PLANNED, CANCELLED = DutySlot.State.PLANNED, DutySlot.State.CANCELLED


class RulesBroken(RotaError):
    """``broken`` says whose rule it is, and which."""

    sentence = _("This would break a rule of the rota, so it was not sent.")

    def __init__(self, broken: list[Subject]) -> None:
        self.broken = broken


class NotTheirs(RotaError):
    """It is somebody else's to propose, or to answer."""


class AlreadyProposed(RotaError):
    """One proposal at a time."""

    sentence = _("You have already proposed this duty to somebody. Take that back first.")


@transaction.atomic
def propose_swap(
    *, slot: DutySlot, other: DutySlot | None, to: User, key: UUID, by: User, at: datetime
) -> Swap:
    """``by`` proposes their slot to ``to``, for ``other``, or as a gift. Nothing changes until the other agrees.

    The same ``key`` again is the same proposal. Raises ``RulesBroken``, ``NotTheirs``, ``SlotsChanged``, ``AlreadyProposed``.
    """
    lock_rota(slot.centre)
    if known := Swap.objects.filter(key=key).first():
        return known
    slot, other = _fresh(slot), _fresh(other) if other else None
    if slot.person_id != by.pk or to.pk == by.pk or (other and other.person_id != to.pk):
        raise NotTheirs
    if Swap.objects.filter(slot=slot, state=State.PROPOSED).exists():
        raise AlreadyProposed
    _may_change(slot, other, at)
    if broken := _broken(slot, other, to, at):
        raise RulesBroken(broken)
    swap = Swap.objects.create(
        key=key,
        centre_id=slot.centre_id,
        slot=slot,
        other_slot=other,
        proposed_by=by,
        proposed_to=to,
        proposed_at=at,
    )
    transaction.on_commit(lambda: tell_swap.enqueue(swap.pk))
    return swap


@transaction.atomic
def agree_swap(*, swap: Swap, by: User, at: datetime) -> Swap:
    """The other agrees: the slots change hands, if no rule is broken by now; else the proposal is no longer possible.

    Said twice, it is so once. Raises ``NotTheirs``, ``SlotsChanged`` where it was answered otherwise or taken back.
    """
    rota = lock_rota(swap.centre)
    swap = _locked(swap)
    if swap.proposed_to_id != by.pk:
        raise NotTheirs
    if swap.state in (State.DONE, State.IMPOSSIBLE):
        return swap
    if swap.state != State.PROPOSED:
        raise SlotsChanged
    slot, other = _fresh(swap.slot), _fresh(swap.other_slot) if swap.other_slot else None
    try:
        _may_change(slot, other, at)
        if _broken(slot, other, by, at):
            raise SlotsChanged
        changes: list[SlotChange] = [Altered(slot, state=CANCELLED), in_place_of(slot, by)]
        if other:
            changes += [Altered(other, state=CANCELLED), in_place_of(other, swap.proposed_by)]
        change_slots(rota=rota, deed=swap.key, kind=Change.Kind.SWAPPED, changes=changes, by=by, at=at)
        return _settle(swap, State.DONE, at)
    except (SlotsChanged, DoubleBooked):
        return _settle(swap, State.IMPOSSIBLE, at)


@transaction.atomic
def decline_swap(*, swap: Swap, by: User, at: datetime) -> Swap:
    """The other would rather not; nobody is asked why. Raises ``NotTheirs``."""
    swap = _locked(swap)
    if swap.proposed_to_id != by.pk:
        raise NotTheirs
    return _settle(swap, State.DECLINED, at) if swap.state == State.PROPOSED else swap


@transaction.atomic
def withdraw_swap(*, swap: Swap, by: User, at: datetime) -> Swap:
    """Who proposed it takes it back. Raises ``NotTheirs``."""
    swap = _locked(swap)
    if swap.proposed_by_id != by.pk:
        raise NotTheirs
    return _settle(swap, State.WITHDRAWN, at) if swap.state == State.PROPOSED else swap


@transaction.atomic
def end_swaps(*, centre: Centre, people: Collection[int], from_day: date, at: datetime) -> list[Swap]:
    """Somebody of ``people`` no longer comes from a day on: what they proposed is taken back, what was proposed to them is no more."""
    open_now = Swap.objects.filter(centre=centre, state=State.PROPOSED).filter(
        Q(proposed_by__in=people) | Q(proposed_to__in=people)
    )
    late = open_now.filter(
        Q(slot__half_day__date__gte=from_day) | Q(other_slot__half_day__date__gte=from_day)
    )
    ended = [_locked(swap) for swap in late.order_by("pk")]
    for swap in ended:
        _settle(swap, State.WITHDRAWN if swap.proposed_by_id in people else State.IMPOSSIBLE, at)
    return ended


def _may_change(slot: DutySlot, other: DutySlot | None, at: datetime) -> None:
    """Raises ``SlotsChanged`` for duties that do not stand, or have begun."""
    for one in (slot, other):
        if one and (one.state != PLANNED or one.half_day.bounds[0] <= at):
            raise SlotsChanged


def _broken(slot: DutySlot, other: DutySlot | None, to: User, at: datetime) -> list[Subject]:
    mine = as_duty(slot)
    days = [slot.half_day.date, *([other.half_day.date] if other else [])]
    known = around(slot.half_day.centre, days, at)
    taken, added = [mine], [Duty(mine.slot, mine.task, to.pk)]
    if other:
        theirs = as_duty(other)
        taken.append(theirs)
        added.append(Duty(theirs.slot, theirs.task, mine.person))
    return against(known, taken_away=taken, added=added)


def _settle(swap: Swap, state: Swap.State, at: datetime) -> Swap:
    swap.state, swap.settled_at = state, at
    swap.save(update_fields=["state", "settled_at"])
    transaction.on_commit(lambda: tell_swap.enqueue(swap.pk))
    return swap


def _fresh(slot: DutySlot) -> DutySlot:
    rows = DutySlot.objects.select_related("half_day__centre", "theme", "space")
    return rows.get(pk=slot.pk)


def _locked(swap: Swap) -> Swap:
    rows = Swap.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("centre", "slot", "other_slot", "proposed_by", "proposed_to").get(pk=swap.pk)
