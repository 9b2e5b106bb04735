"""What a person may do in a centre."""

from __future__ import annotations

from django.db.models import Q

from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Permission, Role
from parvis.centres.models import Centre


def permissions_in(person: User, centre: Centre) -> frozenset[Permission]:
    """Everything that ``person``'s roles allow at ``centre``: one SQL query."""
    roles = person.assignments.filter(Q(centre=centre) | Q(network=centre.network_id)).values_list(
        "role", flat=True
    )
    return frozenset().union(*(GRANTS[Role(role)] for role in roles))
