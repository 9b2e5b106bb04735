"""Where each page is and who opens it. A new address that answers GET gets a line in its room's file, or its reason in ``no_page.py``."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places import (
    accounts,
    agenda,
    centres,
    guidance,
    partners,
    reception,
    rota,
    statistics,
    surveys,
    website,
)
from e2e.walk.places.place import DRAFT, Place
from e2e.walk.scene import Scene

__all__ = ["DRAFT", "OWN_SCREEN", "Place", "places"]

ROOMS = [website, accounts, reception, statistics, guidance, centres, partners, rota, surveys, agenda]
OWN_SCREEN = {  # on a screen or a sheet of its own, of one size: never on a phone
    "reception:kiosk",
    "reception:kiosk_in",
    "reception:board",
    "reception:door_poster",
    "asking:poster",
}


def places(scene: Scene) -> Iterator[Place]:
    """Every page, at each of the moments at which it looks different."""
    for room in ROOMS:
        yield from room.places(scene)
