"""Whose names somebody reads in the rota: the team those of everybody, an institution's coordinator those of its own people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.models import Centre
from parvis.centres.queries.team import members_of
from parvis.partners.models import Belonging, Liaison
from parvis.rota.models import DutySlot

OUTSIDE_THE_TEAM = frozenset({Permission.ENTER, Permission.SPEAK_FOR_OWN})  # what a coordinator alone may do


@dataclass(frozen=True)
class Sight:
    """What one reader of the rota sees of the others."""

    person: User
    everybody: bool
    plans: bool  # who plans sees institutions, too
    own: frozenset[int] = frozenset()  # the institutions that they speak for

    def name(self, slot: DutySlot) -> str:
        """Who is on duty, as far as the reader may know; ``slot.person`` must be loaded."""
        if slot.person is None:
            return _("somebody who has left")
        return slot.person.name if self.knows(slot) else _("somebody")

    def knows(self, slot: DutySlot) -> bool:
        """Whether the reader may read who it is."""
        if self.everybody or slot.person_id == self.person.pk:
            return True
        return slot.institution_id in self.own

    def institution(self, slot: DutySlot) -> str:
        """Where they come from, for who plans and for their own coordinator; ``slot.institution`` must be loaded."""
        if slot.institution is None or not (self.plans or slot.institution_id in self.own):
            return ""
        return slot.institution.name


def sight_of(person: User, centre: Centre, permissions: Collection[Permission]) -> Sight:
    """What ``person`` sees: one query for a coordinator, none for the team."""
    if not set(permissions) <= OUTSIDE_THE_TEAM:
        return Sight(person, everybody=True, plans=Permission.PLAN_ROTA in permissions)
    own = Liaison.objects.filter(person=person, centre=centre).values_list("institution", flat=True)
    return Sight(person, everybody=False, plans=False, own=frozenset(own))


def people_seen(centre: Centre, sight: Sight) -> list[User]:
    """Of whose duties the reader may open the page, by name, themselves first: one or two queries."""
    people = [one.person for one in members_of(centre)]
    if not sight.everybody:
        theirs = Belonging.objects.filter(Q(institution__in=sight.own), centre=centre, valid_to=None)
        known = {*theirs.values_list("person", flat=True), sight.person.pk}
        people = [one for one in people if one.pk in known]
    return sorted(people, key=lambda one: one.pk != sight.person.pk)
