"""How often an entry was used: rooms above say how they count, so that this room need not know them.

Each way of counting has its own unit, and units are never added together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

# keys of codes (or of themes), first day -> how many of the unit concern each; keys without any may be left out
Counter = Callable[[Collection[int], date], dict[int, int]]


@dataclass(frozen=True)
class Unit:
    """One way of counting. ``said`` is a lazy plural with ``%(n)s``: “%(n)s act”, “%(n)s acts”."""

    name: str
    said: Any
    by_code: Counter | None = None
    by_theme: Counter | None = None


_UNITS: dict[str, Unit] = {}


def register_unit(unit: Unit) -> None:
    """Adds a way of counting; the same name again replaces it. Called in ``AppConfig.ready``."""
    _UNITS[unit.name] = unit


def used(*, codes: Collection[int], themes: Collection[int], since: date) -> Usage:
    """How often each code and theme was used from ``since`` on: a fixed number of queries for each unit."""
    return Usage(
        codes={u.name: u.by_code(codes, since) for u in _UNITS.values() if u.by_code and codes},
        themes={u.name: u.by_theme(themes, since) for u in _UNITS.values() if u.by_theme and themes},
    )


@dataclass(frozen=True)
class Usage:
    """Counts by unit and key."""

    codes: dict[str, dict[int, int]]
    themes: dict[str, dict[int, int]]

    def of_code(self, key: int) -> list[str]:
        """In words, one for each unit that counted it: “12 acts”, “3 answers”."""
        return _said(self.codes, key)

    def of_theme(self, key: int) -> list[str]:
        """The same for a theme."""
        return _said(self.themes, key)


def _said(counts: dict[str, dict[int, int]], key: int) -> list[str]:
    return [_UNITS[name].said % {"n": found[key]} for name, found in counts.items() if found.get(key)]
