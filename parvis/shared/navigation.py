"""The staff menu: each room says in its ``AppConfig.ready`` which of its pages belong there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

_PLACES: list[Place] = []
_SETTINGS: list[Place] = []
_NETWORK: list[Place] = []


def everywhere(_centre: Any) -> bool:
    """Most pages are there in each centre."""
    return True


@dataclass(frozen=True, order=True)
class Place:
    """One entry of the menu. ``url_name`` takes the centre's slug; ``permission`` is what its view asks for."""

    order: int
    url_name: str
    label: str | Promise = field(compare=False)
    icon: str = field(compare=False)
    permission: str = field(compare=False)
    where: Callable[[Any], bool] = field(default=everywhere, compare=False)  # in which centres it is shown
    tabs: str = field(default="", compare=False)  # the room whose tabs (``parvis.shared.tabs``) belong to it


def register(*entries: Place) -> None:
    """Adds entries; registering the same address twice replaces it."""
    names = {entry.url_name for entry in entries}
    _PLACES[:] = sorted([place for place in _PLACES if place.url_name not in names] + list(entries))


def places() -> list[Place]:
    """Every entry, in order."""
    return list(_PLACES)


def register_settings(*entries: Place) -> None:
    """Adds tabs to the centre's settings, for what a room above keeps about the centre itself."""
    names = {entry.url_name for entry in entries}
    _SETTINGS[:] = sorted([place for place in _SETTINGS if place.url_name not in names] + list(entries))


def settings_places() -> list[Place]:
    """Every such tab, in order."""
    return list(_SETTINGS)


def register_network(*entries: Place) -> None:
    """Adds tabs to a network's pages, for what a room above keeps for it. Their addresses take the network's slug."""
    names = {entry.url_name for entry in entries}
    _NETWORK[:] = sorted([place for place in _NETWORK if place.url_name not in names] + list(entries))


def network_places() -> list[Place]:
    """Every such tab, in order."""
    return list(_NETWORK)
