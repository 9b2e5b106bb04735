"""Who is on duty online. No figure comes of it: the row is there while they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance import live_talks
from parvis.guidance.actions.questions.keeping import role_of
from parvis.guidance.models import OnlineDuty

A_DAY = timedelta(days=1)


@transaction.atomic
def begin_duty(
    *, centre: Centre, person: User, themes: Collection[Theme], languages: Collection[str], at: datetime
) -> OnlineDuty:
    """Be on duty online for themes and languages; again, for others. Raises ``NotYours`` where they may not answer."""
    role_of(centre, person)
    said = {"languages": sorted(set(languages)), "heard_at": at}
    duty, _new = OnlineDuty.objects.update_or_create(
        centre=centre, person=person, defaults=said, create_defaults=said | {"opened_at": at}
    )
    duty.themes.set([theme for theme in themes if theme.centre_id == centre.pk])
    live_talks.changed(centre.pk)
    return duty


@transaction.atomic
def heard_on_duty(*, centre: Centre, person: User, at: datetime) -> None:
    """Their page is still there."""
    OnlineDuty.objects.filter(centre=centre, person=person, heard_at__lt=at).update(heard_at=at)


@transaction.atomic
def end_duty(*, centre: Centre, person: User) -> None:
    """Leave; the talks that they have go on. Again, changes nothing."""
    if OnlineDuty.objects.filter(centre=centre, person=person).delete()[0]:
        live_talks.changed(centre.pk)


def leave_duty(*, centre: Centre, person: User, at: datetime) -> None:
    """Somebody may no longer answer at a centre."""
    end_duty(centre=centre, person=person)


@transaction.atomic
def forget_duties(*, at: datetime) -> int:
    """Those who forgot to leave; returns how many."""
    return OnlineDuty.objects.filter(heard_at__lt=at - A_DAY).delete()[1].get("guidance.OnlineDuty", 0)
