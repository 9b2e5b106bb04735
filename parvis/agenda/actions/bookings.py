"""Rooms and equipment are booked for sessions and class visits: whoever comes second is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.agenda.models import Booking, ClassVisit, Equipment, Room, Session


class Taken(Exception):
    """Something else has the room, or too much of the equipment, in that time.

    ``what`` is the room or the equipment; ``by`` one of the bookings that are in the way.
    """

    def __init__(self, what: Room | Equipment, by: Booking) -> None:
        super().__init__(str(what))
        self.what, self.by = what, by


class NotSoMany(Exception):
    """There are not so many of the equipment at all."""


@transaction.atomic
def book(
    *,
    owner: Session | ClassVisit,
    begins: datetime,
    ends: datetime,
    rooms: Iterable[Room] = (),
    equipment: Mapping[Equipment, int] | None = None,
) -> list[Booking]:
    """Book exactly these for ``owner``, instead of whatever it had. Said twice, it is booked once.

    Raises ``Taken`` or ``NotSoMany`` and changes nothing where another booking overlaps or there is not enough. Rows are locked in the order of their keys, so that two
    who want the same two rooms never wait for each other.
    """
    owner_is: dict[str, Session | ClassVisit] = (
        {"session": owner} if isinstance(owner, Session) else {"visit": owner}
    )
    rooms, equipment = sorted(set(rooms), key=lambda one: one.pk), dict(equipment or {})
    # Locked before anything is looked at: the second waits here, and then sees the first.
    list(Room.objects.select_for_update(no_key=True).filter(pk__in=[r.pk for r in rooms]).order_by("pk"))
    wanted = [one.pk for one in equipment]
    list(Equipment.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    Booking.objects.filter(**owner_is).delete()
    others = Booking.objects.filter(begins_at__lt=ends, ends_at__gt=begins).order_by("begins_at", "pk")
    for room in rooms:
        if by := others.filter(room=room).first():
            raise Taken(room, by)
    for thing, number in equipment.items():
        if number > thing.number:
            raise NotSoMany
        taken = list(others.filter(equipment=thing))
        if taken and most_at_once(taken) + number > thing.number:
            raise Taken(thing, taken[0])
    stretch: dict[str, Any] = {"centre": owner.centre, "begins_at": begins, "ends_at": ends, **owner_is}
    return Booking.objects.bulk_create(
        [Booking(room=room, **stretch) for room in rooms]
        + [Booking(equipment=thing, number=number, **stretch) for thing, number in equipment.items()]
    )


@transaction.atomic
def give_back(*, owner: Session | ClassVisit) -> int:
    """Nothing is booked for ``owner`` any more: how many bookings that were."""
    owner_is: dict[str, Session | ClassVisit] = (
        {"session": owner} if isinstance(owner, Session) else {"visit": owner}
    )
    return Booking.objects.filter(**owner_is).delete()[0]


def most_at_once(taken: list[Booking]) -> int:
    """How many of one equipment are out at the busiest moment of these bookings."""
    return max(
        (
            sum(one.number for one in taken if one.begins_at <= other.begins_at < one.ends_at)
            for other in taken
        ),
        default=0,
    )
