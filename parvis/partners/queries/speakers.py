"""Who answers for which institution's people."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre
from parvis.centres.queries.team import members_of
from parvis.partners.models import Liaison


@dataclass(frozen=True)
class Speaker:
    """One partner’s coordinator, and for whom they speak: name of an institution by its key."""

    person: User
    institutions: dict[int, str]


def speakers(centre: Centre) -> list[Speaker]:
    """Everybody who holds the role at ``centre``, by name: two queries."""
    spoken: dict[int, dict[int, str]] = {}
    rows = Liaison.objects.filter(centre=centre).order_by("institution__name")
    for person, pk, name in rows.values_list("person", "institution", "institution__name"):
        spoken.setdefault(person, {})[pk] = name
    roles = roles_with(Permission.SPEAK_FOR_OWN)
    return [
        Speaker(one.person, spoken.get(one.person.pk, {}))
        for one in members_of(centre)
        if roles & set(one.roles)
    ]
