"""Calls for cover: “who can come instead?” goes to those who could; the first to accept has it, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.rota.actions.absences import NotAbsent, comes_after_all, in_place_of
from parvis.rota.actions.asking import tell_asked, tell_taken
from parvis.rota.actions.changing import change_slots, lock_rota
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.held import count_for
from parvis.rota.models import Change, CoverAsk, CoverCall, DutySlot
from parvis.rota.planning.problem import Duty
from parvis.rota.queries.covering import against, around, is_covered
from parvis.rota.queries.problem import as_duty

Answer, Called = CoverAsk.Answer, CoverCall.State


class NobodyToAsk(RotaError):
    """A call goes to somebody."""

    sentence = _("Nobody could come without breaking a rule. Ask people yourself, or change the day.")


class CallOver(RotaError):
    """The call was withdrawn, or the half-day is over."""

    sentence = _("This is no longer looked for. Thank you for looking.")


class NotAsked(RotaError):
    """They were not asked."""


class AgainstARule(RotaError):
    """What they do otherwise that week has changed: it would break a rule now."""

    sentence = _("This would break a rule of the rota now: something else of yours has changed meanwhile.")


@transaction.atomic
def open_cover_call(
    *, slot: DutySlot, asked: Sequence[User], key: UUID, by: User | None, at: datetime
) -> CoverCall:
    """Ask ``asked``, in the order of how well it suits, who can come instead of the absent holder of ``slot``.

    The same ``key`` again, or a call that is open already, is that call. Raises ``NotAbsent``, ``NobodyToAsk``, ``CallOver``.
    """
    lock_rota(slot.centre)
    slot = DutySlot.objects.select_related("half_day__centre").get(pk=slot.pk)
    if known := CoverCall.objects.filter(key=key).first():
        return known
    if known := CoverCall.objects.filter(slot=slot, state=Called.OPEN).first():
        return known
    if slot.state != DutySlot.State.ABSENT or is_covered(slot):
        raise NotAbsent
    if slot.half_day.bounds[1] <= at:
        raise CallOver
    if not asked:
        raise NobodyToAsk
    call = CoverCall.objects.create(key=key, centre_id=slot.centre_id, slot=slot, opened_at=at, opened_by=by)
    CoverAsk.objects.bulk_create(
        CoverAsk(call=call, person=person, rank=rank) for rank, person in enumerate(asked, 1)
    )
    transaction.on_commit(lambda: tell_asked.enqueue(call.pk))
    return call


@transaction.atomic
def accept_cover(*, call: CoverCall, person: User, at: datetime) -> DutySlot | None:
    """``person`` comes. The first to say so gets the slot, which is returned, also when they say it twice.

    None: somebody else was first; that they would have come is kept. Raises ``NotAsked``, ``CallOver``, ``AgainstARule``,
    ``DoubleBooked``.
    """
    rota = lock_rota(call.centre)
    call = _locked(call)
    ask = CoverAsk.objects.filter(call=call, person=person).first()
    if ask is None:
        raise NotAsked
    if call.state == Called.TAKEN and call.cover:
        if call.cover.person_id == person.pk:
            return call.cover
        _answer(ask, Answer.LATE, at)
        return None
    slot = call.slot
    if call.state != Called.OPEN or slot.half_day.bounds[1] <= at:
        raise CallOver
    wanted = as_duty(slot)
    known = around(call.centre, [slot.half_day.date], at)
    if any(one.rule != "seats" for one in against(known, added=[Duty(wanted.slot, wanted.task, person.pk)])):
        raise AgainstARule
    made = change_slots(
        rota=rota,
        deed=call.key,
        kind=Change.Kind.COVERED,
        changes=[in_place_of(slot, person)],
        by=person,
        at=at,
    )
    call.state, call.cover, call.settled_at = Called.TAKEN, made[0], at
    call.save(update_fields=["state", "cover", "settled_at"])
    _answer(ask, Answer.YES, at)
    count_for(made[0], at)
    transaction.on_commit(lambda: tell_taken.enqueue(call.pk))
    return made[0]


@transaction.atomic
def decline_cover(*, call: CoverCall, person: User, at: datetime) -> CoverAsk:
    """``person`` cannot come. Once they have said that they come, or were too late, nothing changes. Raises ``NotAsked``."""
    call = _locked(call)
    ask = CoverAsk.objects.filter(call=call, person=person).first()
    if ask is None:
        raise NotAsked
    if ask.answer == Answer.NONE:
        _answer(ask, Answer.NO, at)
    return ask


@transaction.atomic
def withdraw_cover_call(*, call: CoverCall, at: datetime) -> CoverCall:
    """Nobody is looked for any more. A call that somebody took, or that is over, stays as it is."""
    call = _locked(call)
    if call.state == Called.OPEN:
        call.state, call.settled_at = Called.WITHDRAWN, at
        call.save(update_fields=["state", "settled_at"])
    return call


@transaction.atomic
def close_past_calls(*, at: datetime) -> int:
    """Calls whose half-day is over without anybody having come are past; returns how many."""
    still_open = CoverCall.objects.filter(state=Called.OPEN, centre__clock_set_at=None)
    past = [
        call.pk
        for call in still_open.select_related("slot__half_day__centre")
        if call.slot.half_day.bounds[1] <= at
    ]
    return CoverCall.objects.filter(pk__in=past).update(state=Called.PAST, settled_at=at)


def when_undone(deed: UUID, slots: list[DutySlot], by: User | None, at: datetime) -> None:
    """What follows when a deed is taken back: the leave of an absence goes, calls for slots that stand again are over, and so
    is the call of a cover that is nobody's now, so that another one can be opened.
    """
    comes_after_all(deed, slots, at)
    look_again(slots)


def look_again(slots: Sequence[DutySlot]) -> None:
    """Calls whose cover no longer comes are over, so that another one can be opened."""
    gone = [slot.pk for slot in slots if slot.state != DutySlot.State.PLANNED]
    CoverCall.objects.filter(cover__in=gone, state=Called.TAKEN).update(state=Called.WITHDRAWN, cover=None)


def _locked(call: CoverCall) -> CoverCall:
    calls = CoverCall.objects.select_for_update(no_key=True, of=("self",))
    return calls.select_related(
        "centre", "cover", "slot__half_day__centre", "slot__theme", "slot__space"
    ).get(pk=call.pk)


def _answer(ask: CoverAsk, answer: CoverAsk.Answer, at: datetime) -> None:
    ask.answer, ask.answered_at = answer, at
    ask.save(update_fields=["answer", "answered_at"])
