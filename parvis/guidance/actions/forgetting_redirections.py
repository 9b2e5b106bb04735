"""What is forgotten of redirections. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from parvis.centres.models import Centre
from parvis.guidance.models import FollowUp, Redirection

KEPT = timedelta(days=30)  # after the last word about it
NEVER_SETTLED = timedelta(days=90)  # after the day on which somebody should have asked


@transaction.atomic
def forget_redirection_words(*, at: datetime) -> int:
    """Empty note and reference of redirections that are over for a month, or that nobody settled; returns how many."""
    last = (at - KEPT).date()
    over = Q(settled_on__lt=last) | Q(follow_up="", date__lt=last) | Q(undone_at__isnull=False, date__lt=last)
    over |= Q(follow_up=FollowUp.OPEN, due_on__lt=(at - NEVER_SETTLED).date())
    return Redirection.objects.filter(over).exclude(note="", reference="").update(note="", reference="")


@transaction.atomic
def forget_redirected_tickets(*, at: datetime) -> int:
    """Empty the ticket and the line of a thread of redirections whose day is over at their centre; returns how many."""
    emptied = 0
    for centre in Centre.objects.all():
        past = Redirection.objects.filter(centre=centre, date__lt=centre.local_day(at))
        emptied += past.exclude(ticket=None, entry=None).update(ticket=None, entry=None)
    return emptied
