"""Who comes when, for what, and how long a talk lasts: the arrival model. Nothing here touches the database.

Where its shape comes from. A day's expected arrivals multiply with month, weekday and school holidays; the real day then
varies around them more than chance alone would have it, and the hours share it out (a doubly stochastic Poisson process:
Avramidis, Deslauriers and L'Ecuyer, *Modeling daily arrivals to a telephone call center*, Management Science 50(7), 2004).
Talks are log-normal and patience exponential, as Brown et al. found (*Statistical analysis of a telephone call center*,
JASA 100, 2005). Volumes and themes: published figures of centres (52,000 persons informed in Brussels in 2022;
1,000–1,200 a day in 38 hours a week in Paris in the 1990s; Val-de-Marne 2014: job 33 %, guidance 30 %, training 27 %,
business creation 15 %, several answers possible, 15–29 years 49 %, 46 % from the town). Where nothing is published (hours,
months, languages, ways in), the numbers are assumptions of ours, chosen to look like an ordinary centre.

Minutes are counted from the local midnight. The same seed gives the same day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from math import exp
from random import Random

from parvis.demonstration.publics import Public, Talk

Hours = Sequence[tuple[int, int]]  # stretches of a day's opening, in minutes from midnight


# Assumptions: the new school year and January bring people, high summer and the end of the year do not.
MONTHS = (1.14, 1.05, 1.06, 0.97, 0.93, 0.99, 0.80, 0.58, 1.22, 1.18, 1.10, 0.82)
WEEKDAYS = (1.12, 1.10, 1.08, 0.98, 0.80, 0.60, 1.0)  # Sundays only where a centre opens for once
# First month -> how many seats are planned until the next one, as a factor: a rota knows seasons, and not each day's chance.
STAFFED = {1: 1.06, 4: 0.98, 7: 0.75, 9: 1.12, 12: 0.88}
ILL = 0.01  # of those who were planned
# Weight of each hour while the centre is open; a late opening shifts nothing but cuts the morning off.
BY_HOUR = {
    8: 0.6,
    9: 1.2,
    10: 1.6,
    11: 1.25,
    12: 0.6,
    13: 0.95,
    14: 1.45,
    15: 1.3,
    16: 0.9,
    17: 0.5,
    18: 0.35,
}
DAY_SPREAD = 0.14  # standard deviation of a day's own factor
LAST_TICKET = 15  # minutes before closing: later visitors are asked to come back
REASONS = {"accessibility": 0.3, "frail": 0.3, "small_child": 0.4}
PRIORITY = 0.03
SIZES = {1: 0.9, 2: 0.075, 3: 0.015, 4: 0.01}
PATIENCE = 110.0  # mean minutes
NO_SHOW, MORE_TIME, HANDED_OVER = 0.035, 0.02, 0.035
SECOND_THEME, THIRD_THEME = 0.55, 0.2
SPEAKS = 0.28  # chance that an adviser speaks one more of the centre's languages
# Month and day, both included: near enough for a demonstration, without the zones.
SCHOOLS_CLOSED = (
    ((1, 1), (1, 4)),
    ((2, 14), (3, 1)),
    ((4, 11), (4, 26)),
    ((7, 5), (8, 31)),
    ((10, 18), (11, 2)),
    ((12, 20), (12, 31)),
)
HALF_DAY = 270  # minutes: the longest that somebody is on duty without leaving the desk


@dataclass(frozen=True)
class Circumstances:
    """What makes one day unlike another, as factors of the ordinary; and whether schools are closed."""

    arrivals: float = 1.0
    talks: float = 1.0
    staff: float = 1.0
    school_holiday: bool = False


@dataclass(frozen=True)
class Visitor:
    """Somebody (or a small group) who will come; what they will do is drawn beforehand."""

    arrives: float
    theme: str
    language: str
    way: str
    size: int = 1
    priority: str = ""  # key of the reason
    patience: float = PATIENCE
    comes_when_called: bool = True
    walks: float = 1.0  # minutes from the waiting room to the desk
    talks: float = 15.0  # minutes
    asks_for_time_after: float | None = None
    then_to: str = ""  # theme they are handed over to after the talk
    talks_again: float = 0.0
    announced: float | None = None  # minute for which an appointment or a class was noted


@dataclass(frozen=True)
class Duty:
    """One adviser's stretch at a desk."""

    starts: float
    ends: float
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    pause_at: float | None = None
    pause: float = 0.0


@dataclass(frozen=True)
class DayPlan:
    """A day before it happens."""

    hours: Hours
    visitors: list[Visitor] = field(default_factory=list)  # by arrival
    duties: list[Duty] = field(default_factory=list)
    places: int = 99  # how many can sit at once


def in_school_holidays(day: date) -> bool:
    """Whether French schools are closed."""
    return any(start <= (day.month, day.day) <= end for start, end in SCHOOLS_CLOSED)


def expected_visits(public: Public, day: date, hours: Hours, around: Circumstances) -> float:
    """How many tickets ``day`` should see, before chance."""
    here = sum(_weights(hours).values())
    full = sum(weight for hour, weight in BY_HOUR.items() if 9 <= hour < 18)
    school = 1 - 0.12 * public.school if around.school_holiday else 1.0
    factors = MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * school * around.arrivals
    return float(public.visits * factors * (here / full) ** 0.8)


def plan_day(public: Public, day: date, hours: Hours, random: Random, around: Circumstances) -> DayPlan:
    """Draws everybody who comes and everybody who is on duty on ``day``."""
    duties = _duties(public, day, hours, random, around)
    shape = 1 / DAY_SPREAD**2
    mean = expected_visits(public, day, hours, around) * random.gammavariate(shape, 1 / shape)
    weights = _weights(hours)
    arrivals = sorted(_moment(weights, random) for _ in range(_poisson(mean, random)))
    drawn = [_visitor(public, arrives, duties, random, around) for arrives in arrivals]
    visitors = [visitor for visitor in drawn if visitor]
    if visit := _class_visit(public, day, duties, random, around):
        visitors = sorted([*visitors, visit], key=lambda visitor: visitor.arrives)
    return DayPlan(hours, visitors, duties, public.places)


def _class_visit(
    public: Public, day: date, duties: list[Duty], random: Random, around: Circumstances
) -> Visitor | None:
    """A class with its teacher, on some mornings and afternoons of term."""
    theme, usual = public.class_theme, next(iter(public.languages))
    starts = random.choice([585, 600, 840, 855])
    comes = day.weekday() in (1, 3, 4) and random.random() < 0.5 * public.school and around.arrivals > 0
    if around.school_holiday or not comes:
        return None
    if not any(theme in duty.themes and duty.starts < starts < duty.ends - 60 for duty in duties):
        return None
    return Visitor(
        arrives=starts + random.uniform(-8, 10),
        theme=theme,
        language=usual,
        way="class",
        size=random.randint(11, 29),
        patience=600.0,
        walks=random.uniform(2, 4),
        talks=random.uniform(45, 75),
        announced=float(starts),
    )


def day_seed(seed: int, day: date) -> Random:
    """A generator of its own for each day, so that days can be drawn in any order."""
    return Random(f"{seed}/{day.isoformat()}")  # noqa: S311


def _weights(hours: Hours) -> dict[int, float]:
    """The weight of each quarter of an hour in which tickets are given."""
    found = {}
    for opens, closes in hours:
        last = closes - LAST_TICKET if closes == hours[-1][1] else closes
        for minute in range(opens, last - 14, 15):
            found[minute] = BY_HOUR.get(minute // 60, 0.2) / 4
    return found


def _moment(weights: Mapping[int, float], random: Random) -> float:
    start = random.choices(list(weights), list(weights.values()))[0]
    return min(start + random.uniform(0, 15), max(weights) + 15.0)


def _poisson(mean: float, random: Random) -> int:
    """Counts unit-rate arrivals until ``mean``."""
    count, passed = 0, random.expovariate(1.0)
    while passed < mean:
        count, passed = count + 1, passed + random.expovariate(1.0)
    return count


def _pick(random: Random, shares: Mapping[str, float]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]


def lasting(talk: Talk, random: Random, factor: float = 1.0) -> float:
    """Minutes of one talk: never under two, never over two hours."""
    return min(max(talk.median * factor * exp(random.gauss(0, talk.spread)), 2.0), 120.0)


def _visitor(
    public: Public, arrives: float, duties: list[Duty], random: Random, around: Circumstances
) -> Visitor | None:
    """One visitor; none where nobody was on duty for them and they preferred to come another day."""
    theme = _pick(random, {key: talk.share for key, talk in public.talks.items()})
    language = _pick(random, public.languages)
    usual = next(iter(public.languages))
    near = [duty for duty in duties if duty.starts - 45 <= arrives < duty.ends - 5]
    if not any(theme in duty.themes and language in duty.languages for duty in near):
        language = usual  # the greeter finds out that nobody speaks it, and they manage together
    if not any(theme in duty.themes for duty in near) and random.random() < 0.9:
        return None
    way = _pick(random, public.ways)
    priority = "appointment" if way == "appointment" else ""
    if not priority and random.random() < PRIORITY:
        priority = _pick(random, REASONS)
    talk = public.talks[theme]
    handed = random.random() < HANDED_OVER
    other = random.choice([key for key in public.talks if key != theme])
    return Visitor(
        arrives=arrives,
        theme=theme,
        language=language,
        way=way,
        size=random.choices(list(SIZES), list(SIZES.values()))[0],
        priority=priority,
        patience=random.expovariate(1 / PATIENCE) + 5,
        comes_when_called=random.random() >= NO_SHOW,
        walks=random.uniform(0.4, 2.0),
        talks=lasting(talk, random, around.talks),
        asks_for_time_after=random.uniform(1, 20) if random.random() < MORE_TIME else None,
        then_to=other if handed else "",
        talks_again=lasting(public.talks[other], random, around.talks) if handed else 0.0,
        announced=_noted_for(arrives, random) if way == "appointment" else None,
    )


def _noted_for(arrives: float, random: Random) -> float:
    """Appointments are noted at round times; people come a little early, sometimes late."""
    return float(max(15 * round((arrives + random.gauss(5, 5)) / 15), 0))


def _duties(public: Public, day: date, hours: Hours, random: Random, around: Circumstances) -> list[Duty]:
    """Who is on duty: half-days, themes by demand, a thinner noon, an absence now and then."""
    found: list[Duty] = []
    for starts, ends in half_days(hours):
        wanted = _with_others(public, ordinary_seats(public, day, starts, around.staff), random)
        for themes in wanted:
            if random.random() < ILL and len(wanted) > 2:
                continue  # somebody is ill
            late = max(0.0, random.gauss(1, 4))
            found.append(_duty(public, starts + late, ends + random.uniform(-6, 4), themes, random))
    return [duty for duty in found if duty.ends - duty.starts > 30]


def half_days(hours: Hours) -> list[tuple[float, float]]:
    """Each stretch of opening in pieces that one person can hold."""
    pieces: list[tuple[float, float]] = []
    for opens, closes in hours:
        count = max(1, round((closes - opens) / HALF_DAY))
        length = (closes - opens) / count
        pieces += [(opens + length * n, opens + length * (n + 1)) for n in range(count)]
    return pieces


def staffing_of(month: int) -> int:
    """The first month of the part of the year that is staffed as ``month`` is."""
    return max(first for first in STAFFED if first <= month)


def ordinary_seats(public: Public, day: date, starts: float, staff: float = 1.0) -> list[str]:
    """The theme of each seat that is planned for a half-day: the same on the same weekday for a whole season."""
    factor = STAFFED[staffing_of(day.month)] * WEEKDAYS[day.weekday()] ** 0.8 * staff
    seats = max(2, round(public.seats * factor))
    if seats >= len(public.talks):
        return _themes_in_turn(public, seats)
    # Few seats for many themes: they take turns through the week.
    before = (day.weekday() * 2 + (starts >= 12 * 60)) * seats
    return _themes_in_turn(public, before + seats)[before:]


@cache
def _themes_in_turn(public: Public, seats: int) -> list[str]:
    """A theme for each seat: the most wanted first, every theme once before one comes twice where seats allow it."""
    need = {key: talk.share * talk.median for key, talk in public.talks.items()}
    held = dict.fromkeys(need, 0.0)
    usual = 0.6 * sum(need.values()) / len(need)
    found = []
    for _seat in range(seats):
        first = max(need, key=lambda key: need[key] / (held[key] + usual))
        held[first] += sum(need.values()) / max(seats, len(need))
        found.append(first)
    return found


def _with_others(public: Public, firsts: Sequence[str], random: Random) -> list[tuple[str, ...]]:
    """What whoever holds each seat helps with as well."""
    held = {key: float(firsts.count(key)) for key in public.talks}
    found = []
    for first in firsts:
        others = [key for key in public.talks if key != first]
        random.shuffle(others)
        more = (random.random() < SECOND_THEME) + (random.random() < THIRD_THEME)
        if len(firsts) < len(held):  # few seats for many themes: everybody helps with more
            more = max(more, -(-len(held) // len(firsts)) - 1)
            others.sort(key=lambda key: held[key])
        for key in others[:more]:
            held[key] += 1 / (more + 1)
        found.append((first, *others[:more]))
    return found


def _duty(public: Public, starts: float, ends: float, themes: tuple[str, ...], random: Random) -> Duty:
    usual, *others = public.languages
    languages = (usual, *(language for language in others if random.random() < SPEAKS))
    pauses = random.random() < 0.6
    return Duty(
        starts=starts,
        ends=ends,
        themes=themes,
        languages=languages,
        pause_at=random.uniform(starts + 50, max(ends - 30, starts + 51)) if pauses else None,
        pause=random.uniform(5, 14),
    )


def days_between(first: date, last: date) -> list[date]:
    """Both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
