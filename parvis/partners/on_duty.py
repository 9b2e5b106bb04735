"""Who is on duty when, for rooms that plan people for something else: the room that keeps the rota says in ``AppConfig.ready`` how.

And the other way round: a room that counts time beside the rota says there what it does when time on duty is noted or corrected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.db import transaction

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
    """``people`` led something from ``begins`` to ``ends``, which ``source`` stands for: what they were on duty for then is held.

    Said again with the same ``source``, the later word counts: for nobody, nothing is held by it any more. Returns how many of these
    minutes the rota counts as held, by each person's key.
    """

    def __call__(
        self,
        *,
        centre: Centre,
        people: Collection[User],
        begins: datetime,
        ends: datetime,
        source: UUID,
        at: datetime,
    ) -> Mapping[int, int]: ...


class Follow(Protocol):
    """Time on duty of ``person`` between two instants was noted, ended or corrected: what is counted beside it is put right."""

    def __call__(
        self, *, centre: Centre, person: User, begins: datetime, ends: datetime, at: datetime
    ) -> object: ...


_LOOKS: dict[str, Look] = {}
_HOLDS: dict[str, Hold] = {}
_FOLLOWERS: dict[str, Follow] = {}


def register(name: str, look: Look, hold: Hold) -> None:
    """Adds a room that knows who is on duty, or replaces the one of that name."""
    _LOOKS[name], _HOLDS[name] = look, hold


def register_follower(name: str, follow: Follow) -> None:
    """Adds a room that counts time beside the rota, or replaces the one of that name."""
    _FOLLOWERS[name] = follow


def on_duty(*, centre: Centre, begins: datetime, ends: datetime) -> list[Stretch]:
    """Who is on duty at ``centre`` at some time between the two instants, in the order of time."""
    found = [one for look in _LOOKS.values() for one in look(centre=centre, begins=begins, ends=ends)]
    return sorted(found, key=lambda one: (one.begins, one.person))


def hold(
    *,
    centre: Centre,
    people: Collection[User],
    begins: datetime,
    ends: datetime,
    source: UUID,
    at: datetime,
) -> dict[int, int]:
    """Minutes between the two instants that each is on duty for and that are held now: they are not given a second time."""
    minutes = {one.pk: 0 for one in people}
    for way in _HOLDS.values():
        found = way(centre=centre, people=people, begins=begins, ends=ends, source=source, at=at)
        minutes = {key: known + found.get(key, 0) for key, known in minutes.items()}
    return minutes


def changed(*, centre: Centre, person: User, begins: datetime, ends: datetime, at: datetime) -> None:
    """Tell who counts beside the rota, as soon as this transaction is through: they lock rows of their own."""
    for follow in _FOLLOWERS.values():
        told = partial(follow, centre=centre, person=person, begins=begins, ends=ends, at=at)
        transaction.on_commit(told, robust=True)
