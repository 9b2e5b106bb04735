"""Today at the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Count, Q

from parvis.centres.models import Centre, Site
from parvis.reception.models import Device, Ticket
from parvis.reception.queries.passages import Hour, passages_by_hour

# Through the door's address, by everybody together. The largest centre's busiest hour has some 150 arrivals by all ways in.
MOST_A_MINUTE, MOST_AN_HOUR = 10, 150


def door_is_full(device: Device, at: datetime) -> bool:
    """Whether as many tickets as can be were drawn through this address in the last minute or hour: one query."""
    today = Ticket.objects.filter(centre=device.centre_id, date=device.centre.local_day(at), device=device)
    counted = today.filter(taken_at__gt=at - timedelta(hours=1)).aggregate(
        hour=Count("pk"), minute=Count("pk", filter=Q(taken_at__gt=at - timedelta(minutes=1)))
    )
    return bool(counted["minute"] >= MOST_A_MINUTE or counted["hour"] >= MOST_AN_HOUR)


@dataclass(frozen=True)
class HourLine:
    """One hour in the table: what was counted, what was typed in. The key is for a new entry."""

    hour: int
    counted: int
    typed: int | None
    now: bool
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Door:
    """One site today."""

    site: Site
    total: int
    clicked: int
    hours: list[HourLine]
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class DoorPage:
    """Every site's door today."""

    date: date
    doors: list[Door]

    def of_site(self, pk: int) -> Door:
        return next(door for door in self.doors if door.site.pk == pk)


EARLIEST = 7


def door_page(centre: Centre, at: datetime) -> DoorPage:
    """The doors of today, with each hour that has begun from seven in the morning, or earlier if somebody came: two queries."""
    local = centre.local(at)
    found: dict[int, dict[int, Hour]] = {}
    for hour in passages_by_hour(centre, local.date(), local.date()):
        found.setdefault(hour.site_id, {})[hour.hour] = hour
    doors = []
    for site in centre.sites.filter(closed_on=None):
        hours = found.get(site.pk, {})
        first = min([EARLIEST, local.hour, *hours])
        lines = [
            HourLine(
                hour=number,
                counted=hours[number].counted if number in hours else 0,
                typed=hours[number].typed if number in hours else None,
                now=number == local.hour,
            )
            for number in range(first, local.hour + 1)
        ]
        doors.append(
            Door(
                site=site,
                total=sum(hour.count for hour in hours.values()),
                clicked=sum(hour.by_source.get("clicker", 0) for hour in hours.values()),
                hours=lines,
            )
        )
    return DoorPage(local.date(), doors)
