"""What one reader sees of the agenda: who plans events, all of it; the team, what is published; a partner's coordinator, no names but their own people's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.agenda.models import Event, Facilitation
from parvis.centres.models import Centre
from parvis.centres.scope import CentreRequest
from parvis.partners.queries.institutions import spoken_for

OUTSIDE_THE_TEAM = frozenset({Permission.ENTER, Permission.SPEAK_FOR_OWN})  # what a coordinator alone may do
FOR_THE_TEAM = (Event.State.PUBLISHED, Event.State.WITHDRAWN)


@dataclass(frozen=True)
class Sight:
    """Which events somebody sees, and whose names."""

    person: User
    plans: bool
    everybody: bool = True
    own: frozenset[int] = frozenset()  # the institutions that they speak for

    def events(self) -> Q:
        """What narrows events to those that the reader sees."""
        return Q() if self.plans else Q(state__in=FOR_THE_TEAM)

    def sessions(self) -> Q:
        """The same for sessions."""
        return Q() if self.plans else Q(event__state__in=FOR_THE_TEAM)

    def knows(self, one: Facilitation) -> bool:
        """Whether the reader may read who leads."""
        return self.everybody or one.person_id == self.person.pk or one.institution_id in self.own


def sight_for(person: User, centre: Centre, permissions: Collection[str]) -> Sight:
    """What ``person`` sees at ``centre``: one query for a partner's coordinator, none for the team."""
    plans = Permission.PLAN_EVENTS in permissions
    if not set(permissions) <= OUTSIDE_THE_TEAM:
        return Sight(person, plans)
    return Sight(person, plans, everybody=False, own=spoken_for(person, centre))


def sight_of(request: CentreRequest) -> Sight:
    """What the signed-in person sees in the centre of the page."""
    return sight_for(request.user, request.centre, request.permissions)
