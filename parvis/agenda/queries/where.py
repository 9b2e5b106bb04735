"""When and where a session takes place, with what and for how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from parvis.agenda.models import Booking, Equipment, Room, Session
from parvis.centres.models import Site


@dataclass(frozen=True)
class When:
    """From when to when; whole days begin and end at midnight."""

    begins: datetime
    ends: datetime
    all_day: bool = False


@dataclass(frozen=True)
class Place:
    """Where, with what, and for how many; no number: no limit."""

    site: Site | None = None
    elsewhere: str = ""
    link: str = ""
    room_seats: int | None = None
    online_seats: int | None = None
    rooms: frozenset[Room] = frozenset()
    equipment: Mapping[Equipment, int] = field(default_factory=dict)


PLAIN = ("site", "elsewhere", "link", "room_seats", "online_seats")


def when_of(session: Session) -> When:
    """When it takes place."""
    return When(session.begins_at, session.ends_at, session.all_day)


def place_of(session: Session) -> Place:
    """Where it takes place, with what it has booked: one query."""
    booked = list(session.bookings.select_related("room", "equipment"))
    return Place(
        **{name: getattr(session, name) for name in PLAIN},
        rooms=frozenset(one.room for one in booked if one.room),
        equipment={one.equipment: one.number for one in booked if one.equipment},
    )


def rooms_ahead(bookings: str = "bookings") -> Prefetch[str, QuerySet[Booking], str]:
    """Reads the rooms of sessions with them, so that a page says where without a query of its own: one query."""
    rows = Booking.objects.filter(room__isnull=False).select_related("room__space")
    return Prefetch(bookings, rows.order_by("pk"))
