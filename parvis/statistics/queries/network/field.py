"""A network as its pages of figures find it: its centres by name, and its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from parvis.centres.models import Centre, Network
from parvis.statistics.queries.network.periods import network_today


@dataclass(frozen=True)
class Field:
    """A network's centres by name, and its day. Without a centre there is no day: then the page is empty."""

    network: Network
    centres: list[Centre]
    today: date
    at: datetime


def field_of(network: Network) -> Field:
    """One query."""
    centres = sorted(network.centres.select_related("network"), key=lambda one: (one.name.casefold(), one.pk))
    if not centres:
        now = timezone.now()
        return Field(network, [], now.date(), now)
    return Field(network, centres, network_today(centres), min(centre.now() for centre in centres))
