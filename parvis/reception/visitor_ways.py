"""What a visitor can do at home while their centre is closed: rooms above say in their ``AppConfig.ready`` which pages.

This room need not know them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Way:
    """One public page. ``url_name`` takes ``centre``; ``where`` says in which centres it is offered."""

    url_name: str
    label: str | Promise
    icon: str
    where: Callable[[Any], bool]


_WAYS: dict[str, Way] = {}


def register(*ways: Way) -> None:
    """Adds ways; one of the same address is replaced."""
    _WAYS.update({way.url_name: way for way in ways})


def ways_from(centre: Any) -> list[Way]:
    """Those that are offered by a centre."""
    return [way for way in _WAYS.values() if way.where(centre)]
