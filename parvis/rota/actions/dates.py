"""Single half-days of the calendar, changed by hand: more seats that day, nobody, or an extra one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.actions.absences import withdraw_calls
from parvis.rota.actions.changing import KEPT, Altered, Hours, change_slots, lock_rota
from parvis.rota.actions.half_days import make_half_days
from parvis.rota.actions.seasons import AlreadyThere, Wanting
from parvis.rota.actions.telling import tell_deed
from parvis.rota.models import Change, DutySlot, HalfDay, Held, Need


class SomebodyOnDuty(Exception):
    """It has begun, or time was held in it: its hours stay as people held them."""


@transaction.atomic
def change_date(
    *,
    half_day: HalfDay,
    marks: Mapping[str, Any],
    needs: Iterable[Wanting],
    deed: UUID,
    by: User | None,
    at: datetime,
) -> HalfDay:
    """Give one half-day of the calendar its own hours, marks and ``needs``; the seasons leave it alone from then on.

    Whoever is on duty then learns the new hours, by mail and in their calendar; without needs, nobody comes. That is one ``deed``,
    which can be taken back. Raises ``AlreadyThere``, and ``SomebodyOnDuty`` where the hours of what has begun would change.
    """
    half_day, needs = _locked(half_day), list(needs)
    rota = lock_rota(half_day.centre)
    hours = (marks.get("starts", half_day.starts), marks.get("ends", half_day.ends))
    slots = list(half_day.duty_slots.select_related("half_day__centre").order_by("pk"))
    begun = half_day.bounds[0] <= at or Held.objects.filter(slot__in=slots).exists()
    if hours != (half_day.starts, half_day.ends) and slots and begun:
        raise SomebodyOnDuty
    others = HalfDay.objects.filter(site=half_day.site_id, date=half_day.date, starts=hours[0])
    if others.exclude(pk=half_day.pk).exists():
        raise AlreadyThere
    closed = not begun and not any(one.seats for one in needs)
    changes = [_follows(slot, hours, closed=closed) for slot in slots]
    changed = change_slots(rota=rota, deed=deed, kind=Change.Kind.CHANGED, changes=changes, by=by, at=at)
    if closed:
        for slot in slots:
            withdraw_calls(slot, at)
    if changed:
        transaction.on_commit(partial(tell_deed.enqueue, str(deed)))
    for name, value in marks.items():
        setattr(half_day, name, value)
    half_day.by_hand = True
    half_day.save()
    _need(half_day, needs)
    return half_day


@transaction.atomic
def add_date(
    *, centre: Centre, day: date, marks: Mapping[str, Any], needs: Iterable[Wanting] = ()
) -> HalfDay:
    """An extra half-day of one date, with ``site`` and hours among its ``marks``. Raises ``AlreadyThere``."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if HalfDay.objects.filter(site=marks["site"], date=day, starts=marks["starts"]).exists():
        raise AlreadyThere
    half_day = HalfDay.objects.create(centre=centre, date=day, by_hand=True, **marks)
    _need(half_day, needs)
    return half_day


@transaction.atomic
def as_in_the_season(*, half_day: HalfDay, at: datetime) -> None:
    """Forget what was changed by hand: the half-day is as its season has it, or gone where the season has none then."""
    half_day = _locked(half_day)
    HalfDay.objects.filter(pk=half_day.pk).update(by_hand=False)
    make_half_days(centre=half_day.centre, first=half_day.date, last=half_day.date, at=at)


def _follows(slot: DutySlot, hours: Hours, *, closed: bool) -> Altered:
    """What becomes of a slot: other hours raise its sequence, and nobody comes where nobody is needed."""
    ends = closed and slot.state == DutySlot.State.PLANNED
    return Altered(slot, hours=hours, state=DutySlot.State.CANCELLED if ends else KEPT)


def _locked(half_day: HalfDay) -> HalfDay:
    Centre.objects.select_for_update(no_key=True).get(pk=half_day.centre_id)
    return HalfDay.objects.select_related("centre").get(pk=half_day.pk)


def _need(half_day: HalfDay, needs: Iterable[Wanting]) -> None:
    half_day.needs.all().delete()
    Need.objects.bulk_create(
        Need(half_day=half_day, **{**one.__dict__, "languages": dict(one.languages or {})})
        for one in needs
        if one.seats
    )
