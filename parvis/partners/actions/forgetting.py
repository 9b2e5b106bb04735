"""What is forgotten about who belonged where, and whom one called. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from parvis.centres.models import Assignment
from parvis.partners.models import Belonging, Contact, Mandate, Stage, Step

ENDED_KEPT = timedelta(days=400)  # a year's report, and the weeks in which somebody asks about it
CONTACTS_KEPT = timedelta(days=180)  # to settle what is left of a partnership


@transaction.atomic
def forget_belongings(*, at: datetime) -> int:
    """Delete what ended more than a year ago, and everything about people who left the team; returns how many rows."""
    roles = Assignment.objects.filter(person=OuterRef("person"), centre=OuterRef("centre"))
    old = Q(valid_to__lt=(at - ENDED_KEPT).date()) | ~Exists(roles)
    return Belonging.objects.filter(old).delete()[0]


@transaction.atomic
def forget_representatives(*, at: datetime) -> int:
    """Empty the names of who sat for an institution until more than a year ago; the mandate stays. Returns how many."""
    old = Mandate.objects.filter(valid_to__lt=(at - ENDED_KEPT).date()).exclude(representative="", deputy="")
    return old.update(representative="", deputy="")


@transaction.atomic
def forget_contacts(*, at: datetime) -> int:
    """Delete whom one called at institutions whose partnership is over, or that closed; returns how many rows."""
    before = (at - CONTACTS_KEPT).date()
    last = Step.objects.filter(relation=OuterRef("relation")).order_by("-since", "-pk")
    known = Contact.objects.annotate(last_step=Subquery(last.values("since")[:1]))
    over = Q(relation__stage=Stage.ENDED, last_step__lt=before)
    return known.filter(over | Q(relation__valid_to__lt=before)).delete()[0]
