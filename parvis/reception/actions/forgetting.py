"""What reception forgets. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from parvis.centres.models import Centre
from parvis.reception.models import Period, Seat, Ticket

WHO_SAT_KEPT = timedelta(days=4)  # over a weekend, until the last day's questions are answered


@transaction.atomic
def forget_who_sat(*, at: datetime) -> int:
    """Empty the person of seats that were opened four days ago; returns how many.

    The seat stays, with its desk, themes and times: figures need those, and nobody's name. In a demonstration, whose
    clock is its own, the people are invented and stay.
    """
    old = Seat.objects.filter(opened_at__lt=at - WHO_SAT_KEPT, centre__clock_set_at=None)
    return old.exclude(person=None).update(person=None)


@transaction.atomic
def forget_notes(*, at: datetime) -> int:
    """Empty the words for colleagues of tickets whose day is over at their centre; returns how many tickets and periods."""
    emptied = 0
    for centre in Centre.objects.all():
        of_days_over = {"ticket__centre": centre, "ticket__date__lt": centre.local_day(at)}
        emptied += Period.objects.filter(**of_days_over).exclude(note="").update(note="")
        tickets = Ticket.objects.filter(centre=centre, date__lt=centre.local_day(at))
        emptied += tickets.exclude(note="").update(note="")
    return emptied
