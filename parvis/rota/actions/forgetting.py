"""What is forgotten about the rota's people. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from parvis.centres.models import Assignment
from parvis.rota.models import (
    Change,
    CoverAsk,
    DutySlot,
    Held,
    Leave,
    Plan,
    PlannedSlot,
    RosterAnswer,
    Swap,
    Terms,
    WishForHalfDay,
    WorkingPattern,
)

NAMES_KEPT = timedelta(days=400)  # a year's report, and the weeks in which somebody asks about it
SAID_KEPT = timedelta(days=100)  # a quarter is over, and what was agreed about it


@transaction.atomic
def forget_names(*, at: datetime) -> int:
    """Take the names out of duty slots, held time and changes of more than a year ago; the institutions stay."""
    before = (at - NAMES_KEPT).date()
    slots = DutySlot.objects.filter(half_day__date__lt=before, person__isnull=False).update(person=None)
    held = Held.objects.filter(date__lt=before, person__isnull=False).update(person=None)
    told = ~Q(by=None) | ~Q(before={}) | ~Q(after={})
    changes = Change.objects.filter(told, slot__half_day__date__lt=before)
    return slots + held + changes.update(by=None, before={}, after={})


@transaction.atomic
def forget_what_was_said(*, at: datetime) -> int:
    """Delete when people could come, answers, swaps and drafts: 100 days later, and all of it of who left the team."""
    before = (at - SAID_KEPT).date()
    late = Q(slot__half_day__date__lt=before) & (
        Q(other_slot=None) | Q(other_slot__half_day__date__lt=before)
    )
    return sum(
        rows.delete()[0]
        for rows in (
            Terms.objects.filter(_left("centre")),
            WorkingPattern.objects.filter(_left("centre")),
            WishForHalfDay.objects.filter(Q(half_day__date__lt=before) | _left("half_day__centre")),
            Leave.objects.filter(Q(last_day__lt=before) | _left("centre")),
            RosterAnswer.objects.filter(Q(call__last_day__lt=before) | _left("call__centre")),
            CoverAsk.objects.filter(Q(call__slot__half_day__date__lt=before) | _left("call__centre")),
            Swap.objects.filter(late | _left("centre", "proposed_by") | _left("centre", "proposed_to")),
            PlannedSlot.objects.filter(_left("plan__centre")),
            Plan.objects.filter(last_day__lt=before),
        )
    )


def _left(centre: str, person: str = "person") -> Q:
    """Rows about somebody who holds no role at that centre any more."""
    roles: models.QuerySet[Any] = Assignment.objects.filter(person=OuterRef(person), centre=OuterRef(centre))
    return Q(~Exists(roles))
