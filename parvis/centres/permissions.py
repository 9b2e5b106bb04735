"""What a person may do in a centre."""

from __future__ import annotations

from django.db.models import Q

from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Permission, Role, roles_with
from parvis.centres.models import Assignment, Centre
from parvis.shared.prepared import Prepared


ROLES = Prepared(
    lambda person, centre, network: Assignment.objects.filter(
        Q(centre=centre) | Q(network=network), person=person
    ).values_list("role")
)


def permissions_in(person: User, centre: Centre) -> frozenset[Permission]:
    """Everything that ``person``'s roles allow at ``centre``: one SQL query."""
    roles = ROLES.all(person.pk, centre.pk, centre.network_id)
    return frozenset().union(*(GRANTS[Role(role)] for (role,) in roles))


def may_open_centres(person: User) -> bool:
    """Whether ``person`` may create a centre: whoever set Parvis up, and coordinators of a network."""
    if person.is_superuser:
        return True
    return person.assignments.filter(role__in=roles_with(Permission.MANAGE_NETWORK)).exists()
