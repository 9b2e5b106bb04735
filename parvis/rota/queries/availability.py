"""What the page shows on which somebody says when they can come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from uuid import UUID, uuid4

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst

from parvis.accounts.models import User
from parvis.centres.models import Centre, OpeningHours
from parvis.rota.models import (
    DutySlot,
    HalfDay,
    Leave,
    Part,
    PatternHalfDay,
    RosterAnswer,
    RosterCall,
    Terms,
    Wish,
    WorkingPattern,
)
from parvis.rota.queries.people import whom_to_ask
from parvis.rota.queries.wishes import Said, said

Weeks = WorkingPattern.Weeks
AHEAD = 6 * 7  # days that are shown while nobody asks about a period
POSSIBLE = (Wish.PREFERS, Wish.CAN, Wish.RATHER_NOT)
NOON, EVENING = time(12), time(17)


@dataclass(frozen=True)
class Cell:
    """One part of a weekday, and the answer given for it."""

    weekday: int
    part: Part
    weeks: Weeks
    wish: Wish | None
    every: Wish | None  # what is said for every week, where this is about odd or even ones

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"u.{self.weeks}.{self.weekday}.{self.part}"

    @property
    def label(self) -> str:
        """“Monday, morning”."""
        return f"{capfirst(str(WEEKDAYS[self.weekday]))}, {self.part.label}"


@dataclass(frozen=True)
class UsualDay:
    """One weekday of the ordinary week."""

    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class DateLine:
    """One half-day of the calendar, and the answer that counts for it."""

    half_day: HalfDay
    wish: Wish | None
    own: bool  # said for this date; else it comes from the usual week
    away: bool  # on leave

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"d.{self.half_day.pk}"


@dataclass(frozen=True)
class Week:
    """A week of half-days."""

    monday: date
    lines: list[DateLine]

    def holds(self, day: date | None) -> bool:
        """Whether ``day`` lies in it."""
        return day is not None and self.monday <= day < self.monday + timedelta(days=7)

    @property
    def possible(self) -> int:
        """On how many of them the person could come."""
        return sum(line.wish in POSSIBLE for line in self.lines)


@dataclass(frozen=True)
class Asked:
    """A roster call that is open, and what the person answered."""

    call: RosterCall
    answer: RosterAnswer | None


@dataclass(frozen=True)
class LeaveLine:
    """Days on which they do not come, and on how many half-days of these they are on duty."""

    leave: Leave
    duties: int


@dataclass(frozen=True)
class Availability:
    """The whole page. ``weeks``: of which weeks the usual days are."""

    person: User
    terms: Terms | None
    usual: list[UsualDay]
    weeks: Weeks
    first: date
    last: date
    dates: list[Week]
    calls: list[Asked]
    leaves: list[LeaveLine]
    ask: list[str]
    leave_key: UUID


def availability(centre: Centre, person: User, today: date, weeks: Weeks = Weeks.EVERY) -> Availability:
    """All that one person says about when they can come: at most 16 queries."""
    calls = open_calls(centre, person, today)
    first, last = _shown(calls, today)
    words = said(centre, [person.pk], first, last)
    spoken = words.get(person.pk, Said())
    terms = Terms.objects.filter(centre=centre, person=person).prefetch_related("themes", "learning").first()
    return Availability(
        person=person,
        terms=terms,
        usual=usual_week(centre, spoken, today, weeks),
        weeks=weeks,
        first=first,
        last=last,
        dates=dated(centre, spoken, first, last),
        calls=calls,
        leaves=leaves(centre, person, today),
        ask=whom_to_ask(centre, person.pk, today),
        leave_key=uuid4(),
    )


def one_week(centre: Centre, person: User, today: date, day: date) -> Week | None:
    """The week of ``day`` as the page shows it, where it has half-days: at most seven queries."""
    calls = open_calls(centre, person, today)
    monday = day - timedelta(days=day.weekday())
    first, last = _shown(calls, today)
    first, last = max(first, monday), min(last, monday + timedelta(days=6))
    spoken = said(centre, [person.pk], first, last).get(person.pk, Said())
    return next(iter(dated(centre, spoken, first, last)), None)


def _shown(calls: list[Asked], today: date) -> tuple[date, date]:
    """The days of the page: those that open calls ask about, else the next weeks."""
    first = max(today, min((one.call.first_day for one in calls), default=today))
    return first, max((one.call.last_day for one in calls), default=today + timedelta(days=AHEAD))


def open_calls(centre: Centre, person: User, today: date) -> list[Asked]:
    """The roster calls that are open, the first period first, with the person’s answers: two queries."""
    calls = RosterCall.objects.filter(centre=centre, closed_at=None, last_day__gte=today).order_by(
        "first_day"
    )
    answers = RosterAnswer.objects.filter(person=person, call__centre=centre, call__closed_at=None)
    by_call = {one.call_id: one for one in answers}
    return [Asked(call, by_call.get(call.pk)) for call in calls]


def usual_week(centre: Centre, spoken: Said, today: date, weeks: Weeks) -> list[UsualDay]:
    """Each part of each weekday on which somebody is needed, or about which something was said: one or two queries."""
    places = parts_of_the_week(centre, today) | {(day, Part(part)) for day, part, _weeks in spoken.pattern}
    order = list(Part)
    cells = [
        Cell(
            weekday,
            part,
            weeks,
            spoken.pattern.get((weekday, part, weeks)),
            spoken.pattern.get((weekday, part, Weeks.EVERY)),
        )
        for weekday, part in sorted(places, key=lambda place: (place[0], order.index(place[1])))
    ]
    return [
        UsualDay(capfirst(str(WEEKDAYS[weekday])), list(here))
        for weekday, here in groupby(cells, key=lambda cell: cell.weekday)
    ]


def parts_of_the_week(centre: Centre, today: date) -> set[tuple[int, Part]]:
    """The weekdays and parts of the seasons that have not ended; else those in which a site opens: one or two queries."""
    seasons = PatternHalfDay.objects.filter(season__centre=centre).exclude(season__valid_to__lte=today)
    if found := {(weekday, Part.of(starts)) for weekday, starts in seasons.values_list("weekday", "starts")}:
        return found
    hours = OpeningHours.objects.filter(site__centre=centre).values_list("weekday", "opens", "closes")
    return {(weekday, part) for weekday, opens, closes in hours for part in _parts(opens, closes)}


def _parts(opens: time, closes: time) -> Iterable[Part]:
    """The parts of the day that a stretch reaches into."""
    if opens < NOON:
        yield Part.MORNING
    if opens < EVENING and closes > time(14):
        yield Part.AFTERNOON
    if closes > time(18, 30):
        yield Part.EVENING


def dated(centre: Centre, spoken: Said, first: date, last: date) -> list[Week]:
    """The half-days on which somebody is needed, by week: one query."""
    rows = HalfDay.objects.filter(centre=centre).filter(needs__isnull=False).distinct().between(first, last)
    lines = [date_line(row, spoken) for row in rows]
    by_week = groupby(
        lines, key=lambda line: line.half_day.date - timedelta(days=line.half_day.date.weekday())
    )
    return [Week(monday, list(here)) for monday, here in by_week]


def date_line(half_day: HalfDay, spoken: Said) -> DateLine:
    """The answer that counts for one half-day, and where it comes from."""
    away = spoken.on_leave(half_day.date, half_day.part)
    return DateLine(half_day, spoken.about(half_day), own=half_day.pk in spoken.dates, away=away)


def leaves(centre: Centre, person: User, today: date) -> list[LeaveLine]:
    """Leaves that have not ended, and how often the person is on duty in them: two queries."""
    rows = list(Leave.objects.filter(centre=centre, person=person, last_day__gte=today))
    if not rows:
        return []
    duties = [
        (slot.half_day.date, slot.half_day.part)
        for slot in DutySlot.objects.standing()
        .filter(centre=centre, person=person, half_day__date__gte=today)
        .select_related("half_day")
    ]
    return [
        LeaveLine(
            row,
            sum(row.first_day <= day <= row.last_day and row.part in ("", part) for day, part in duties),
        )
        for row in rows
    ]
