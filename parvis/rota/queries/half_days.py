"""Which half-days the calendar should have: seasons, school holidays and opening times, held against what it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from parvis.centres.models import Centre, Site
from parvis.centres.queries.opening import Opening, Why, openings
from parvis.rota.models import DutySlot, HalfDay, Part, PatternHalfDay, SchoolHoliday, Season

During = Season.During
LONGEST = 400  # days that are made at once: a year and a month
Asked = tuple[
    str, int | None, int, tuple[tuple[str, int], ...], int | None
]  # duty, theme, seats, languages, room


@dataclass(frozen=True)
class HalfDayWanted:
    """One half-day as the season and the opening times have it."""

    date: date
    site: Site
    starts: time
    ends: time
    pattern: PatternHalfDay

    @property
    def part(self) -> Part:
        """The part of the day in which it begins."""
        return Part.of(self.starts)

    @property
    def needs(self) -> frozenset[Asked]:
        """Who is needed, without themes that are closed that day; the pattern's ``needs__theme`` must be loaded."""
        closed = {
            need.theme_id
            for need in self.pattern.needs.all()
            if need.theme and need.theme.valid_to and need.theme.valid_to <= self.date
        }
        return frozenset(need for need in asked(self.pattern) if need[1] not in closed)

    def is_like(self, half_day: HalfDay) -> bool:
        """Whether ``half_day`` says the same already; its ``needs`` must be loaded."""
        return (self._plain == (half_day.starts, half_day.ends, *_opened(half_day))) and (
            self.needs == asked(half_day)
        )

    @property
    def _plain(self) -> tuple[object, ...]:
        return (self.starts, self.ends, *_opened(self.pattern))


def _opened(one: HalfDay | PatternHalfDay) -> tuple[object, ...]:
    return one.unpopular, one.institutions_min, one.institutions_aim


def asked(one: HalfDay | PatternHalfDay) -> frozenset[Asked]:
    """The needs of a half-day, comparable."""
    return frozenset(
        (need.duty, need.theme_id, need.seats, tuple(sorted(need.languages.items())), need.space_id)
        for need in one.needs.all()
    )


@dataclass(frozen=True)
class Making:
    """What making the half-days of some days adds, changes and takes away, and what it leaves alone."""

    first: date
    last: date
    added: list[HalfDayWanted]
    changed: list[tuple[HalfDay, HalfDayWanted]]
    dropped: list[HalfDay]
    by_hand: list[HalfDay]  # left: somebody changed them
    on_duty: list[HalfDay]  # left: somebody is on duty, though the season has it otherwise
    same: int
    closed: list[Opening]  # days on which a site is closed for a reason, each once
    without_season: list[date]  # open days that no season covers

    @property
    def changes(self) -> bool:
        """Whether anything would be different."""
        return bool(self.added or self.changed or self.dropped)


def season_on(seasons: Iterable[Season], day: date, holiday: bool) -> Season | None:
    """The season in force: one for school time or holidays before one for always, then the one that began last."""
    wanted = During.HOLIDAYS if holiday else During.TERM
    here = [
        one
        for one in seasons
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
        if one.during in (wanted, During.ALWAYS)
    ]
    return max(here, key=lambda one: (one.during != During.ALWAYS, one.valid_from, one.pk), default=None)


def making(centre: Centre, first: date, last: date, today: date) -> Making:
    """What ``make_half_days`` would do between the two days, both included: eleven queries. Days before ``today`` stay."""
    first, last = max(first, today), min(last, max(first, today) + timedelta(days=LONGEST))
    wanted, closed, without = _wanted(centre, first, last) if first <= last else ([], [], [])
    here = list(
        HalfDay.objects.filter(centre=centre)
        .between(first, last)
        .select_related("site")
        .prefetch_related("needs")
    )
    slots = DutySlot.objects.filter(half_day__in=[one.pk for one in here])
    busy = set(slots.values_list("half_day", flat=True))
    found = Making(first, last, [], [], [], [], [], 0, closed, without)
    pairs, new, lone = _paired(here, wanted)
    same = 0
    for half_day, one in [*pairs, *((half_day, None) for half_day in lone)]:
        if one and one.is_like(half_day):
            same += 1
        elif half_day.by_hand:
            found.by_hand.append(half_day)
        elif half_day.pk in busy:
            found.on_duty.append(half_day)
        elif one:
            found.changed.append((half_day, one))
        else:
            found.dropped.append(half_day)
    found.added.extend(new)
    return Making(**{**found.__dict__, "same": same})


def _wanted(centre: Centre, first: date, last: date) -> tuple[list[HalfDayWanted], list[Opening], list[date]]:
    """Every half-day that the seasons and the opening times give, closed days with a reason, and open days without a season."""
    sites = {site.pk: site for site in centre.sites.all()}
    by_site = openings(sites.values(), centre, first, last)
    seasons = list(centre.seasons.prefetch_related("half_days__needs__theme"))
    off = school_days_off(centre, first, last)
    closed: dict[date, Opening] = {}
    without: set[date] = set()
    found = []
    for days in by_site.values():
        for opening in days:
            if not opening.is_open and opening.why in (Why.HOLIDAY, Why.EXCEPTION):
                closed.setdefault(opening.day, opening)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        season = season_on(seasons, day, day in off)
        if season is None and any(days[n].is_open for days in by_site.values()):
            without.add(day)
        for pattern in season.half_days.all() if season else []:
            if pattern.weekday == day.weekday() and (times := _times(pattern, by_site[pattern.site_id][n])):
                found.append(HalfDayWanted(day, sites[pattern.site_id], *times, pattern))
    return found, [closed[day] for day in sorted(closed)], sorted(without)


def _times(pattern: PatternHalfDay, opening: Opening) -> tuple[time, time] | None:
    """When a half-day lies on one day: as in the season, cut to the hours of a day that differs; None while closed."""
    overlaps = [
        (max(pattern.starts, one.opens), min(pattern.ends, one.closes))
        for one in opening.stretches
        if pattern.starts < one.closes and one.opens < pattern.ends
    ]
    if not overlaps:
        return None
    if opening.why != Why.EXCEPTION:
        return pattern.starts, pattern.ends
    return overlaps[0][0], overlaps[-1][1]


def school_days_off(centre: Centre, first: date, last: date) -> frozenset[date]:
    """The days between the two that lie in school holidays: one query."""
    rows = SchoolHoliday.objects.filter(centre=centre, first_day__lte=last, last_day__gte=first)
    return frozenset(
        day
        for row in rows
        for n in range((row.last_day - row.first_day).days + 1)
        if first <= (day := row.first_day + timedelta(days=n)) <= last
    )


Pairs = list[tuple[HalfDay, HalfDayWanted]]


def _paired(
    here: list[HalfDay], wanted: list[HalfDayWanted]
) -> tuple[Pairs, list[HalfDayWanted], list[HalfDay]]:
    """What is there with what is wanted: by its hour, then by its part of the day, so that a shifted hour keeps its answers."""
    pairs: Pairs = []
    for alike in (_hour, _part_of_day):
        places: Mapping[object, list[HalfDayWanted]] = defaultdict(list)
        for one in wanted:
            places[one.site.pk, one.date, alike(one)].append(one)
        taken = {id(half_day) for half_day, _one in pairs}
        for half_day in here:
            left = places.get((half_day.site_id, half_day.date, alike(half_day)))
            if id(half_day) not in taken and left:
                pairs.append((half_day, left.pop(0)))
        done = {id(one) for _half_day, one in pairs}
        wanted = [one for one in wanted if id(one) not in done]
    taken = {id(half_day) for half_day, _one in pairs}
    return pairs, wanted, [one for one in here if id(one) not in taken]


def _hour(one: HalfDay | HalfDayWanted) -> object:
    return one.starts


def _part_of_day(one: HalfDay | HalfDayWanted) -> object:
    return one.part
