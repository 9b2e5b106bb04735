"""What a coordinator sees of a network."""

from __future__ import annotations

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Network


def networks_of(person: User) -> list[Network]:
    """The networks in which ``person`` may open a centre, by name: all of them for whoever set Parvis up."""
    networks = Network.objects.order_by("name")
    if not person.is_superuser:
        roles = roles_with(Permission.MANAGE_NETWORK)
        networks = networks.filter(pk__in=person.assignments.filter(role__in=roles).values("network"))
    return list(networks)
