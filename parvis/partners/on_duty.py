"""Who is on duty when, for rooms that plan people for something else: the room that keeps the rota says in ``AppConfig.ready`` how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:  # rooms register before models are loaded
    from parvis.accounts.models import User
    from parvis.centres.models import Centre


@dataclass(frozen=True)
class Stretch:
    """``person`` (a key) is on duty from ``begins`` to ``ends``; ``facilitates``: for just such things, not at a desk."""

    person: int
    begins: datetime
    ends: datetime
    facilitates: bool


class Look(Protocol):
    """Everybody's stretches of a centre that overlap the time between two instants: a fixed number of queries."""

    def __call__(self, *, centre: Centre, begins: datetime, ends: datetime) -> Iterable[Stretch]: ...


class Hold(Protocol):
    """``person`` led something from ``begins`` to ``ends``, which is over: what they were on duty for then is held.

    Returns how many of these minutes the rota counts as held. ``key`` again changes nothing, and returns the same.
    """

    def __call__(
        self, *, centre: Centre, person: User, begins: datetime, ends: datetime, key: UUID, at: datetime
    ) -> int: ...


_LOOKS: dict[str, Look] = {}
_HOLDS: dict[str, Hold] = {}


def register(name: str, look: Look, hold: Hold) -> None:
    """Adds a room that knows who is on duty, or replaces the one of that name."""
    _LOOKS[name], _HOLDS[name] = look, hold


def on_duty(*, centre: Centre, begins: datetime, ends: datetime) -> list[Stretch]:
    """Who is on duty at ``centre`` at some time between the two instants, in the order of time."""
    found = [one for look in _LOOKS.values() for one in look(centre=centre, begins=begins, ends=ends)]
    return sorted(found, key=lambda one: (one.begins, one.person))


def hold(*, centre: Centre, person: User, begins: datetime, ends: datetime, key: UUID, at: datetime) -> int:
    """Minutes between the two instants that are held on duty now: they are not given a second time."""
    return sum(
        one(centre=centre, person=person, begins=begins, ends=ends, key=key, at=at) for one in _HOLDS.values()
    )
