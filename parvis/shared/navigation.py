"""The staff menu: each room says in its ``AppConfig.ready`` which of its pages belong there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise

_PLACES: list[Place] = []


@dataclass(frozen=True, order=True)
class Place:
    """One entry of the menu. ``url_name`` takes the centre's slug; ``permission`` is what its view asks for."""

    order: int
    url_name: str
    label: str | Promise = field(compare=False)
    icon: str = field(compare=False)
    permission: str = field(compare=False)


def register(*entries: Place) -> None:
    """Adds entries; registering the same address twice replaces it."""
    names = {entry.url_name for entry in entries}
    _PLACES[:] = sorted([place for place in _PLACES if place.url_name not in names] + list(entries))


def places() -> list[Place]:
    """Every entry, in order."""
    return list(_PLACES)
