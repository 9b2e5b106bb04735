"""What rooms above settle when somebody comes from another institution, or a partner no longer lends anybody.

Each room says in its ``AppConfig.ready`` how. It happens in the transaction in which the belonging changes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # rooms register before models are loaded
    from parvis.centres.models import Centre


class Follow(Protocol):
    """Follows what has changed for ``people`` (their keys) at ``centre`` from the day ``on``; again, changes nothing.

    ``ended``: the partnership is over, and its people no longer come; else they come from elsewhere, as their belonging says.
    """

    def __call__(
        self, *, centre: Centre, people: Collection[int], on: date, ended: bool, at: datetime
    ) -> object: ...


_WAYS: dict[str, Follow] = {}


def register(name: str, follow: Follow) -> None:
    """Adds a way, or replaces the one of that name."""
    _WAYS[name] = follow


def follow_all(*, centre: Centre, people: Collection[int], on: date, ended: bool, at: datetime) -> None:
    """Everything that rests on where ``people`` come from is put right."""
    for follow in _WAYS.values() if people else ():
        follow(centre=centre, people=people, on=on, ended=ended, at=at)
