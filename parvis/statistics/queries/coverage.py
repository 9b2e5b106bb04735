"""Who came for what and when, beside the seats that were planned: what the next season's needs are made of.

A half-day is a weekday's part (morning, afternoon, evening). Only whole weeks that are over are read, so two pages never differ by one
visitor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from math import ceil
from typing import NamedTuple

from django.db.models import F

from parvis.centres.models import Centre, Theme
from parvis.reception.models import Period, State
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Part, Terms
from parvis.statistics.queries.waits import Taken, Waits, tickets_taken, waits_of

BUSY = 0.8  # seats are enough on four half-days of five
TALKING = 0.8  # of a half-day: the rest is coding, a pause, a word with a colleague
USUAL_TALK = 25  # minutes, where no talk of a theme was timed
EARLY = timedelta(minutes=30)  # whoever comes so long before a half-day begins comes for it
WEEKS = (4, 13, 26, 52)


class Place(NamedTuple):
    """A half-day of the week."""

    weekday: int
    part: Part


@dataclass(frozen=True)
class Line:
    """One theme at one half-day of the week, over the period."""

    theme: Theme
    place: Place
    days: int  # how many such half-days there were
    people: float  # arrivals on an average one: called, gone before, or not there when called
    busy: int  # arrivals that four in five did not pass
    waits: Waits
    seats: float | None  # seats held or planned on an average one; None where no rota was published
    minutes: int  # of such a half-day
    wanted: int  # what the arrivals ask for


@dataclass(frozen=True)
class Spoken:
    """One language: arrivals in it, and on how many of the half-days with such arrivals somebody on duty spoke it."""

    code: str
    people: int
    half_days: int
    covered: int | None  # None where no rota was published


@dataclass(frozen=True)
class Coverage:
    """Arrivals beside seats, of whole weeks."""

    first: date
    last: date
    weeks: int
    lines: list[Line]
    languages: list[Spoken]
    talk: dict[int, int]  # theme -> median minutes of its talks
    planned: bool  # whether a rota was published for any of it


@dataclass
class _Gathered:
    """Counts while the rows are read."""

    people: dict[tuple[int, Place], Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    tickets: dict[tuple[int, Place], list[Taken]] = field(default_factory=lambda: defaultdict(list))
    days: dict[Place, set[date]] = field(default_factory=lambda: defaultdict(set))
    languages: dict[str, Counter[tuple[date, Part]]] = field(default_factory=lambda: defaultdict(Counter))


def weeks_until(today: date, weeks: int) -> tuple[date, date]:
    """The last ``weeks`` whole weeks before the one of ``today``: a Monday and a Sunday."""
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=weeks), monday - timedelta(days=1)


def seats_wanted(people: int, talk: int, minutes: int) -> int:
    """Seats at which so many talks of ``talk`` minutes fit into a half-day; 0 for nobody."""
    return ceil(people * talk / (minutes * TALKING)) if people else 0


def coverage(centre: Centre, first: date, last: date) -> Coverage:
    """The period from ``first`` to ``last``, whole weeks: eight SQL queries, six where no rota was published."""
    themes = {theme.pk: theme for theme in centre.themes.open_on(last)}
    half_days = list(HalfDay.objects.filter(centre=centre).between(first, last))
    found = _gather(tickets_taken(centre, first, last), half_days)
    seats = _seats(centre, first, last)
    talk = _talks(centre, first, last)
    lengths = _lengths(half_days)
    planned = bool(seats)
    lines = [
        _line(themes[theme], place, found, seats, talk, lengths)
        for theme in themes
        for place in sorted(found.days, key=_order)
    ]
    spoken = _languages(found, _speakers(centre, first, last) if planned else None)
    weeks = ((last - first).days + 1) // 7
    return Coverage(
        first, last, weeks, [one for one in lines if one.people or one.seats], spoken, talk, planned
    )


def _order(place: Place) -> tuple[int, int]:
    return place.weekday, list(Part).index(place.part)


def _gather(tickets: Iterable[Taken], half_days: list[HalfDay]) -> _Gathered:
    found = _Gathered()
    of_day: dict[date, list[HalfDay]] = defaultdict(list)
    for half_day in half_days:
        of_day[half_day.date].append(half_day)
        found.days[Place(half_day.date.weekday(), half_day.part)].add(half_day.date)
    for ticket in tickets:
        part = _part(ticket, of_day[ticket.date])
        place = Place(ticket.date.weekday(), part)
        found.days[place].add(ticket.date)
        found.tickets[ticket.theme, place].append(ticket)
        if ticket.units:  # whoever went without having been called came, too
            found.people[ticket.theme, place][ticket.date] += 1
            found.languages[ticket.language][ticket.date, part] += 1
    return found


def _part(ticket: Taken, half_days: list[HalfDay]) -> Part:
    """The half-day that somebody came for: the last that had begun, or was soon to."""
    begun = [one for one in half_days if _earlier(one.starts) <= ticket.at]
    return begun[-1].part if begun else Part.of(ticket.at)


def _earlier(starts: time) -> time:
    minutes = max(0, starts.hour * 60 + starts.minute - int(EARLY.total_seconds() // 60))
    return time(minutes // 60, minutes % 60)


def _line(
    theme: Theme,
    place: Place,
    found: _Gathered,
    seats: dict[tuple[int, Place], Counter[date]],
    talk: dict[int, int],
    lengths: dict[Place, int],
) -> Line:
    days = found.days[place]
    people = found.people[theme.pk, place]
    ranked = sorted(people[day] for day in days)
    busy = ranked[ceil(BUSY * len(ranked)) - 1] if ranked else 0
    minutes = lengths.get(place, 210)
    held = seats.get((theme.pk, place))
    return Line(
        theme=theme,
        place=place,
        days=len(days),
        people=sum(ranked) / len(days) if days else 0.0,
        busy=busy,
        waits=waits_of(found.tickets[theme.pk, place]),
        seats=sum(held.values()) / len(days) if held and days else (0.0 if seats else None),
        minutes=minutes,
        wanted=seats_wanted(busy, talk.get(theme.pk, USUAL_TALK), minutes),
    )


def _seats(centre: Centre, first: date, last: date) -> dict[tuple[int, Place], Counter[date]]:
    """Seats of advice that stood in the published rota, by theme and half-day of the week, and day."""
    rows = (
        DutySlot.objects.standing()
        .between(first, last)
        .filter(centre=centre, duty=DutyKind.ADVICE, theme__isnull=False)
        .values_list("theme", "half_day__date", "half_day__starts")
    )
    found: dict[tuple[int, Place], Counter[date]] = defaultdict(Counter)
    for theme, day, starts in rows:
        found[theme, Place(day.weekday(), Part.of(starts))][day] += 1
    return dict(found)


def _talks(centre: Centre, first: date, last: date) -> dict[int, int]:
    """Minutes that half of a theme's talks did not pass."""
    rows = Period.objects.filter(
        ticket__centre=centre,
        ticket__date__range=(first, last),
        state=State.INTERVIEW,
        undone_at=None,
        ended_at__isnull=False,
    ).values_list("theme", F("ended_at") - F("started_at"))
    lasted: dict[int, list[float]] = defaultdict(list)
    for theme, length in rows:
        lasted[theme].append(length.total_seconds() / 60)
    return {theme: max(1, round(sorted(some)[(len(some) - 1) // 2])) for theme, some in lasted.items()}


def _lengths(half_days: list[HalfDay]) -> dict[Place, int]:
    """Minutes of each half-day of the week: those of its last one."""
    return {
        Place(one.date.weekday(), one.part): (one.ends.hour - one.starts.hour) * 60
        + one.ends.minute
        - one.starts.minute
        for one in half_days
    }


def _speakers(centre: Centre, first: date, last: date) -> dict[tuple[date, Part], set[str]]:
    """The languages that somebody on duty spoke, by half-day."""
    spoken = dict(Terms.objects.filter(centre=centre).values_list("person", "languages"))
    rows = DutySlot.objects.standing().between(first, last).filter(centre=centre, duty=DutyKind.ADVICE)
    found: dict[tuple[date, Part], set[str]] = defaultdict(set)
    for person, day, starts in rows.values_list("person", "half_day__date", "half_day__starts"):
        found[day, Part.of(starts)] |= set(spoken.get(person, ()))
    return found


def _languages(found: _Gathered, speakers: dict[tuple[date, Part], set[str]] | None) -> list[Spoken]:
    lines = [
        Spoken(
            code,
            sum(came.values()),
            len(came),
            None if speakers is None else sum(code in speakers.get(when, ()) for when in came),
        )
        for code, came in found.languages.items()
    ]
    return sorted(lines, key=lambda one: (-one.people, one.code))
