"""A step of a class visit: its row is locked, one key is one step, and who looked at an older visit is told so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.visit_mails import tell_step
from parvis.agenda.models import ClassVisit, VisitStep


class VisitError(Exception):
    """A step that a visit cannot take."""


class NotNow(VisitError):
    """The visit is in another state: ``state``."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class Changed(VisitError):
    """Somebody changed the visit since the page was opened."""


class SaidOtherwise(VisitError):
    """The same page was sent before, with something else."""


@dataclass(frozen=True)
class Doing:
    """Who does it, by which page, and what they say. ``key``: made by the page, one step however often it is sent.

    ``version``: of the visit that they looked at; none: it does not matter.
    """

    key: UUID
    at: datetime
    by: User | None = None
    by_teacher: bool = False
    words: str = ""
    version: int | None = None


def locked(visit: ClassVisit, doing: Doing) -> tuple[ClassVisit, bool]:
    """The visit's row, locked, and whether this step was taken already. Raises ``Changed`` and ``SaidOtherwise``."""
    rows = ClassVisit.objects.select_for_update(of=("self",), no_key=True).select_related("centre")
    row = rows.get(pk=visit.pk)
    before = VisitStep.objects.filter(key=doing.key).first()
    if before is not None:
        if before.visit_id != row.pk or (doing.words and before.words != doing.words):
            raise SaidOtherwise
        return row, True
    if doing.version is not None and doing.version != row.version:
        raise Changed
    return row, False


def allow(visit: ClassVisit, *states: str) -> None:
    """Raises ``NotNow`` unless the visit is in one of ``states``."""
    if visit.state not in states:
        raise NotNow(visit.state)


def row_of(visit: ClassVisit, *states: str) -> ClassVisit:
    """The visit's row, locked, for what is no step of it. Raises ``NotNow`` unless it is in one of ``states``."""
    rows = ClassVisit.objects.select_for_update(no_key=True, of=("self",)).select_related("centre__network")
    row = rows.get(pk=visit.pk)
    allow(row, *states)
    return row


def step(visit: ClassVisit, doing: Doing, *, to: str = "", tell: bool = True) -> VisitStep:
    """Writes the visit, whose row is locked, and the step; afterwards its message leaves, unless it is nobody's business."""
    if to:
        if visit.state != to:
            visit.state_since = doing.at
        visit.state = to
    visit.version += 1
    visit.save()
    return _written(visit, doing, to, tell)


def word(visit: ClassVisit, doing: Doing) -> VisitStep:
    """Writes what was said; the visit stays as it is, so that nobody's page is out of date for a word. The centre's is mailed."""
    return _written(visit, doing, "", not doing.by_teacher)


def _written(visit: ClassVisit, doing: Doing, to: str, tell: bool) -> VisitStep:
    taken = VisitStep.objects.create(
        visit=visit,
        key=doing.key,
        state=to,
        at=doing.at,
        by=doing.by,
        by_teacher=doing.by_teacher,
        words=doing.words,
        to_mail=tell,
    )
    if tell:
        transaction.on_commit(partial(tell_step.enqueue, taken.pk))
    return taken
