"""A centre's day, event by event, by the house's own rules: what would have happened if the planned people had come.

Queue by theme and language, seats open for some of each, fair order (priority, then time of arrival), a way to the desk,
recalls, pauses, talks that are never cut, visitors who lose patience or ask for time. Nothing here touches the database.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from math import inf
from random import Random

from parvis.demonstration.arrivals import DayPlan, Duty, Visitor

RECALL, ABSENT = 2.0, 3.0  # minutes until somebody is called again, and from then until they count as absent
MORE_TIME = 10.0
OVERTIME = 20.0  # minutes for which advisers still receive after closing

WAITING, CALLED, INTERVIEW, PARKED = "waiting", "called", "interview", "parked"
DONE, NO_SHOW, LEFT = "done", "no_show", "left"


@dataclass
class Step:
    """One state of a visitor from start to end, as a period row will tell it."""

    state: str
    theme: str
    starts: float
    seat: int | None = None
    ends: float | None = None


@dataclass
class Place:
    """A visitor in the room."""

    number: int
    visitor: Visitor
    theme: str
    steps: list[Step] = field(default_factory=list)
    since: float = 0.0  # of the present state
    state: str = WAITING
    parked_until: float | None = None
    recalled: float | None = None
    talked: int = 0
    gone: bool = False  # left, but kept in line as a shadow: when would it have been their turn?
    turn: float | None = None  # when they were first called, or would have been

    @property
    def order(self) -> tuple[bool, float, int]:
        """The fair order."""
        return (not self.visitor.priority, self.visitor.arrives, self.number)

    def enter(self, state: str, at: float, seat: int | None = None) -> None:
        """Ends the present state and begins the next."""
        if self.steps:
            self.steps[-1].ends = at
        last = state in (DONE, NO_SHOW, LEFT)
        self.steps.append(Step(state, self.theme, at, seat, at if last else None))
        self.state, self.since = state, at


@dataclass
class Chair:
    """An adviser's seat."""

    index: int
    duty: Duty
    opened: float | None = None
    closed: float | None = None
    paused_at: float | None = None
    ending: bool = False
    with_: Place | None = None
    resting: bool = False  # between two visitors

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    @property
    def is_open(self) -> bool:
        return self.opened is not None and self.closed is None

    def takes(self, place: Place) -> bool:
        """Whether this seat's themes and languages fit."""
        return place.theme in self.duty.themes and place.visitor.language in self.duty.languages


@dataclass
class Room:
    """Everything at one moment, and afterwards the whole day."""

    chairs: list[Chair]
    places: list[Place] = field(default_factory=list)
    line: list[Place] = field(default_factory=list)
    now: float = 0.0

    def waiting(self) -> list[Place]:
        """Those who wait, in fair order, without those who have gone."""
        return [place for place in self.line if not place.gone]


Observer = Callable[[Room, Place], None]
AFTER_TALK = (0.5, 3.5)  # minutes for coding and a breath
REACTS = (0.2, 1.6)  # minutes until a free adviser notices a newcomer


class Simulation:
    """One day. ``observe`` is told of each arrival after it joined the line."""

    def __init__(self, plan: DayPlan, random: Random, observe: Observer | None = None) -> None:
        self.plan, self.random, self.observe = plan, random, observe
        self.room = Room([Chair(index, duty) for index, duty in enumerate(plan.duties)])
        self.closes = max((closes for _opens, closes in plan.hours), default=0)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()

    def run(self, until: float = inf) -> Room:
        """Plays the day, or the day so far, and returns the room with everybody's steps."""
        for chair in self.room.chairs:
            self._at(chair.duty.starts, partial(self._open, chair))
            self._at(chair.duty.ends, partial(self._end_duty, chair))
            if chair.duty.pause_at is not None:
                self._at(chair.duty.pause_at, partial(self._pause, chair))
        for visitor in self.plan.visitors:
            self._at(visitor.arrives, partial(self._arrive, visitor))
        self._at(self.closes + OVERTIME, self._close_doors)
        while self._events and self._events[0][0] <= until:
            self.room.now, _order, happen = heapq.heappop(self._events)
            happen()
        return self.room

    def _at(self, minute: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (minute, next(self._order), happen))

    def _in(self, minutes: float, happen: Callable[[], None]) -> None:
        self._at(self.room.now + minutes, happen)

    # visitors

    def _arrive(self, visitor: Visitor) -> None:
        room = self.room
        place = Place(len(room.places) + 1, visitor, visitor.theme)
        room.places.append(place)
        self._join(place)
        if visitor.asks_for_time_after is not None:
            self._in(visitor.asks_for_time_after, partial(self._park, place))
        self._in(visitor.patience, partial(self._lose_patience, place))
        if self.observe:
            self.observe(room, place)
        self._alert(place)

    def _join(self, place: Place) -> None:
        place.enter(WAITING, self.room.now)
        self.room.line.append(place)
        self.room.line.sort(key=lambda one: one.order)

    def _alert(self, place: Place) -> None:
        """A free adviser notices after a moment."""
        free = [c for c in self.room.chairs if c.is_open and self._is_free(c) and c.takes(place)]
        if free:
            chair = self.random.choice(free)
            self._in(self.random.uniform(*REACTS), partial(self._next, chair))

    def _lose_patience(self, place: Place) -> None:
        if place.state == WAITING and not place.talked:
            place.enter(LEFT, self.room.now)
            place.gone = True

    def _park(self, place: Place) -> None:
        if place.state != WAITING or place.gone:
            return
        self.room.line.remove(place)
        place.enter(PARKED, self.room.now)
        place.parked_until = self.room.now + MORE_TIME
        self._in(MORE_TIME, partial(self._return, place))

    def _return(self, place: Place) -> None:
        if place.state == PARKED:
            self._join(place)
            self._alert(place)

    def _close_doors(self) -> None:
        """Who still waits is told that nobody can receive them today."""
        for place in self.room.places:
            if place.state in (WAITING, PARKED) and not place.gone:
                place.enter(LEFT, self.room.now)
                place.gone = True

    # seats

    def _is_free(self, chair: Chair) -> bool:
        return chair.with_ is None and not chair.paused and not chair.resting

    def _open(self, chair: Chair) -> None:
        """Sits down; where every place is taken, once a colleague's talk is over."""
        if chair.ending:
            return
        if sum(other.is_open for other in self.room.chairs) >= self.plan.places:
            self._in(1.0, partial(self._open, chair))
            return
        chair.opened = self.room.now
        self._in(self.random.uniform(*REACTS), partial(self._next, chair))

    def _end_duty(self, chair: Chair) -> None:
        chair.ending = True
        self._next(chair)

    def _pause(self, chair: Chair) -> None:
        if not chair.is_open or chair.ending:
            return
        chair.paused_at = self.room.now
        self._in(chair.duty.pause, partial(self._resume, chair))

    def _resume(self, chair: Chair) -> None:
        chair.paused_at = None
        self._next(chair)

    def _first_for(self, chair: Chair) -> Place | None:
        """The first in fair order whom the seat may call; shadows of those who left learn when their turn was."""
        for place in list(self.room.line):
            if not chair.takes(place):
                continue
            if not place.gone:
                return place
            place.turn = place.turn if place.turn is not None else self.room.now
            self.room.line.remove(place)
        return None

    def _next(self, chair: Chair) -> None:
        if not chair.is_open or not self._is_free(chair):
            return
        late = self.room.now > self.closes + OVERTIME
        goes_home = chair.ending and (chair.duty.ends <= self.closes - 60 or late)
        place = None if goes_home else self._first_for(chair)
        if place is None:
            if chair.ending:
                chair.closed = self.room.now
            return
        self.room.line.remove(place)
        chair.with_ = place
        place.turn = place.turn if place.turn is not None else self.room.now
        place.enter(CALLED, self.room.now, chair.index)
        if place.visitor.comes_when_called or place.talked:
            self._in(place.visitor.walks, partial(self._start, chair, place))
        else:
            place.recalled = self.room.now + RECALL
            self._in(RECALL + ABSENT, partial(self._absent, chair, place))

    def _absent(self, chair: Chair, place: Place) -> None:
        place.enter(NO_SHOW, self.room.now, chair.index)
        self._rest(chair)

    def _start(self, chair: Chair, place: Place) -> None:
        place.enter(INTERVIEW, self.room.now, chair.index)
        minutes = place.visitor.talks_again if place.talked else place.visitor.talks
        self._in(minutes, partial(self._finish, chair, place))

    def _finish(self, chair: Chair, place: Place) -> None:
        place.talked += 1
        other = place.visitor.then_to
        able = [c for c in self.room.chairs if c.is_open and not c.ending and other in c.duty.themes]
        able = [c for c in able if c is not chair and place.visitor.language in c.duty.languages]
        if place.talked == 1 and other and able:
            place.theme = other
            self._join(place)
            self._alert(place)
        else:
            place.enter(DONE, self.room.now, chair.index)
        self._rest(chair)

    def _rest(self, chair: Chair) -> None:
        chair.with_, chair.resting = None, True
        self._in(self.random.uniform(*AFTER_TALK), partial(self._rested, chair))

    def _rested(self, chair: Chair) -> None:
        chair.resting = False
        self._next(chair)


def simulate(plan: DayPlan, random: Random, observe: Observer | None = None, until: float = inf) -> Room:
    """Plays ``plan`` and returns the day, or the day so far, with everybody's steps."""
    return Simulation(plan, random, observe).run(until)
