"""What is forgotten about class visits. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from parvis.agenda import stored
from parvis.agenda.models import ClassVisit, Teacher, VisitDate, VisitFile, VisitStep
from parvis.agenda.queries.leading import COMING

KEPT = timedelta(days=90)  # after the visit, or after the last that happened to one that never took place
S = ClassVisit.State


@transaction.atomic
def forget_teachers(*, at: datetime) -> int:
    """Delete whom to write to about visits that are over for 90 days, what was written, and files; how many visits that were."""
    before = at - KEPT
    waiting = VisitDate.objects.filter(day__gte=before.date()).values("visit")
    over = ClassVisit.objects.filter(
        Q(state__in=[S.HELD, S.EVALUATED, *COMING], ends_at__lt=before)
        | Q(state=S.CANCELLED, state_since__lt=before)
        | (Q(state=S.ASKED, state_since__lt=before) & ~Q(pk__in=waiting))  # a class may ask long before
    )
    recent = VisitStep.objects.filter(at__gte=before).values("visit")
    told = (
        Q(teacher__isnull=False)
        | ~Q(needs="")
        | ~Q(arrival="")
        | Q(steps__words__gt="")
        | Q(files__isnull=False)
    )
    found = list(over.filter(told).exclude(pk__in=recent).values_list("pk", flat=True).distinct())
    Teacher.objects.filter(visit__in=found).delete()
    files = VisitFile.objects.filter(visit__in=found)
    transaction.on_commit(partial(stored.CLASS_VISITS.remove, list(files.values_list("key", flat=True))))
    files.delete()
    VisitStep.objects.filter(visit__in=found).exclude(words="").update(words="")
    ClassVisit.objects.filter(pk__in=found).update(needs="", arrival="")
    return len(found)
