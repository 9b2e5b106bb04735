"""A draft becomes what the team reads: by its difference alone, once, and only where no rule that always holds is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.partners.models import Belonging, Institution
from parvis.rota.actions.absences import withdraw_calls
from parvis.rota.actions.changing import Altered, New, SlotChange, change_slots, lock_rota
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.plans import DraftChanged, NotAtRest, lock_draft
from parvis.rota.actions.telling import tell_deed
from parvis.rota.models import Change, DutySlot, Plan
from parvis.rota.queries.covering import covers_of
from parvis.rota.queries.proposals import Fault, Gap, Move, proposal

State = DutySlot.State
Seat = tuple[int, str, int | None]  # half-day, duty, theme


class RotaMoved(RotaError):
    """Somebody changed the published rota since the page was shown."""

    sentence = _(
        "The published rota has changed meanwhile. Look at what would change now; nothing was published."
    )


class RulesBroken(RotaError):
    """The draft breaks rules that always hold, as things stand now."""

    sentence = _(
        "Some of it is no longer possible: somebody is away, or a limit is passed. Nothing was published."
    )

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults


class NotConfirmed(RotaError):
    """Something is missing that whoever publishes has not seen."""

    sentence = _("Something is missing that you have not confirmed. Look at it; nothing was published.")

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps


@dataclass(frozen=True)
class Seen:
    """What the page showed to who publishes: the draft's version, the published rota's, and what is missing."""

    draft: int
    rota: int
    gaps: frozenset[str] = frozenset()  # keys of :class:`Gap`


@transaction.atomic
def publish_plan(
    *, plan: Plan, until: date, seen: Seen, deed: UUID, by: User | None, at: datetime
) -> list[DutySlot]:
    """Publish a draft until a day, it included; returns the slots that changed. The same ``deed`` again is the same publishing.

    Every hard rule is checked anew, on what is known now. Unchanged slots are not touched; a cancelled one keeps its calendar's
    entry. Those who are affected are told after the commit. Raises ``NotAtRest``, ``DraftChanged``, ``RotaMoved``, ``RulesBroken``,
    ``NotConfirmed``.
    """
    rota = lock_rota(plan.centre)
    if done := list(Change.objects.filter(deed=deed, centre=plan.centre).select_related("slot")):
        return [change.slot for change in done]
    row = lock_draft(plan, seen.draft)
    if row.stage != Plan.Stage.READY:
        raise NotAtRest
    if rota.version != seen.rota:
        raise RotaMoved
    found = proposal(row, until, at=at)
    if found.faults:
        raise RulesBroken(found.faults)
    if unseen := [gap for gap in found.gaps if gap.key not in seen.gaps]:
        raise NotConfirmed(unseen)
    come_from = _institutions(row, found.moves)
    absent = _uncovered(found.moves)
    changes = [_change(move, come_from, absent) for move in found.moves]
    slots = change_slots(rota=rota, deed=deed, kind=Change.Kind.PUBLISHED, changes=changes, by=by, at=at)
    for slot in slots:
        if slot.replaces:
            withdraw_calls(slot.replaces, at)
    row.published_at, row.rota_version, row.version = at, rota.version, row.version + 1
    if until >= row.last_day:
        row.stage = Plan.Stage.PUBLISHED
    row.save(update_fields=["published_at", "rota_version", "version", "stage"])
    if slots:
        transaction.on_commit(partial(tell_deed.enqueue, str(deed)))
    return slots


def _uncovered(moves: Iterable[Move]) -> dict[Seat, list[DutySlot]]:
    """Seat -> those who are absent there and for whom nobody comes: a few queries."""
    half_days = {move.half_day.pk for move in moves if move.slot is None}
    absent = DutySlot.objects.filter(half_day__in=half_days, state=State.ABSENT).order_by("-pk")
    slots = list(absent.exclude(replaces__state=State.ABSENT))
    covered = covers_of(slots)
    found: dict[Seat, list[DutySlot]] = defaultdict(list)
    for slot in slots:
        if slot.pk not in covered:
            found[slot.half_day_id, slot.duty, slot.theme_id].append(slot)
    return found


def _change(
    move: Move, come_from: dict[tuple[int, date], Institution], absent: dict[Seat, list[DutySlot]]
) -> SlotChange:
    """A move as the rota's one way of changing wants it. Who comes to a seat whose holder is absent comes instead of them."""
    if move.planned is None and move.slot:
        return Altered(move.slot, state=State.CANCELLED)
    if move.planned and move.slot:
        wanted = move.planned
        return Altered(
            move.slot, state=State.PLANNED, duty=wanted.duty, theme=wanted.theme, space=wanted.space
        )
    assert move.planned  # noqa: S101  # a move has one of the two
    wanted, institution = move.planned, come_from.get((move.person.pk, move.half_day.date))
    left = absent.get((move.half_day.pk, wanted.duty, wanted.theme_id))
    return New(
        move.half_day,
        move.person,
        institution,
        wanted.duty,
        wanted.theme,
        wanted.space,
        replaces=left.pop() if left else None,
    )


def _institutions(plan: Plan, moves: Iterable[Move]) -> dict[tuple[int, date], Institution]:
    """Person and day -> the institution they belong to on that day; own staff is missing. One query."""
    days = {(move.person.pk, move.half_day.date) for move in moves}
    rows = Belonging.objects.filter(centre=plan.centre, person__in={person for person, _day in days})
    found: dict[tuple[int, date], Institution] = {}
    for row in rows.select_related("institution"):
        for person, day in days:
            if (
                row.person_id == person
                and row.valid_from <= day
                and (row.valid_to is None or day < row.valid_to)
            ):
                found[person, day] = row.institution
    return found


__all__ = [
    "DraftChanged",
    "NotAtRest",
    "NotConfirmed",
    "RotaMoved",
    "RulesBroken",
    "Seen",
    "publish_plan",
]
