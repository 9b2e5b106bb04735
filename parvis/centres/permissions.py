"""What a person may do in a centre."""

from __future__ import annotations

from typing import Any

from django.db.models import F, FilteredRelation, Q

from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Permission, Role, roles_with
from parvis.centres.models import Centre
from parvis.shared.prepared import Prepared

SEEN = Prepared(
    lambda person, slug: (
        Centre.objects.filter(slug=slug)
        .select_related("network")
        .annotate(
            here=FilteredRelation("assignments", condition=Q(assignments__person=person)),
            above=FilteredRelation("network__assignments", condition=Q(network__assignments__person=person)),
            role=F("here__role"),
            network_role=F("above__role"),
        )
    )
)


def centre_seen_by(person: User, slug: str) -> tuple[Centre, frozenset[Permission]] | None:
    """The centre of that address, and everything that ``person``'s roles allow there: one SQL query.

    Nothing where there is no such centre, or none that ``person`` may enter: the two look the same from outside.
    """
    rows: list[Any] = SEEN.all(person.pk, slug)
    roles = {role for row in rows for role in (row.role, row.network_role) if role}
    permissions: frozenset[Permission] = frozenset().union(*(GRANTS[Role(role)] for role in roles))
    return (rows[0], permissions) if Permission.ENTER in permissions else None


def may_open_centres(person: User) -> bool:
    """Whether ``person`` may create a centre: whoever set Parvis up, and coordinators of a network."""
    if person.is_superuser:
        return True
    return person.assignments.filter(role__in=roles_with(Permission.MANAGE_NETWORK)).exists()
