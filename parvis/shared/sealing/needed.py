"""Which shares are still needed: each room that puts some into the vault says so in its ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

_ASKED: dict[str, Callable[[Collection[UUID]], set[UUID]]] = {}


def register(name: str, needed: Callable[[Collection[UUID]], set[UUID]]) -> None:
    """Adds a room, or replaces the one of that name. ``needed`` takes some hundred keys and returns those that it still needs."""
    _ASKED[name] = needed


def still_needed(keys: Collection[UUID]) -> set[UUID]:
    """Those among some hundred keys that something is still opened with."""
    return set().union(*(needed(keys) for needed in _ASKED.values()))
