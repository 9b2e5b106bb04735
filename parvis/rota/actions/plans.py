"""Drafts: begun, computed again, tried otherwise, stopped, dropped. None of it touches the published rota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.actions.computing import compute_plan
from parvis.rota.actions.errors import NotThatCentre, RotaError
from parvis.rota.actions.half_days import make_half_days
from parvis.rota.models import KILLED, HalfDay, Need, Plan, PlannedSlot, Rota
from parvis.shared.killed import end_killed

Stage = Plan.Stage
RUNNING = (Stage.WAITING, Stage.COMPUTING)
SETTLED = (Stage.READY, Stage.FAILED)


class NothingNeeded(RotaError):
    """No half-day with needs lies in the period."""

    sentence = _("Nobody is needed on these days: say first who is needed in an ordinary week.")


class DraftChanged(RotaError):
    """Somebody else changed the draft since the page was shown."""

    sentence = _(
        "A colleague has changed this draft meanwhile. It is shown as it is now; nothing of yours was done."
    )


class NotAtRest(RotaError):
    """It is being computed, or was published."""

    sentence = _("This draft is being planned, or was published: it cannot be changed now.")


@dataclass(frozen=True)
class Wanted:
    """What is to be planned, and what matters in it."""

    name: str
    first: date
    last: date
    weights: Mapping[str, int] = field(default_factory=dict)
    seconds: int = 60


@transaction.atomic
def start_plan(*, centre: Centre, wanted: Wanted, key: UUID, by: User | None, at: datetime) -> Plan:
    """Begin a draft: its half-days are made from the ordinary weeks, and the planner starts. The same ``key`` is the same draft.

    Raises ``NothingNeeded``, ``NotThatCentre``.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if before := _known(centre, key):
        return before
    _make_what_is_missing(centre, wanted, at)
    days = (wanted.first, wanted.last)
    if not Need.objects.filter(half_day__centre=centre, half_day__date__range=days, seats__gt=0).exists():
        raise NothingNeeded
    plan = _new(centre, wanted, key, by, at)
    transaction.on_commit(partial(compute_plan.enqueue, plan.pk))
    return plan


@transaction.atomic
def copy_plan(*, plan: Plan, name: str, key: UUID, by: User | None, at: datetime) -> Plan:
    """Try something else without losing this: a draft of its own with the same people in it. The same ``key`` is the same copy."""
    Centre.objects.select_for_update(no_key=True).get(pk=plan.centre_id)  # a double click waits here
    if before := _known(plan.centre, key):
        return before
    wanted = Wanted(name, plan.first_day, plan.last_day, plan.weights, plan.seconds)
    copy = _new(plan.centre, wanted, key, by, at)
    copy.stage, copy.beat_at = Stage.READY, None
    copy.cost, copy.bound, copy.costs, copy.findings = plan.cost, plan.bound, plan.costs, plan.findings
    copy.save()
    PlannedSlot.objects.bulk_create(_copied(slot, copy) for slot in plan.slots.all())
    return copy


@transaction.atomic
def plan_again(*, plan: Plan, weights: Mapping[str, int], seconds: int, seen: int, at: datetime) -> Plan:
    """Have the draft computed again; what is pinned in it stays. Raises ``DraftChanged``, ``NotAtRest``."""
    row = lock_draft(plan, seen)
    row.weights, row.seconds, row.version = dict(weights), seconds, row.version + 1
    row.rota_version = _rota_version(row.centre)
    row.stage, row.worker, row.beat_at, row.stop_asked, row.progress = (
        Stage.WAITING,
        "",
        timezone.now(),
        False,
        [],
    )
    row.save()
    transaction.on_commit(partial(compute_plan.enqueue, row.pk))
    return row


def stop_plan(*, plan: Plan) -> None:
    """Have the planner stop and keep the best plan so far. Where it has ended already, nothing happens."""
    Plan.objects.filter(pk=plan.pk, stage__in=RUNNING).update(stop_asked=True)


@transaction.atomic
def drop_plan(*, plan: Plan) -> None:
    """Delete a draft; a planner that works on it stops. What was published stays in the list. Raises ``NotAtRest``."""
    row = Plan.objects.select_for_update(no_key=True).filter(pk=plan.pk).first()
    if row is None:
        return
    if row.stage == Stage.PUBLISHED:
        raise NotAtRest
    row.delete()


@transaction.atomic
def revive_plan(*, plan: Plan) -> Plan:
    """Have it computed again from its beginning where its worker was killed; otherwise nothing happens."""
    if not plan.is_silent(timezone.now()):
        return plan
    row = Plan.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=plan.pk)
    if row.is_silent(timezone.now()):
        if row.worker:  # else it was told to stop, or never began
            row.findings = [KILLED]
        row.stage, row.worker, row.beat_at = Stage.WAITING, "", timezone.now()
        row.save(update_fields=["stage", "worker", "beat_at", "findings"])
        end_killed(compute_plan, row.pk, at=row.beat_at)
        transaction.on_commit(partial(compute_plan.enqueue, row.pk))
    return row


def revive_interrupted(*, at: datetime) -> int:
    """Starts every draft again whose worker was killed, or told to stop; returns how many."""
    silent = [plan for plan in Plan.objects.filter(stage__in=RUNNING) if plan.is_silent(at)]
    for plan in silent:
        revive_plan(plan=plan)
    return len(silent)


def lock_draft(plan: Plan, seen: int) -> Plan:
    """The draft, locked, as the page showed it. Raises ``NotAtRest``, ``DraftChanged``."""
    row = Plan.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=plan.pk)
    if row.stage not in SETTLED:
        raise NotAtRest
    if row.version != seen:
        raise DraftChanged
    return row


def _make_what_is_missing(centre: Centre, wanted: Wanted, at: datetime) -> None:
    """The half-days behind the last one that is known: those before it may have been looked through already."""
    known = HalfDay.objects.filter(centre=centre, date__range=(wanted.first, wanted.last))
    last = known.aggregate(day=Max("date"))["day"]
    first = last + timedelta(days=1) if last else wanted.first
    if first <= wanted.last:
        make_half_days(centre=centre, first=first, last=wanted.last, at=at)


def _known(centre: Centre, key: UUID) -> Plan | None:
    before = Plan.objects.select_related("centre").filter(key=key).first()
    if before and before.centre_id != centre.pk:
        raise NotThatCentre
    return before


def _rota_version(centre: Centre) -> int:
    return Rota.objects.filter(centre=centre).values_list("version", flat=True).first() or 0


def _new(centre: Centre, wanted: Wanted, key: UUID, by: User | None, at: datetime) -> Plan:
    return Plan.objects.create(
        key=key,
        centre=centre,
        name=wanted.name,
        first_day=wanted.first,
        last_day=wanted.last,
        weights=dict(wanted.weights),
        seconds=wanted.seconds,
        made_at=at,
        made_by=by,
        beat_at=timezone.now(),
        rota_version=_rota_version(centre),
    )


def _copied(slot: PlannedSlot, plan: Plan) -> PlannedSlot:
    return PlannedSlot(
        plan=plan,
        half_day_id=slot.half_day_id,
        person_id=slot.person_id,
        duty=slot.duty,
        theme_id=slot.theme_id,
        space_id=slot.space_id,
        pinned=slot.pinned,
    )
