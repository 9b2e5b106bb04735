"""The team as the rota knows it: who does what on duty, and who said when they can come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre
from parvis.centres.queries.team import members_of
from parvis.rota.models import Terms, WorkingPattern
from parvis.rota.queries.people import institutions_of


@dataclass(frozen=True)
class MemberLine:
    """One of the team. ``said``: they have a usual week."""

    person: User
    roles: list[Role]
    institution: str
    terms: Terms | None
    said: bool


@dataclass(frozen=True)
class Team:
    """Those on the rota, and those who are not."""

    on: list[MemberLine]
    off: list[MemberLine]


def team(centre: Centre, day: date, people: Collection[int]) -> Team:
    """Those of ``people`` who are in the team of ``centre``, by name: six queries."""
    terms = Terms.objects.filter(centre=centre, person__in=people).prefetch_related("themes", "learning")
    by_person = {one.person_id: one for one in terms}
    came_from = institutions_of(centre, day)
    patterns = WorkingPattern.objects.filter(centre=centre, person__in=people)
    said = set(patterns.values_list("person", flat=True))
    lines = [
        MemberLine(
            one.person,
            one.roles,
            came_from[one.person.pk].name if one.person.pk in came_from else "",
            by_person.get(one.person.pk),
            one.person.pk in said,
        )
        for one in members_of(centre)
        if one.person.pk in people
    ]
    on = [line for line in lines if line.terms and (line.terms.until is None or line.terms.until > day)]
    return Team(on, [line for line in lines if line not in on])
