"""Rooms and equipment are booked for sessions and class visits: whoever comes second is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from parvis.agenda.models import Booking, ClassVisit, Equipment, Room, Session


class NotBooked(Exception):
    """A room or an equipment cannot be booked."""


class Taken(NotBooked):
    """Something else has the room, or too much of the equipment, in that time.

    ``what`` is the room or the equipment; ``by`` one of the bookings that are in the way.
    """

    def __init__(self, what: Room | Equipment, by: Booking) -> None:
        super().__init__(str(what))
        self.what, self.by = what, by


class NotSoMany(NotBooked):
    """There are not so many of the equipment at all."""


class Closed(NotBooked):
    """The room or the equipment, ``what``, is not used any more from the day ``since`` on."""

    def __init__(self, what: Room | Equipment, since: date) -> None:
        super().__init__(str(what))
        self.what, self.since = what, since


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

    Raises ``Closed``, ``Taken`` or ``NotSoMany`` and changes nothing where it is not used any more, another booking overlaps or there is not enough.
    What is closed and was booked for ``owner`` on that day already stays so. Rows are locked in the order of their keys, so that two who want the
    same two rooms never wait for each other.
    """
    owner_is = _of(owner)
    equipment = dict(equipment or {})
    # Locked before anything is looked at: the second waits here, and then sees the first, or that it is closed.
    locked = Room.objects.select_for_update(no_key=True, of=("self",)).select_related("space")
    rooms = list(locked.filter(pk__in=[one.pk for one in rooms]).order_by("pk"))
    wanted = [one.pk for one in equipment]
    things = list(Equipment.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))
    equipment = {one: equipment[one] for one in things}  # how many there are now, not when the page was made
    _see_that_they_are_used(owner, begins, ends, [*rooms, *things])
    Booking.objects.filter(**owner_is).delete()
    others = Booking.objects.during(begins, ends).order_by("begins_at", "pk")
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
    return Booking.objects.filter(**_of(owner)).delete()[0]


def _of(owner: Session | ClassVisit) -> dict[str, Session | ClassVisit]:
    return {"session": owner} if isinstance(owner, Session) else {"visit": owner}


def _see_that_they_are_used(
    owner: Session | ClassVisit, begins: datetime, ends: datetime, wanted: Iterable[Room | Equipment]
) -> None:
    """Raises ``Closed`` for the first that is not there until the end of the stretch, unless ``owner`` has it on that day."""
    centre = owner.centre
    last = centre.local_day(ends - timedelta(microseconds=1))
    closed = [(one, day) for one in wanted if (day := one.closed_since) and day <= last]
    if not closed:
        return
    before = Booking.objects.filter(**_of(owner)).select_related("room", "equipment")
    had = {
        one.room or one.equipment
        for one in before
        if centre.local_day(one.begins_at) == centre.local_day(begins)
    }
    for what, since in closed:
        if what not in had:
            raise Closed(what, since)


def most_at_once(taken: list[Booking]) -> int:
    """How many of one equipment are out at the busiest moment of these bookings."""
    return max(
        (
            sum(one.number for one in taken if one.begins_at <= other.begins_at < one.ends_at)
            for other in taken
        ),
        default=0,
    )
