"""What a coordinator sees of a network."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre, Network, Site
from parvis.centres.queries.opening import open_centres


def networks_of(person: User) -> list[Network]:
    """The networks in which ``person`` may open a centre, by name: all of them for whoever set Parvis up."""
    networks = Network.objects.order_by("name")
    if not person.is_superuser:
        roles = roles_with(Permission.MANAGE_NETWORK)
        networks = networks.filter(pk__in=person.assignments.filter(role__in=roles).values("network"))
    return list(networks)


@dataclass(frozen=True)
class CentreLine:
    """One centre of a network: what it is, never how it compares."""

    centre: Centre
    address: str
    sites: int
    is_open: bool


def centres_of(network: Network, at: datetime) -> list[CentreLine]:
    """Every centre of ``network`` by name, and whether it is open at ``at``: four queries."""
    sites = Site.objects.select_related("centre").filter(centre__network=network)
    by_centre: dict[int, list[Site]] = defaultdict(list)
    for site in sites:
        by_centre[site.centre_id].append(site)
    opened = open_centres(sites, at)
    return [
        CentreLine(
            centre,
            address=next((s.address for s in by_centre[centre.pk] if s.kind == Site.Kind.MAIN), ""),
            sites=sum(not site.closed_on for site in by_centre[centre.pk]),
            is_open=centre.pk in opened,
        )
        for centre in network.centres.order_by("name")
    ]
