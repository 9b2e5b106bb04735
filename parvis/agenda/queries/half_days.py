"""Half-days on which a class can come: rooms that together hold it are free, and so is somebody who leads workshops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from parvis.agenda.models import AgendaSettings, Booking, ClassVisit, PartOfDay, Room
from parvis.agenda.queries.leading import COMING, leading_during
from parvis.centres.models import Centre
from parvis.partners.on_duty import Stretch, on_duty

HOURS = {PartOfDay.MORNING: (time(9), time(12)), PartOfDay.AFTERNOON: (time(13, 30), time(16, 30))}
LEAST = timedelta(minutes=90)  # of a half-day that somebody is on duty
WEEKS = 10
MOST = 12
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class HalfDay:
    """One half-day as it stands: rooms that are free, the keys of the people who are, for how many pupils there is place."""

    day: date
    part: PartOfDay
    begins: datetime
    ends: datetime
    rooms: tuple[Room, ...]
    people: tuple[int, ...]
    pupils: int
    shared: bool = False  # another class comes then

    @property
    def key(self) -> str:
        """As a form sends it."""
        return f"{self.day.isoformat()}/{self.part.value}"

    def holds(self, pupils: int) -> bool:
        """Whether a class of that size can come then."""
        return bool(self.people) and self.pupils >= pupils and bool(self.rooms_for(pupils))

    def rooms_for(self, pupils: int) -> tuple[Room, ...]:
        """The fewest free rooms of one place that together hold the class, the largest first; none: they do not."""
        by_site: dict[int, list[Room]] = defaultdict(list)
        for room in sorted(self.rooms, key=lambda one: (-one.places, one.pk)):
            by_site[room.space.site_id].append(room)
        found = [chosen for rooms in by_site.values() if (chosen := _enough(rooms, pupils))]
        return min(found, key=len, default=())


@dataclass(frozen=True)
class _House:
    """Everything that is booked, planned and on duty in a stretch of days."""

    centre: Centre
    size: int
    rooms: list[Room]
    bookings: list[Booking]
    classes: list[tuple[datetime, datetime, int]]  # with how many pupils
    leading: list[tuple[int, datetime, datetime]]
    duties: list[Stretch]


def span_of(centre: Centre, day: date, part: PartOfDay) -> Span:
    """When a half-day begins and ends there."""
    begins, ends = HOURS[part]
    return datetime.combine(day, begins, centre.zone), datetime.combine(day, ends, centre.zone)


def rules_of(centre: Centre) -> AgendaSettings:
    """How a centre runs its agenda, as usual where it said nothing; no query where they came with the centre."""
    try:
        return centre.agenda_settings
    except AgendaSettings.DoesNotExist:
        return AgendaSettings(centre=centre)


def first_day(centre: Centre, at: datetime) -> date:
    """The first day on which a class that asks now can come: one query."""
    rules = rules_of(centre)
    return centre.local_day(at) + timedelta(days=max(1, rules.class_notice_days))


def free_half_days(
    centre: Centre, *, pupils: int, first: date, weeks: int = WEEKS, most: int = MOST
) -> list[HalfDay]:
    """The next half-days that hold a class of that size: six queries, and what the rota needs."""
    days = [first + timedelta(days=number) for number in range(weeks * 7)]
    house = _house(centre, days[0], days[-1])
    found: list[HalfDay] = []
    for day in days:
        for part in PartOfDay:
            if len(found) < most and (one := _half_day(house, day, part)).holds(pupils):
                found.append(one)
    return found


def in_order(half_day: tuple[date, str]) -> tuple[date, bool]:
    """The order of time: a morning comes before its afternoon."""
    return half_day[0], half_day[1] != PartOfDay.MORNING.value


def look_ahead(
    centre: Centre, asked: Collection[tuple[date, str]], *, pupils: int, first: date, besides: ClassVisit
) -> tuple[list[HalfDay], list[HalfDay]]:
    """How the half-days that were asked for stand, and some others from ``first`` on that hold the class: five queries."""
    until = first + timedelta(days=WEEKS * 7)
    days = [day for day, _part in asked]
    house = _house(centre, min([first, *days]), max([until, *days]), besides)
    stand = [_half_day(house, day, PartOfDay(part)) for day, part in sorted(asked, key=in_order)]
    every = (
        _half_day(house, first + timedelta(days=number), part)
        for number in range(WEEKS * 7)
        for part in PartOfDay
    )
    others = (one for one in every if (one.day, one.part) not in asked and one.holds(pupils))
    return stand, list(islice(others, MOST // 2))


def look_at(
    centre: Centre, asked: Collection[tuple[date, str]], *, besides: ClassVisit | None = None
) -> list[HalfDay]:
    """How these half-days stand, whether a class can come or not: six queries, and what the rota needs."""
    if not asked:
        return []
    days = [day for day, _part in asked]
    house = _house(centre, min(days), max(days), besides)
    return [_half_day(house, day, PartOfDay(part)) for day, part in sorted(asked, key=in_order)]


def _house(centre: Centre, first: date, last: date, besides: ClassVisit | None = None) -> _House:
    begins, ends = centre.bounds(first)[0], centre.bounds(last)[1]
    rules = rules_of(centre)
    rooms = Room.objects.filter(space__site__centre=centre, closed_on=None).select_related("space__site")
    bookings = Booking.objects.during(begins, ends).filter(room__space__site__centre=centre)
    classes = ClassVisit.objects.filter(
        centre=centre, state__in=COMING, begins_at__lt=ends, ends_at__gt=begins
    )
    leading = leading_during(begins, ends).select_related("session", "visit")
    if besides is not None:
        bookings, classes = bookings.exclude(visit=besides), classes.exclude(pk=besides.pk)
        leading = leading.exclude(visit=besides)
    duties = [one for one in on_duty(centre=centre, begins=begins, ends=ends) if one.facilitates]
    there = {one.person for one in duties}
    return _House(
        centre,
        rules.class_size,
        list(rooms),
        list(bookings),
        [(one.begins_at, one.ends_at, one.pupils) for one in classes if one.begins_at and one.ends_at],
        [
            (one.person_id, owner.begins_at, owner.ends_at)
            for one in leading.filter(person__in=there)
            if one.person_id and (owner := one.session or one.visit) and owner.begins_at and owner.ends_at
        ],
        duties,
    )


def _half_day(house: _House, day: date, part: PartOfDay) -> HalfDay:
    begins, ends = span_of(house.centre, day, part)
    taken = {one.room_id for one in house.bookings if one.begins_at < ends and one.ends_at > begins}
    open_rooms = (one for one in house.rooms if one.space.closed_on is None or one.space.closed_on > day)
    others = [pupils for start, end, pupils in house.classes if start < ends and end > begins]
    busy = {person for person, start, end in house.leading if start < ends and end > begins}
    people = dict.fromkeys(person for person in _on_duty(house, begins, ends) if person not in busy)
    return HalfDay(
        day,
        part,
        begins,
        ends,
        rooms=tuple(one for one in open_rooms if one.pk not in taken),
        people=tuple(people),
        pupils=max(0, house.size - sum(others)),
        shared=bool(others),
    )


def _on_duty(house: _House, begins: datetime, ends: datetime) -> Iterator[int]:
    for one in house.duties:
        if min(one.ends, ends) - max(one.begins, begins) >= LEAST:
            yield one.person


def _enough(rooms: list[Room], pupils: int) -> tuple[Room, ...]:
    """The smallest room that holds them, else rooms from the largest on until they do."""
    if alone := [room for room in rooms if room.places >= pupils]:
        return (alone[-1],)
    chosen: list[Room] = []
    for room in rooms:
        chosen.append(room)
        if sum(one.places for one in chosen) >= pupils:
            return tuple(chosen)
    return ()
