"""What reception forgets. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from parvis.reception.models import Seat

WHO_SAT_KEPT = timedelta(days=4)  # over a weekend, until the last day's questions are answered


@transaction.atomic
def forget_who_sat(*, at: datetime) -> int:
    """Empty the person of seats that were opened four days ago; returns how many.

    The seat stays, with its desk, themes and times: figures need those, and nobody's name. In a demonstration, whose
    clock is its own, the people are invented and stay.
    """
    old = Seat.objects.filter(opened_at__lt=at - WHO_SAT_KEPT, centre__clock_set_at=None)
    return old.exclude(person=None).update(person=None)
