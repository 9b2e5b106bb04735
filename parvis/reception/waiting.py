"""The expected wait: an interval in minutes, honest about what nobody can know.

Method. The state of the queue now (open seats with their themes and languages, who talks since when, who waits in fair
order) is played forward some hundred times with talk lengths drawn at random, and the interval runs from a low to a high
quantile of the waits that come out. This is the virtual waiting time of a multi-server queue, conditional on the
observed state: Whitt, *Predicting queueing delays*, Management Science 45(6), 1999 (state and elapsed service times
beat averages); Ibrahim and Whitt, *Real-time delay estimation based on delay history*, M&SOM 11(3), 2009; an interval
instead of a number after Jouini, Akşin and Dallery, *Call centers with delay information*, M&SOM 13(4), 2011. Talks are
log-normal: Brown et al., *Statistical analysis of a telephone call center*, JASA 100, 2005. The usual length of a theme
is its last talks shrunk towards the whole centre's, and these towards :data:`USUAL` (James and Stein, as in Efron and
Morris, *Data analysis using Stein's estimator*, JASA 70, 1975).

Playing tickets one after the other in fair order, each on the seat that is free first among those it may go to, is
exact for people who already wait: a later one is never taken where an earlier one could have been. The draws are
the same at every look, so an interval does not flicker. ``bench/wait.py`` measures how often the interval holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
from django.db import connection
from django.db.models import F
from django.db.models.lookups import IsNull
from numpy.typing import NDArray

from parvis.centres.models import Centre
from parvis.reception.models import Seat, State, Ticket
from parvis.shared.prepared import Prepared

Minutes = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high`` minutes, both round; ``high`` is None for “more than ``low``”."""

    low: int
    high: int | None

    def holds(self, minutes: float) -> bool:
        """Whether a real wait of ``minutes`` kept what was announced."""
        return self.low <= minutes and (self.high is None or minutes <= self.high)


# Nobody on duty speaks the language of the theme: there is no wait to tell, and a number would be a lie.
Wait = Interval | None
AT_ONCE = Interval(0, 5)


@dataclass(frozen=True)
class OpenSeat:
    """An adviser on duty, as far as the wait is concerned."""

    pk: int
    desk: int
    themes: frozenset[int]
    languages: frozenset[str]
    paused: bool = False
    called: bool = False  # a visitor is on the way to the desk
    talking: float | None = None  # minutes since the talk began
    theme: int | None = None  # of the visitor at the desk

    def takes(self, place: InLine) -> bool:
        """Whether this seat may call ``place``: the rule of ``call_next``."""
        if place.seat is not None:
            return place.seat == self.pk
        if place.desk is not None:
            return place.desk == self.desk
        return place.theme in self.themes and place.language in self.languages


@dataclass(frozen=True)
class InLine:
    """A place in the queue. Lists of these are in fair order."""

    number: int
    theme: int
    language: str
    desk: int | None = None  # transferred to this desk only
    seat: int | None = None  # transferred to this seat only
    away: float = 0.0  # minutes until a parked visitor comes back

    @property
    def goes(self) -> Goes:
        """What decides to which seats it may go."""
        return self.theme, self.language, self.desk, self.seat


Goes = tuple[int, str, int | None, int | None]


@dataclass(frozen=True)
class Pace:
    """How long talks of a theme last: median in minutes, and the standard deviation of the logarithm."""

    median: float
    spread: float


USUAL = Pace(median=17.0, spread=0.6)
BELIEF = 8.0  # how many talks the usual length weighs as much as
RECENT = 40  # talks of a theme that are looked at
LONGEST = 180.0  # a talk of more minutes was left open, and says nothing

WAY = 1.0  # minutes from the call to the first word
BETWEEN = 2.0  # minutes from the last word to the next call: coding, a breath
PAUSE = 10.0  # mean minutes that a pause still lasts
PATIENCE = 90.0  # mean minutes after which somebody goes without a word
NO_SHOW, NO_SHOW_MINUTES = 0.05, 4.0  # share of the called who do not come, and what waiting for them takes

# What nobody announces (somebody goes home, everybody is slow today) moves all talks of one run together: spread of the
# logarithm of that common factor, and how much longer than planned things take on the whole.
TOGETHER, LONGER = 0.22, 0.06

LOW, HIGH = 0.1, 0.9  # quantiles between which the wait is announced
STEPS = (0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180)  # minutes that are said

RUNS, ROWS = 160, 128  # how often the queue is played; rows of ready-made draws
_GRID = np.linspace(-4.0, 4.0, 321)
_GRID_SHARE = np.array([NormalDist().cdf(z) for z in _GRID])
_SHARES = (np.arange(RUNS) + 0.5) / RUNS
_RUN = np.arange(RUNS)


def _draws() -> tuple[Minutes, Minutes, Minutes, Minutes]:
    """Uniform, normal, patience and no-show draws: each row holds every stratum once, in an order of its own."""
    random = np.random.default_rng(2004)
    uniform = np.array([random.permutation(_SHARES) for _ in range(ROWS)])
    patience = -PATIENCE * np.log(np.array([random.permutation(_SHARES) for _ in range(ROWS)]))
    absent = np.array([random.permutation(_SHARES) for _ in range(ROWS)]) < NO_SHOW
    normal = np.interp(uniform, _GRID_SHARE, _GRID)
    return uniform, normal, patience, absent.astype(float)


_UNIFORM, _NORMAL, _PATIENCE, _ABSENT = _draws()
_COMMON = np.exp(TOGETHER * np.random.default_rng(1993).permutation(_NORMAL[0]) + LONGER)


def paces(recent: Mapping[int, Sequence[float]]) -> dict[int, Pace]:
    """The pace of each theme from its recent talks, in minutes; a theme with few leans on the others."""
    logs = {theme: [log(max(minutes, 0.5)) for minutes in talks] for theme, talks in recent.items()}
    every = [value for values in logs.values() for value in values]
    centre = _shrunk(every, log(USUAL.median))
    found = {}
    for theme, values in logs.items():
        middle = _shrunk(values, centre)
        squares = sum((value - middle) ** 2 for value in values)
        spread = sqrt((squares + BELIEF * USUAL.spread**2) / (len(values) + BELIEF))
        found[theme] = Pace(median=exp(middle), spread=spread)
    return found


def _shrunk(values: Sequence[float], towards: float) -> float:
    return (sum(values) + BELIEF * towards) / (len(values) + BELIEF)


@dataclass(frozen=True)
class Waits:
    """Everybody's wait at one moment. Made by :func:`play`; reading it costs no query."""

    seats: Sequence[OpenSeat]
    line: Sequence[InLine]
    _ticket: Mapping[int, Wait] = field(repr=False)
    _free: Minutes = field(repr=False)  # seats × runs: when each is free for somebody who comes now

    def for_ticket(self, number: int) -> Wait:
        """The wait of a ticket in the line; of one that was called meanwhile: at once."""
        return self._ticket.get(number, AT_ONCE)

    def for_theme(self, theme: int, language: str) -> Wait:
        """The wait of somebody who would come now."""
        able = [row for row, seat in enumerate(self.seats) if seat.takes(InLine(0, theme, language))]
        return announced(self._free[able].min(axis=0, keepdims=True))[0] if able else None

    def before(self, number: int) -> int:
        """How many in the line come before this ticket for one of the seats it may go to."""
        return self._before.get(number, 0)

    @cached_property
    def _before(self) -> dict[int, int]:
        """For everybody at once: few kinds of places stand in a line, however long it is."""
        able: dict[Goes, frozenset[int]] = {}
        meets: dict[tuple[Goes, Goes], bool] = {}
        earlier: Counter[Goes] = Counter()
        found = {}
        for place in self.line:
            own = place.goes
            if own not in able:
                able[own] = frozenset(seat.pk for seat in self.seats if seat.takes(place))
                # Where nobody is on duty for a place, those of its theme stand before it.
                for one, other in [(own, seen) for seen in able] + [(seen, own) for seen in able]:
                    meets[one, other] = bool(able[one] & able[other]) if able[one] else one[0] == other[0]
            found[place.number] = sum(count for other, count in earlier.items() if meets[own, other])
            earlier[own] += 1
        return found


def play(*, seats: Sequence[OpenSeat], line: Sequence[InLine], pace: Mapping[int, Pace]) -> Waits:
    """Plays the queue forward :data:`RUNS` times and says what each may expect."""
    free = np.empty((len(seats), RUNS))
    for row, seat in enumerate(seats):
        free[row] = _free_in(seat, row, pace) * _COMMON
    lasts = _lengths([pace.get(place.theme, USUAL) for place in line]) * _COMMON
    starts = np.empty((len(line), RUNS))
    able_rows: dict[Goes, NDArray[np.intp]] = {}
    nobody: set[int] = set()
    for index, place in enumerate(line):
        goes = place.goes
        rows = able_rows.get(goes)
        if rows is None:
            rows = np.array([row for row, seat in enumerate(seats) if seat.takes(place)], np.intp)
            able_rows[goes] = rows
        if not len(rows):
            nobody.add(place.number)
            starts[index] = 0
            continue
        first = rows[0] if len(rows) == 1 else rows[free[rows].argmin(axis=0)]
        start = starts[index] = free[first, _RUN]
        if place.away:  # keeps their turn, and holds nobody up meanwhile
            np.maximum(start, place.away, out=starts[index])
            continue
        stays = start < _PATIENCE[index % ROWS]
        free[first, _RUN] = start + lasts[index] * stays
    said = announced(starts)
    waits = {p.number: None if p.number in nobody else said[i] for i, p in enumerate(line)}
    return Waits(seats=seats, line=line, _ticket=waits, _free=free)


def _lengths(line: Sequence[Pace]) -> Minutes:
    """Minutes for which each in the line holds a seat, per run: way, talk and breath, or the wait for a no-show."""
    if not line:
        return np.empty((0, RUNS))
    rows = np.arange(len(line)) % ROWS
    middle = np.array([[log(pace.median)] for pace in line])
    spread = np.array([[pace.spread] for pace in line])
    talk = np.exp(middle + spread * _NORMAL[rows])
    return WAY + BETWEEN + np.where(_ABSENT[rows] > 0, NO_SHOW_MINUTES, talk)


def _free_in(seat: OpenSeat, row: int, pace: Mapping[int, Pace]) -> Minutes:
    """When a seat calls its next visitor, per run, in minutes from now."""
    share = _UNIFORM[ROWS - 1 - row % ROWS]
    usual = pace.get(seat.theme, USUAL) if seat.theme is not None else USUAL
    if seat.talking is not None:
        left: Minutes = _left(usual, seat.talking, share) + BETWEEN * 2 * _UNIFORM[row % ROWS]
    elif seat.called:
        left = _left(usual, 0.0, share) + WAY + BETWEEN
    else:
        left = BETWEEN * share
    return left - PAUSE * np.log(_UNIFORM[row % ROWS]) if seat.paused else left


def _left(usual: Pace, talking: float, share: Minutes) -> Minutes:
    """Minutes that a talk still lasts, given how long it has lasted already."""
    done = np.interp((log(max(talking, 0.1)) - log(usual.median)) / usual.spread, _GRID, _GRID_SHARE)
    z = np.interp(done + share * (1 - done), _GRID_SHARE, _GRID)
    left: Minutes = np.maximum(np.exp(log(usual.median) + usual.spread * z) - talking, 2 * share)
    return left


def announced(waits: Minutes) -> list[Interval]:
    """The intervals that are said for each row of ``waits``: its quantiles, rounded outward to :data:`STEPS`."""
    low, high = int(LOW * RUNS), int(HIGH * RUNS)
    ordered = np.partition(waits, (low, high), axis=1)
    return [rounded(row[low], row[high]) for row in ordered.tolist()]


def rounded(low: float, high: float) -> Interval:
    """Outward to round minutes; beyond the last step there is no end to promise."""
    start = max(step for step in STEPS[:-1] if step <= max(low, 0))
    end = next((step for step in STEPS[1:] if step >= high), None)
    return Interval(start or STEPS[1], None) if end is None else Interval(start, end)


def expected_wait_for_theme(
    *,
    seats: Sequence[OpenSeat],
    line: Sequence[InLine],
    pace: Mapping[int, Pace],
    theme: int,
    language: str,
) -> Wait:
    """The wait of somebody who would come now for ``theme`` in ``language``; None when nobody is on duty for it."""
    return play(seats=seats, line=line, pace=pace).for_theme(theme, language)


# --- what feeds it


IN_LINE = Prepared(
    lambda centre, day: (
        Ticket.objects.open()
        .filter(centre=centre, date=day)
        .order_by(IsNull(F("priority"), True), "taken_at", "number")
        .values_list(
            "number",
            "state",
            "theme",
            "language",
            "for_desk",
            "for_seat",
            "seat",
            "state_since",
            "parked_until",
        )
    )
)
SEATS = Prepared(
    lambda centre: (
        Seat.objects.open()
        .filter(centre=centre)
        .order_by("pk")
        .values_list("pk", "desk", "languages", "paused_at", "themes")
    )
)


def expected_waits(centre: Centre, at: datetime) -> Waits:
    """The waits of a whole centre at ``at``: every ticket in the line, every theme and language. Three queries."""
    line, talks = [], {}
    for number, state, theme, language, desk, own_seat, seat, since, until in IN_LINE.all(
        centre.pk, centre.local_day(at)
    ):
        if state in (State.CALLED, State.INTERVIEW):
            talks[seat] = (state, theme, _minutes(since, at))
            continue
        away = _minutes(at, until) if until and state == State.PARKED else 0.0
        line.append(InLine(number, theme, language, desk, own_seat, away))
    return play(seats=_open_seats(centre, talks), line=line, pace=paces(_recent_talks(centre)))


def _open_seats(centre: Centre, talks: Mapping[int, tuple[str, int, float]]) -> list[OpenSeat]:
    themes: dict[int, set[int]] = {}
    seats: dict[int, tuple[int, list[str], datetime | None]] = {}
    for pk, desk, languages, paused, theme in SEATS.all(centre.pk):
        seats[pk] = desk, languages, paused
        themes.setdefault(pk, set()).add(theme)
    found = []
    for pk, (desk, languages, paused) in seats.items():
        talk = talks.get(pk)
        found.append(
            OpenSeat(
                pk=pk,
                desk=desk,
                themes=frozenset(themes[pk] - {None}),
                languages=frozenset(languages),
                paused=paused is not None,
                called=talk is not None and talk[0] == State.CALLED,
                talking=talk[2] if talk is not None and talk[0] == State.INTERVIEW else None,
                theme=talk[1] if talk is not None else None,
            )
        )
    return found


def _minutes(start: datetime, end: datetime) -> float:
    return max((end - start).total_seconds() / 60, 0.0)


# The last talks of each theme, from the index of a theme's talks: reading a month of periods would cost more than all
# the rest of a page. Each database says it in its own way: SQLite knows no LATERAL, and PostgreSQL would look at
# every period for every theme to answer SQLite's IN.
_RECENT_SQL = {
    "sqlite": """
        SELECT theme.id, (julianday(period.ended_at) - julianday(period.started_at)) * 1440.0
        FROM centres_theme AS theme JOIN reception_period AS period ON period.id IN (
            SELECT recent.id FROM reception_period AS recent
            WHERE recent.theme_id = theme.id AND recent.state = 'interview'
              AND recent.ended_at IS NOT NULL AND recent.undone_at IS NULL
            ORDER BY recent.id DESC LIMIT %s)
        WHERE theme.centre_id = %s""",
    "postgresql": """
        SELECT theme.id, EXTRACT(EPOCH FROM period.ended_at - period.started_at)::float / 60
        FROM centres_theme AS theme CROSS JOIN LATERAL (
            SELECT recent.started_at, recent.ended_at FROM reception_period AS recent
            WHERE recent.theme_id = theme.id AND recent.state = 'interview'
              AND recent.ended_at IS NOT NULL AND recent.undone_at IS NULL
            ORDER BY recent.id DESC LIMIT %s) AS period
        WHERE theme.centre_id = %s""",
}


def _recent_talks(centre: Centre) -> dict[int, list[float]]:
    talks: dict[int, list[float]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RECENT_SQL[connection.vendor], [RECENT, centre.pk])
        for theme, minutes in cursor.fetchall():
            if minutes < LONGEST:
                talks.setdefault(theme, []).append(minutes)
    return talks
