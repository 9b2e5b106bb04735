"""Rooms and equipment, and who has them when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from parvis.agenda.models import Booking, Equipment, Room
from parvis.agenda.queries.sight import Sight
from parvis.centres.models import Centre, Space

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Rooms:
    """All that can be booked at a centre, what is closed apart."""

    rooms: list[Room]
    closed_rooms: list[Room]
    equipment: list[Equipment]
    closed_equipment: list[Equipment]
    spaces: list[Space]  # open ones that are no room yet

    @property
    def nothing(self) -> bool:
        """Whether there is nothing at all to book."""
        return not (self.rooms or self.closed_rooms or self.equipment or self.closed_equipment)


@dataclass(frozen=True)
class Taken:
    """A stretch of a day in which somebody has it. ``words`` are empty where the reader may not know what it is for."""

    begins: datetime  # on the centre's clock
    ends: datetime
    words: str
    number: int
    is_class: bool
    session: int | None = None


@dataclass(frozen=True)
class RoomDay:
    """A day of the week with what is on."""

    date: date
    taken: list[Taken] = field(default_factory=list)


def rooms(centre: Centre) -> Rooms:
    """Rooms as the centre orders its spaces, and equipment: three queries."""
    found = Room.objects.filter(space__site__centre=centre).select_related("space__site")
    every = list(found.order_by("space__site", "space", "pk"))
    things = list(Equipment.objects.filter(centre=centre))
    spaces = Space.objects.filter(site__centre=centre, site__closed_on=None, closed_on=None, room=None)
    return Rooms(
        [one for one in every if _open(one)],
        [one for one in every if not _open(one)],
        [one for one in things if one.closed_on is None],
        [one for one in things if one.closed_on],
        list(spaces.select_related("site").order_by("site", "pk")),
    )


def _open(room: Room) -> bool:
    return room.closed_on is None and room.space.closed_on is None


def week_of(what: Room | Equipment, centre: Centre, monday: date, sight: Sight) -> list[RoomDay]:
    """Seven days from ``monday`` with what has the room, or some of the equipment: one query."""
    days = [monday + timedelta(days=n) for n in range(7)]
    begins, ends = centre.bounds(days[0])[0], centre.bounds(days[-1])[1]
    found = Booking.objects.during(begins, ends).select_related("session__event", "visit")
    found = found.filter(Q(room=what) if isinstance(what, Room) else Q(equipment=what))
    taken = [_taken(one, centre, sight) for one in found.order_by("begins_at", "pk")]
    return [
        RoomDay(
            day,
            [one for one in taken if one.begins < centre.bounds(day)[1] and one.ends > centre.bounds(day)[0]],
        )
        for day in days
    ]


def _taken(one: Booking, centre: Centre, sight: Sight) -> Taken:
    words, session = "", None
    if one.session is not None and (sight.plans or one.session.event.state in {"published", "withdrawn"}):
        words, session = str(one.session.event.title), one.session_id
    elif one.visit is not None and sight.plans:
        words = f"{one.visit.school_name} ({one.visit.pupils})"
    zone = centre.zone
    return Taken(
        one.begins_at.astimezone(zone),
        one.ends_at.astimezone(zone),
        words,
        one.number,
        one.visit_id is not None,
        session,
    )
