"""Seasons: an ordinary week, and who is needed in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre, Desk, OpeningHours, Site, Space, Theme
from parvis.rota.models import DutyKind, Part, PatternHalfDay, PatternNeed, Season

MOST = 60  # half-days of a week, over all sites
MOST_SEATS = 30


class NameTaken(Exception):
    """Another season of the centre has that name."""


class AlreadyThere(Exception):
    """The site has a half-day of that weekday that begins then."""


class TooMany(Exception):
    """More half-days than a week can have."""


@dataclass(frozen=True)
class Named:
    """What a season is, without its week."""

    name: str
    during: Season.During
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Wanting:
    """Seats of one duty at a half-day; None of a theme is the reception or a facilitation in general."""

    duty: DutyKind
    theme: Theme | None
    seats: int
    languages: Mapping[str, int] | None = None  # None: as they were
    space: Space | None = None


@dataclass(frozen=True)
class Stretching:
    """A half-day of a week, without who is needed."""

    site: Site
    weekday: int
    starts: time
    ends: time
    unpopular: bool = False
    institutions_min: int = 0
    institutions_aim: int = 0


@transaction.atomic
def begin_season(*, centre: Centre, said: Named, like: Season | None, day: date) -> Season:
    """A new season: a copy of the week of ``like``, else with the half-days of the opening hours. Raises ``NameTaken``.

    From the opening hours, each theme of ``day`` gets a pair of seats where there are enough places at desks, else one seat.
    """
    season = _named(Season(centre=centre), said)
    if like is not None:
        _copy(like, season)
    else:
        _from_hours(season, day)
    return season


@transaction.atomic
def rename_season(*, season: Season, said: Named) -> Season:
    """Its name, and when it is in force; half-days that were made already stay until they are made again. Raises ``NameTaken``."""
    return _named(Season.objects.select_for_update(no_key=True).get(pk=season.pk), said)


@transaction.atomic
def drop_season(*, season: Season) -> None:
    """The season is no more; half-days that were made of it stay until they are made again."""
    Season.objects.filter(pk=season.pk).delete()


@transaction.atomic
def add_half_day(*, season: Season, said: Stretching) -> PatternHalfDay:
    """One more half-day in the week, with the needs of the one before it. Raises ``AlreadyThere``, ``TooMany``."""
    _lock(season)
    if season.half_days.count() >= MOST:
        raise TooMany
    if season.half_days.filter(site=said.site, weekday=said.weekday, starts=said.starts).exists():
        raise AlreadyThere
    usual = season.half_days.filter(site=said.site).order_by("-weekday", "-starts").first()
    made = PatternHalfDay.objects.create(season=season, **said.__dict__)
    if usual:
        _copy_needs([(usual, made)])
    return made


@transaction.atomic
def change_half_day(
    *, half_day: PatternHalfDay, said: Stretching, needs: Iterable[Wanting]
) -> PatternHalfDay:
    """Its hours, its marks and exactly these ``needs``. Raises ``AlreadyThere``."""
    _lock(half_day.season)
    others = PatternHalfDay.objects.filter(season=half_day.season_id).exclude(pk=half_day.pk)
    if others.filter(site=said.site, weekday=said.weekday, starts=said.starts).exists():
        raise AlreadyThere
    for name, value in said.__dict__.items():
        setattr(half_day, name, value)
    half_day.save()
    half_day.needs.all().delete()
    PatternNeed.objects.bulk_create(
        PatternNeed(half_day=half_day, **{**one.__dict__, "languages": dict(one.languages or {})})
        for one in needs
        if one.seats
    )
    return half_day


@transaction.atomic
def drop_half_day(*, half_day: PatternHalfDay) -> None:
    """The half-day is no longer in the week; again, changes nothing."""
    PatternHalfDay.objects.filter(pk=half_day.pk).delete()


Seat = tuple[int, DutyKind, int | None]  # half-day, duty, theme


@transaction.atomic
def set_seats(*, season: Season, seats: Mapping[Seat, int]) -> int:
    """Give these needs of the week that many seats; 0 takes one away, the others stay. Returns how many changed."""
    _lock(season)
    rows = PatternNeed.objects.filter(half_day__season=season)
    here = {(row.half_day_id, DutyKind(row.duty), row.theme_id): row for row in rows}
    known = set(season.half_days.values_list("pk", flat=True))
    changed = 0
    for place, n in seats.items():
        row = here.get(place)
        if place[0] not in known or (row.seats if row else 0) == n:
            continue
        changed += 1
        if row is None:
            half_day, duty, theme = place
            PatternNeed.objects.create(half_day_id=half_day, duty=duty, theme_id=theme, seats=n)
        elif n:
            PatternNeed.objects.filter(pk=row.pk).update(seats=n)
        else:
            row.delete()
    return changed


def _lock(season: Season) -> None:
    Season.objects.select_for_update(no_key=True).get(pk=season.pk)


def _named(season: Season, said: Named) -> Season:
    for name, value in said.__dict__.items():
        setattr(season, name, value)
    try:
        with transaction.atomic():
            season.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    return season


def _copy(like: Season, season: Season) -> None:
    pairs = []
    for old in like.half_days.prefetch_related("needs"):
        new = PatternHalfDay.objects.get(pk=old.pk)
        new.pk, new.season = None, season
        new.save()
        pairs.append((old, new))
    _copy_needs(pairs)


def _copy_needs(pairs: Iterable[tuple[PatternHalfDay, PatternHalfDay]]) -> None:
    PatternNeed.objects.bulk_create(
        PatternNeed(
            half_day=new,
            duty=need.duty,
            theme_id=need.theme_id,
            seats=need.seats,
            languages=need.languages,
            space_id=need.space_id,
        )
        for old, new in pairs
        for need in old.needs.all()
    )


def _from_hours(season: Season, day: date) -> None:
    sites = season.centre.sites.exclude(closed_on__lte=day)
    themes = list(Theme.objects.filter(centre=season.centre).open_on(day))
    desks = Desk.objects.filter(space__site__in=sites, closed_on=None).values_list("seats", flat=True)
    pair = 2 if sum(desks) >= 2 * len(themes) else 1
    hours = OpeningHours.objects.filter(site__in=sites).order_by("site", "weekday", "opens")
    half_days = PatternHalfDay.objects.bulk_create(
        PatternHalfDay(season=season, site_id=row.site_id, weekday=row.weekday, starts=starts, ends=ends)
        for row in hours
        for starts, ends in halves(row.opens, row.closes)
    )
    wanted = [Wanting(DutyKind.ADVICE, theme, pair) for theme in themes]
    wanted.append(Wanting(DutyKind.RECEPTION, None, 1))
    PatternNeed.objects.bulk_create(
        PatternNeed(half_day=half_day, **{**one.__dict__, "languages": {}})
        for half_day in half_days
        for one in wanted
    )


def halves(opens: time, closes: time) -> list[tuple[time, time]]:
    """The half-days of one stretch of opening: cut at 13:00 where it goes well over noon, and at 17:00 where it is late."""
    cuts = [opens]
    if opens < time(12) and closes > time(14):
        cuts.append(time(13))
    if cuts[-1] < time(16) and closes >= time(19):
        cuts.append(time(17))
    return list(zip(cuts, [*cuts[1:], closes], strict=True))


@dataclass(frozen=True)
class Demand:
    """Seats that the arrivals ask for at one part of a weekday."""

    weekday: int
    part: Part
    theme: int
    seats: int


def seats_from_demand(season: Season, demand: Iterable[Demand]) -> dict[Seat, int]:
    """What ``demand`` means for the half-days of the main week of ``season``: the first of each part of a weekday takes it."""
    first: dict[tuple[int, Part], int] = {}
    for row in season.half_days.order_by("site__kind", "site", "weekday", "starts"):
        first.setdefault((row.weekday, row.part), row.pk)
    return {
        (first[one.weekday, one.part], DutyKind.ADVICE, one.theme): min(one.seats, MOST_SEATS)
        for one in demand
        if (one.weekday, one.part) in first
    }
