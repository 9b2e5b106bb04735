"""Who answers for the people of an institution."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment, Centre
from parvis.partners.actions.belongings import NotKnownHere
from parvis.partners.models import Institution, Liaison, Relation

SPEAKERS = roles_with(Permission.SPEAK_FOR_OWN)


class NoCoordinator(Exception):
    """The person does not hold the role of a partner’s coordinator at the centre."""


@transaction.atomic
def speak_for(*, centre: Centre, person: User, institutions: Collection[Institution], day: date) -> None:
    """Let ``person`` answer for the people of exactly these ``institutions``. Raises ``NoCoordinator``, ``NotKnownHere``."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if not Assignment.objects.filter(centre=centre, person=person, role__in=SPEAKERS).exists():
        raise NoCoordinator
    known = Relation.objects.open_on(day).filter(centre=centre, institution__in=institutions)
    if known.count() != len(institutions):
        raise NotKnownHere
    here = Liaison.objects.filter(centre=centre, person=person)
    here.exclude(institution__in=institutions).delete()
    for institution in institutions:
        Liaison.objects.get_or_create(centre=centre, person=person, institution=institution)


@transaction.atomic
def end_liaisons(*, centre: Centre, person: User, at: datetime) -> None:
    """Somebody who is no coordinator any more speaks for nobody; again, changes nothing."""
    here = Liaison.objects.filter(centre=centre, person=person)
    here.filter(~Exists(_speakers())).delete()


@transaction.atomic
def forget_liaisons(*, at: datetime) -> int:
    """Delete who spoke for an institution and lost the role; returns how many."""
    return Liaison.objects.filter(~Exists(_speakers())).delete()[0]


def _speakers() -> QuerySet[Assignment]:
    return Assignment.objects.filter(person=OuterRef("person"), centre=OuterRef("centre"), role__in=SPEAKERS)
