"""Time zones by country. Source: Unicode CLDR, as shipped with Babel."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

AREAS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
)
LEGACY = ("America/Argentina/ComodRivadavia", "Asia/Katmandu", "Europe/Kiev")


@cache
def known_zones() -> frozenset[str]:
    """Every zone of the IANA database on this machine: some 600 files, looked for once."""
    return frozenset(available_timezones())


@cache
def zones_of(country: str) -> list[str]:
    """The zones of one country by ISO code."""
    known = known_zones()
    return sorted(z for z, place in get_global("zone_territories").items() if place == country and z in known)


@cache
def all_zones() -> list[str]:
    """Every zone named after a place."""
    return sorted(
        zone for zone in known_zones() if zone.startswith((*AREAS, "Pacific/")) and zone not in LEGACY
    )


def only_zone(country: str) -> str:
    """The country's zone where it has one, else nothing: somebody must say which."""
    zones = zones_of(country)
    return zones[0] if len(zones) == 1 else ""
