"""Where else a visitor may go from a desk: rooms above say in their ``AppConfig.ready`` which pages lead there.

This room need not know them. A way's page takes the centre and the ticket, and asks for ``permission`` itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, order=True)
class WayOn:
    """One page. ``url_name`` takes ``centre`` and ``ticket``; ``short`` stands where there is little room."""

    order: int
    url_name: str
    label: str | Promise = field(compare=False)
    short: str | Promise = field(compare=False)
    icon: str = field(compare=False)
    permission: str = field(compare=False)
    while_here: bool = field(
        default=False, compare=False
    )  # beside the visitor, and not among where they may go


_WAYS: dict[str, WayOn] = {}


def register(*ways: WayOn) -> None:
    """Adds ways; one of the same address is replaced."""
    _WAYS.update({way.url_name: way for way in ways})


def ways_for(held: Collection[str], *, while_here: bool = False) -> list[WayOn]:
    """Those that somebody with these permissions may go, in order."""
    return sorted(way for way in _WAYS.values() if way.permission in held and way.while_here == while_here)
