"""What rooms above settle when a talk at a desk is over; this room need not know them.

Each room says in its ``AppConfig.ready`` how. It happens in the transaction that ends the talk.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # rooms register before models are loaded
    from parvis.reception.models import Ticket


class Settle(Protocol):
    """Finishes what was begun for the talk with ``ticket``; again, changes nothing."""

    def __call__(self, *, ticket: Ticket, at: datetime) -> object: ...


_WAYS: dict[str, Settle] = {}


def register(name: str, settle: Settle) -> None:
    """Adds a way, or replaces the one of that name."""
    _WAYS[name] = settle


def over(*, ticket: Ticket, at: datetime) -> None:
    """The visitor has left the desk."""
    for settle in _WAYS.values():
        settle(ticket=ticket, at=at)
