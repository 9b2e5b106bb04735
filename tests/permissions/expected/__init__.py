"""Who may open which address, written by hand. ``test_walk.py`` holds the code against it.

A new address gets one line in the file of its room, in the dictionary that fits. What a role allows stands in
``parvis/accounts/roles.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parvis.accounts.roles import Permission as P

from . import accounts, agenda, centres, guidance, partners, reception, rota, statistics, surveys, website

ROOMS = [website, statistics, guidance, reception, agenda, rota, surveys, partners, centres, accounts]


def _of_all(name: str) -> dict[str, Any]:
    """What the rooms say under ``name``, together; an address stands in one of them."""
    said: dict[str, Any] = {}
    for room in ROOMS:
        own: Mapping[str, Any] = getattr(room, name, {})
        assert not said.keys() & own.keys(), f"declared twice: {sorted(said.keys() & own.keys())}"
        said |= own
    return said


# Open to anybody, and why that is right.
PUBLIC: dict[str, str] = _of_all("PUBLIC")

# For whoever is signed in, whatever they may do: their own account, and explanations.
STAFF: set[str] = accounts.STAFF | centres.STAFF

# Inside a centre: the permission that the person's roles there must allow.
CENTRE: dict[str, P] = _of_all("CENTRE")

# Inside a network: its coordinators only.
NETWORK: dict[str, P] = _of_all("NETWORK")

# Neither in one centre nor in one network, but not for everybody: superusers and whoever holds the permission somewhere.
ANYWHERE: dict[str, P] = centres.ANYWHERE
