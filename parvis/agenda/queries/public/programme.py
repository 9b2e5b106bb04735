"""Sessions by day, as everybody reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from parvis.agenda.models import Event, Registration, Session, Where
from parvis.agenda.queries.public.filters import Wanted
from parvis.agenda.queries.where import rooms_ahead
from parvis.centres.models import Centre, Code, CodeList, Theme

A_YEAR = timedelta(days=370)  # how far ahead is searched and told
MOST_FOUND, MOST_IN_A_MONTH = 30, 150  # sessions on a page, so that it stays light
LISTS = (CodeList.EVENT_KIND, CodeList.AUDIENCE, CodeList.SECTOR)


@dataclass(frozen=True)
class Line:
    """One session. ``day``: the one under which it stands; ``begins`` and ``ends`` on the centre's clock."""

    session: Session
    day: date
    begins: datetime
    ends: datetime
    rooms: list[str]
    over: bool

    @property
    def event(self) -> Event:
        return self.session.event

    @property
    def themes(self) -> list[Theme]:
        return list(self.event.themes.all())

    @property
    def cancelled(self) -> bool:
        return self.session.state == Session.State.CANCELLED

    @property
    def on_site(self) -> bool:
        return self.session.site_id is not None or bool(self.session.elsewhere)

    @property
    def last_day(self) -> date:
        """Its last day: one that ends at midnight does not touch the next."""
        return (self.ends - timedelta(seconds=1)).date()

    @property
    def registers(self) -> bool:
        """Whether one keeps a place beforehand."""
        return self.event.registration != Registration.NONE and not (self.cancelled or self.over)

    @property
    def left_by_way(self) -> dict[str, int | None]:
        """Places that nobody has yet, by how one takes part; none: no limit."""
        session = self.session
        ways: dict[str, int | None] = {Where.ROOM: session.room_left} if self.on_site else {}
        return ways | ({Where.ONLINE: session.online_left} if session.is_online else {})

    @property
    def left(self) -> int | None:
        """Places that nobody has yet, wherever one takes part; none: no limit."""
        ways = self.left_by_way.values()
        counted = [one for one in ways if one is not None]
        return sum(counted) if ways and len(counted) == len(ways) else None

    @property
    def full(self) -> bool:
        return self.registers and self.left == 0


@dataclass(frozen=True)
class Choices:
    """What the programme can be filtered by: only what something ahead has."""

    themes: list[Theme]
    kinds: list[Code]
    audiences: list[Code]
    sectors: list[Code]


@dataclass(frozen=True)
class Month:
    """A month of the programme, or everything ahead that words were found in."""

    first: date
    days: list[tuple[date, list[Line]]]
    before: date | None
    after: date | None
    more: bool = False  # found, but too many to show

    @property
    def weeks(self) -> list[list[tuple[date, list[Line]]]]:
        """The month's days in weeks from Monday on, with days of other months empty."""
        held, start = dict(self.days), self.first - timedelta(days=self.first.weekday())
        weeks = []
        while start < next_month(self.first):
            days = [start + timedelta(days=n) for n in range(7)]
            weeks.append([(day, held.get(day, []) if day.month == self.first.month else []) for day in days])
            start += timedelta(days=7)
        return weeks


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_said(said: str, today: date) -> date | None:
    """The first day of a month written as “2026-12”; none for what is no month, or too far away."""
    try:
        year, month = (int(part) for part in said.split("-"))
        found = date(year, month, 1)
    except ValueError:
        return None
    return found if today.year - 20 <= found.year <= today.year + 5 else None


def month_of(centre: Centre, first: date, wanted: Wanted, at: datetime) -> Month:
    """A month from ``first`` on: five queries. Of the present month, what is not over yet; with words, a year ahead."""
    today = centre.local_day(at)
    this = today.replace(day=1)
    begins = at if first == this else centre.bounds(first)[0]
    ends = centre.bounds(next_month(first))[0]
    if wanted.q:
        begins, ends = at, at + A_YEAR
    rows = sessions_between(centre, begins, ends, wanted, at)
    most = MOST_FOUND if wanted.q else MOST_IN_A_MONTH
    lines = lines_of(centre, rows[:most], at)
    days: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        days[max(line.day, centre.local_day(begins))].append(line)
    more = Session.objects.public(at).filter(centre=centre, begins_at__gte=ends).exists()
    before = (first - timedelta(days=1)).replace(day=1) if first > this else None
    after = next_month(first) if more and not wanted.q else None
    shown = sorted(days.items())
    return Month(first, shown, None if wanted.q else before, after, more=len(rows) > most)


def whole_month(centre: Centre, first: date, at: datetime) -> list[Line]:
    """Every session of a month, those that are over too: four queries."""
    begins, ends = centre.bounds(first)[0], centre.bounds(next_month(first))[0]
    return lines_of(centre, sessions_between(centre, begins, ends, Wanted(), at), at)


def sessions_between(
    centre: Centre, begins: datetime, ends: datetime, wanted: Wanted, at: datetime
) -> list[Session]:
    """Published sessions that fit, in the order of time: four queries."""
    rows = whole(Session.objects.public(at).filter(centre=centre).between(begins, ends))
    return [one for one in rows if wanted.takes(one)]


def next_sessions(
    centre: Centre, at: datetime, *, days: int, most: int, theme: Theme | None = None
) -> list[Line]:
    """The next that take place within ``days``, today counted; cancelled ones left out: one query where there are none, else four."""
    ends = centre.bounds(centre.local_day(at) + timedelta(days=days))[0]
    rows = Session.objects.public(at).filter(centre=centre, state=Session.State.PLANNED)
    if theme is not None:
        rows = rows.filter(event__themes=theme)
    return lines_of(centre, whole(rows.between(at, ends)[:most]), at)


def whole(rows: QuerySet[Session]) -> list[Session]:
    """With what a reader is told of each: four queries."""
    held = rows.select_related("event__kind", "site", "centre").prefetch_related(
        Prefetch("event__themes", Theme.objects.order_by("position", "pk")),
        "event__codes",
        rooms_ahead(),
    )
    return list(held)


def lines_of(centre: Centre, sessions: Iterable[Session], at: datetime) -> list[Line]:
    """Sessions that were read ``whole``, as lines."""
    return [
        Line(
            session=one,
            day=centre.local_day(one.begins_at),
            begins=centre.local(one.begins_at),
            ends=centre.local(one.ends_at),
            rooms=[str(booking.room.space.name) for booking in one.bookings.all() if booking.room],
            over=one.ends_at <= at,
        )
        for one in sessions
    ]


def first_of_series(events: Iterable[int]) -> dict[int, UUID]:
    """By event, the identifier of its first session: one query. By it, calendars know sessions as one series."""
    rows = Session.objects.filter(event__in=set(events)).order_by("event", "-number", "-pk")
    return dict(rows.values_list("event", "uid"))


def choices_of(centre: Centre, at: datetime) -> Choices:
    """Themes, kinds, audiences and sectors of what is ahead: two queries."""
    ahead = Session.objects.public(at).filter(centre=centre, ends_at__gt=at).values("event")
    kinds = Event.objects.filter(pk__in=ahead).values("kind")
    codes = Code.objects.filter(Q(events__in=ahead) | Q(pk__in=kinds), list__in=LISTS).distinct()
    by_list: dict[str, list[Code]] = defaultdict(list)
    for code in codes.order_by("position", "pk"):
        by_list[code.list].append(code)
    themes = Theme.objects.filter(events__in=ahead).distinct().order_by("position", "pk")
    return Choices(list(themes), *(by_list[name] for name in LISTS))


def centres_with_a_programme() -> list[Centre]:
    """Every centre that has published an event, by name: one query."""
    published = Event.objects.filter(state=Event.State.PUBLISHED).values("centre")
    return list(Centre.objects.filter(pk__in=published).order_by("name"))
