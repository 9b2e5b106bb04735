"""What is forgotten about who belonged where. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from parvis.centres.models import Assignment
from parvis.partners.models import Belonging

ENDED_KEPT = timedelta(days=400)  # a year's report, and the weeks in which somebody asks about it


@transaction.atomic
def forget_belongings(*, at: datetime) -> int:
    """Delete what ended more than a year ago, and everything about people who left the team; returns how many rows."""
    roles = Assignment.objects.filter(person=OuterRef("person"), centre=OuterRef("centre"))
    old = Q(valid_to__lt=(at - ENDED_KEPT).date()) | ~Exists(roles)
    return Belonging.objects.filter(old).delete()[0]
