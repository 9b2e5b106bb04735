"""The programme between two days as the staff reads it: sessions with their rooms and who leads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q

from parvis.agenda.models import Booking, ClassVisit, Event, Facilitation, Room, Session
from parvis.agenda.models.sessions import SessionQuerySet
from parvis.agenda.queries.sight import Sight
from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.centres.queries.opening import Opening, openings
from parvis.shared.plain import plain

MOST_WORDS = 80  # of a search
NOT_SURE = (ClassVisit.State.ASKED, ClassVisit.State.CANCELLED)
ONLINE = "online"  # instead of a room: those that one can join from elsewhere


@dataclass(frozen=True)
class Asked:
    """What is shown; empty means anything. ``state`` is an event's, or "cancelled" or "held" of a session; ``room`` a key, or "online"."""

    search: str = ""
    kind: str = ""
    theme: str = ""
    state: str = ""
    room: str = ""
    mine: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Asked()


@dataclass(frozen=True)
class Choices:
    """What can be asked for: the centre's kinds of events, themes and rooms."""

    kinds: list[Code]
    themes: list[Theme]
    rooms: list[Room]


@dataclass(frozen=True)
class Line:
    """One session, its rooms, and who leads it as far as the reader may know them."""

    session: Session
    rooms: list[Room]
    names: list[str]
    unknown: int  # who lead it, too, and whom the reader does not know
    mine: bool
    begins: datetime  # on the centre's clock
    ends: datetime

    @property
    def event(self) -> Event:
        """What it is."""
        return self.session.event

    @property
    def day(self) -> date:
        """On which day it begins."""
        return self.begins.date()

    @property
    def draft(self) -> bool:
        """Whether it is not published."""
        return self.event.state in (Event.State.DRAFT, Event.State.REVIEW)

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.session.state == Session.State.CANCELLED

    @property
    def movable(self) -> bool:
        """Whether it can still be put elsewhere."""
        return self.session.state == Session.State.PLANNED


@dataclass(frozen=True)
class ClassLine:
    """A class that comes, and the rooms that it has where they were asked for."""

    visit: ClassVisit
    begins: datetime  # on the centre's clock
    ends: datetime
    rooms: list[Room]


@dataclass(frozen=True)
class Day:
    """One day of the programme: the hours of the centre's main site, and what takes place."""

    date: date
    lines: list[Line]
    opening: Opening | None
    classes: list[ClassLine] = field(default_factory=list)

    @property
    def closed(self) -> str:
        """Why the centre is closed, where a holiday or an exception says so."""
        return (
            self.opening.reason or self.opening.holiday if self.opening and not self.opening.is_open else ""
        )


@dataclass(frozen=True)
class Lane:
    """One room through some days, or where it is in none: what takes place in it on each."""

    room: Room | None
    cells: list[tuple[Day, list[Line], list[ClassLine]]]


def by_room(rooms: Iterable[Room], days: Iterable[Day]) -> list[Lane]:
    """Each room with what is in it, then what is in none of them: online, elsewhere, or not said yet."""
    every, known = list(days), list(rooms)
    taken = [line.rooms for day in every for line in day.lines] + [
        one.rooms for day in every for one in day.classes
    ]
    used = dict.fromkeys(room for some in taken for room in some)
    lanes = [
        Lane(room, [_in_room(room, day) for day in every])
        for room in [*known, *(one for one in used if one not in known)]
    ]
    return [*lanes, Lane(None, [_in_room(None, day) for day in every])]


def _in_room(room: Room | None, day: Day) -> tuple[Day, list[Line], list[ClassLine]]:
    """What takes place in ``room`` on ``day``; in none of them where none is said."""
    return (
        day,
        [one for one in day.lines if (room in one.rooms if room else not one.rooms)],
        [one for one in day.classes if (room in one.rooms if room else not one.rooms)],
    )


def choices(centre: Centre, day: date) -> Choices:
    """What the filters offer: three queries."""
    kinds = Code.objects.filter(centre=centre, list=CodeList.EVENT_KIND).open_on(day)
    return Choices(list(kinds), list(Theme.objects.filter(centre=centre).open_on(day)), rooms_of(centre))


def rooms_of(centre: Centre) -> list[Room]:
    """The rooms that are not closed for good, as the centre orders its spaces: one query."""
    found = Room.objects.filter(space__site__centre=centre, space__closed_on=None, closed_on=None)
    return list(found.select_related("space__site").order_by("space__site", "space", "pk"))


def lines(centre: Centre, first: date, last: date, asked: Asked, sight: Sight) -> list[Line]:
    """Sessions that take place between two days inclusive, in the order of time: four queries, five with a search."""
    begins, ends = centre.bounds(first)[0], centre.bounds(last)[1]
    found = Session.objects.filter(centre=centre).between(begins, ends)
    return read(narrowed(found, centre, asked, sight), centre, sight)


def narrowed(found: SessionQuerySet, centre: Centre, asked: Asked, sight: Sight) -> SessionQuerySet:
    """Those of ``found`` that are asked for and that the reader may see."""
    found = found.filter(sight.sessions(), *_wanted(asked, sight))
    if words := plain(asked.search.strip()[:MOST_WORDS]):
        known = Event.objects.filter(centre=centre, sessions__in=found.order_by()).distinct()
        fits = [one.pk for one in known.only("title", "summary") if words in plain(every_word(one))]
        found = found.filter(event__in=fits)
    return found


def read(found: SessionQuerySet, centre: Centre, sight: Sight) -> list[Line]:
    """The lines of some sessions: four queries."""
    rows = list(found.select_related("event__kind", "site").prefetch_related("event__themes"))
    keys = [one.pk for one in rows]
    rooms: dict[int, list[Room]] = {key: [] for key in keys}
    for booked in Booking.objects.filter(session__in=keys, room__isnull=False).select_related("room__space"):
        if booked.room and booked.session_id:
            rooms[booked.session_id].append(booked.room)
    leads: dict[int, list[Facilitation]] = {key: [] for key in keys}
    for one in Facilitation.objects.filter(session__in=keys).select_related("person").order_by("pk"):
        if one.session_id:
            leads[one.session_id].append(one)
    return [_line(one, centre, rooms, leads, sight) for one in rows]


def classes(centre: Centre, first: date, last: date, sight: Sight, *, rooms: bool) -> list[ClassLine]:
    """Classes for whom a date is kept between two days inclusive: one query, two with their ``rooms``. The team sees them."""
    if not sight.everybody:
        return []
    begins, ends = centre.bounds(first)[0], centre.bounds(last)[1]
    found = ClassVisit.objects.filter(centre=centre, begins_at__lt=ends, ends_at__gt=begins)
    rows = list(found.exclude(state__in=NOT_SURE).order_by("begins_at", "pk"))
    has: dict[int, list[Room]] = {one.pk: [] for one in rows}
    booked = Booking.objects.filter(visit__in=list(has), room__isnull=False).select_related("room__space")
    for one in booked if rooms else ():
        if one.room and one.visit_id:
            has[one.visit_id].append(one.room)
    return [
        ClassLine(one, centre.local(one.begins_at), centre.local(one.ends_at), has[one.pk])
        for one in rows
        if one.begins_at and one.ends_at
    ]


def days(
    centre: Centre, first: date, last: date, found: Iterable[Line], coming: Iterable[ClassLine] = ()
) -> list[Day]:
    """Each day from ``first`` to ``last`` inclusive with what begins on it, or goes on from before, and classes: three queries."""
    of_classes: dict[date, list[ClassLine]] = {}
    for one in coming:
        of_classes.setdefault(one.begins.date(), []).append(one)
    site = centre.sites.filter(closed_on=None).first()
    hours = {one.day: one for one in openings([site], centre, first, last)[site.pk]} if site else {}
    of_day: dict[date, list[Line]] = {}
    for line in found:
        until = (line.ends - timedelta(seconds=1)).date()
        for n in range((min(until, last) - max(line.day, first)).days + 1):
            of_day.setdefault(max(line.day, first) + timedelta(days=n), []).append(line)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [Day(day, of_day.get(day, []), hours.get(day), of_classes.get(day, [])) for day in every]


def _wanted(asked: Asked, sight: Sight) -> Iterable[Q]:
    if asked.kind:
        yield Q(event__kind__key=asked.kind)
    if asked.theme:
        yield Q(event__themes__key=asked.theme)
    if asked.state in (Session.State.CANCELLED, Session.State.HELD):
        yield Q(state=asked.state)
    elif asked.state:
        yield Q(event__state=asked.state)
    if asked.room == ONLINE:
        yield ~Q(link="")
    elif asked.room.isdecimal():
        yield Q(bookings__room=int(asked.room))
    if asked.mine:
        yield Q(facilitations__person=sight.person)


def every_word(event: Event) -> str:
    """Its title and summary in all their languages, to search in."""
    texts = [
        text.data.values() if isinstance(text.data, dict) else [str(text)]
        for text in (event.title, event.summary)
    ]
    return " ".join(str(one or "") for some in texts for one in some)


def _line(
    session: Session,
    centre: Centre,
    rooms: Mapping[int, list[Room]],
    leads: Mapping[int, list[Facilitation]],
    sight: Sight,
) -> Line:
    known = [one for one in leads[session.pk] if one.person and sight.knows(one)]
    return Line(
        session,
        rooms[session.pk],
        [one.person.name for one in known if one.person],
        len(leads[session.pk]) - len(known),
        any(one.person_id == sight.person.pk for one in known),
        centre.local(session.begins_at),
        centre.local(session.ends_at),
    )
