"""Changing a draft by hand. Each change says which version of the draft it saw; hard rules refuse, soft ones are the hand's own choice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Theme
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.plans import lock_draft
from parvis.rota.duties import task_of
from parvis.rota.models import HalfDay, Need, Plan, PlannedSlot
from parvis.rota.planning.problem import Duty, Problem, Subject
from parvis.rota.planning.swaps import problems_of
from parvis.rota.queries.problem import as_duties, as_duty, problem_for


class NotAllowed(RotaError):
    """The change would break rules that always hold."""

    sentence = _("That breaks a rule that always holds. Nothing was changed.")

    def __init__(self, subjects: list[Subject]) -> None:
        self.subjects = subjects


class NotThere(RotaError):
    """The slot, or the person, is no longer in the draft."""

    sentence = _("That is no longer in the draft. Nothing was changed.")


@dataclass(frozen=True)
class Placed:
    """One person of a draft at one half-day, as it can be put back."""

    half_day: int
    person: int
    duty: str
    theme: int | None
    space: int | None
    pinned: bool

    @classmethod
    def of(cls, slot: PlannedSlot) -> Placed:
        """As it is now."""
        place = (slot.half_day_id, slot.person_id, slot.duty, slot.theme_id, slot.space_id, slot.pinned)
        return cls(*place)


@dataclass(frozen=True)
class Edited:
    """What a change did: the draft's new version, what went, what came."""

    version: int
    removed: tuple[Placed, ...]
    added: tuple[Placed, ...]


@transaction.atomic
def seat(
    *,
    plan: Plan,
    half_day: HalfDay,
    duty: str,
    theme: Theme | None,
    person: User,
    instead_of: PlannedSlot | None,
    seen: int,
    at: datetime,
) -> Edited:
    """Put somebody at a half-day, pinned, in the place of somebody or of nobody. Where they were at that half-day, they are no more.

    Raises ``DraftChanged``, ``NotAtRest``, ``NotAllowed``, ``NotThere``.
    """
    row = lock_draft(plan, seen)
    problem = problem_for(row.centre, row.first_day, row.last_day, at=at)
    slots = list(row.slots.all())
    if instead_of and instead_of not in slots:
        raise NotThere
    gone = [
        one
        for one in slots
        if one == instead_of or (one.half_day_id, one.person_id) == (half_day.pk, person.pk)
    ]
    task = task_of(duty, theme.pk if theme else None)
    added = Duty(half_day.pk, task, person.pk)
    if broken := refused(problem, as_duties(slots), map(as_duty, gone), added):
        raise NotAllowed(broken)
    need = Need.objects.filter(half_day=half_day, duty=duty, theme=theme).first()
    removed = _remove(row, gone)
    new = PlannedSlot(
        plan=row, half_day=half_day, person=person, duty=duty, theme=theme, space=need.space if need else None
    )
    new.pinned = True
    new.save()
    return _edited(row, removed, (Placed.of(new),))


def refused(problem: Problem, duties: frozenset[Duty], gone: Iterable[Duty], added: Duty) -> list[Subject]:
    """The hard rules that a change would break. Whoever is not in the problem cannot be chosen at all."""
    known = {person.key for person in problem.people}
    if added.person not in known:
        return [Subject("team", slot=added.slot, task=added.task, person=added.person)]
    plan = frozenset(duty for duty in duties if duty.person in known)
    return problems_of(problem, plan, taken_away=frozenset(gone) & plan, added=[added])


@transaction.atomic
def clear_seat(*, plan: Plan, slot: PlannedSlot, seen: int) -> Edited:
    """Leave a seat empty. Raises ``DraftChanged``, ``NotAtRest``, ``NotThere``."""
    row = lock_draft(plan, seen)
    found = list(row.slots.filter(pk=slot.pk))
    if not found:
        raise NotThere
    return _edited(row, _remove(row, found), ())


@transaction.atomic
def pin(*, plan: Plan, slot: PlannedSlot, pinned: bool, seen: int) -> Edited:
    """Keep somebody where they are when it is planned again, or no longer. Raises ``DraftChanged``, ``NotAtRest``, ``NotThere``."""
    row = lock_draft(plan, seen)
    found = row.slots.filter(pk=slot.pk).first()
    if found is None:
        raise NotThere
    before = Placed.of(found)
    found.pinned = pinned
    found.save(update_fields=["pinned"])
    return _edited(row, (before,), (Placed.of(found),))


@transaction.atomic
def take_back(*, plan: Plan, edited: Edited, seen: int) -> Edited:
    """Undo the last change by hand. Raises ``DraftChanged`` where something came after it, ``NotAtRest``, ``NotThere``."""
    row = lock_draft(plan, seen)
    added = {(one.half_day, one.person) for one in edited.added}
    found = [one for one in row.slots.all() if (one.half_day_id, one.person_id) in added]
    if len(found) != len(added):
        raise NotThere
    removed = _remove(row, found)
    PlannedSlot.objects.bulk_create(
        PlannedSlot(
            plan=row,
            half_day_id=one.half_day,
            person_id=one.person,
            duty=one.duty,
            theme_id=one.theme,
            space_id=one.space,
            pinned=one.pinned,
        )
        for one in edited.removed
    )
    return _edited(row, removed, edited.removed)


def _remove(row: Plan, gone: list[PlannedSlot]) -> tuple[Placed, ...]:
    removed = tuple(map(Placed.of, gone))
    row.slots.filter(pk__in=[one.pk for one in gone]).delete()
    return removed


def _edited(row: Plan, removed: tuple[Placed, ...], added: tuple[Placed, ...]) -> Edited:
    row.version += 1
    row.stage = Plan.Stage.READY  # a draft that could not be computed can still be made by hand
    row.save(update_fields=["version", "stage"])
    return Edited(row.version, removed, added)
