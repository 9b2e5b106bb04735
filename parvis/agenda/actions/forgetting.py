"""What is forgotten about those who lead and those who speak. Periods and reasons: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from parvis.accounts.models import User
from parvis.agenda.models import ClassVisit, Facilitation, Session, Speaker, Station
from parvis.centres.models import Assignment, Centre

NAMES_KEPT = timedelta(days=400)  # a year's report, and the weeks in which somebody asks about it
OVER = (ClassVisit.State.HELD, ClassVisit.State.EVALUATED)


@transaction.atomic
def forget_leads(*, at: datetime) -> int:
    """Take the names of those who led out of what is over for long; institutions and minutes stay."""
    before = at - NAMES_KEPT
    old = Q(session__ends_at__lt=before) | Q(visit__ends_at__lt=before)
    led = Facilitation.objects.filter(old, person__isnull=False).update(person=None)
    return led + Station.objects.filter(visit__ends_at__lt=before, person__isnull=False).update(person=None)


@transaction.atomic
def forget_speakers(*, at: datetime) -> int:
    """Delete the names of those from outside, once the day is past until which they agreed, or the last session is long over."""
    lately = Session.objects.filter(event=OuterRef("event"), ends_at__gte=at - NAMES_KEPT)
    long_over = Q(~Exists(lately), agreed_on__lt=(at - NAMES_KEPT).date())
    # A day ends last in the west: nobody's name goes while their own day still lasts.
    past = Q(named_until__lt=(at - timedelta(hours=12)).date())
    return Speaker.objects.filter(past | long_over).delete()[0]


@transaction.atomic
def let_sessions_go(*, centre: Centre, person: User, at: datetime) -> int:
    """``person`` has left the team: they lead nothing that is still to come. Returns how many; while they hold a role, none."""
    if Assignment.objects.filter(person=person, centre=centre).exists():
        return 0
    session = Q(session__centre=centre, session__ends_at__gt=at) & ~Q(session__state=Session.State.HELD)
    visit = Q(visit__centre=centre) & (Q(visit__ends_at__gt=at) | Q(visit__ends_at=None))
    visit &= ~Q(visit__state__in=OVER)
    gone = Facilitation.objects.filter(session | visit, person=person).delete()[0]
    stations = Station.objects.filter(visit__centre=centre, person=person).exclude(visit__state__in=OVER)
    return gone + stations.update(person=None)
