"""What rooms above settle when somebody may no longer receive visitors at a centre; this room need not know them.

Each room says in its ``AppConfig.ready`` how. It happens in the transaction that takes the roles away, or gives them back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # rooms register before models are loaded
    from parvis.accounts.models import User
    from parvis.centres.models import Centre


class Settle(Protocol):
    """Finishes what ``person`` had begun at ``centre``; again, changes nothing."""

    def __call__(self, *, centre: Centre, person: User, at: datetime) -> object: ...


class Restore(Protocol):
    """Brings back what ended at ``centre`` when ``person`` was removed by mistake; again, changes nothing."""

    def __call__(self, *, centre: Centre, person: User, by: User, at: datetime) -> object: ...


_WAYS: dict[str, Settle] = {}
_BACK: dict[str, Restore] = {}


def register(name: str, settle: Settle) -> None:
    """Adds a way, or replaces the one of that name."""
    _WAYS[name] = settle


def register_return(name: str, restore: Restore) -> None:
    """Adds what is brought back when a removal is undone, or replaces the one of that name."""
    _BACK[name] = restore


def settle_all(*, centre: Centre, person: User, at: datetime) -> None:
    """Everything that ``person`` had begun is finished."""
    for settle in _WAYS.values():
        settle(centre=centre, person=person, at=at)


def restore_all(*, centre: Centre, person: User, by: User, at: datetime) -> None:
    """``person`` is back, because they were removed by mistake."""
    for restore in _BACK.values():
        restore(centre=centre, person=person, by=by, at=at)
