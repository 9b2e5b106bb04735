"""What the planner is given, and what it gives back. Times are whole minutes on a clock that never jumps.

Keys are whatever the caller uses for them; the planner only compares and sorts them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Wish(IntEnum):
    """How somebody likes a half-day on which they can come. A half-day that is not named is one on which they cannot."""

    RATHER_NOT = 1
    CAN = 2
    PREFERS = 3


@dataclass(frozen=True, order=True, slots=True)
class Slot:
    """One opening half-day of one site. Two that overlap in time cannot be held by one person."""

    key: int
    start: int  # minutes since the horizon's first instant
    end: int
    day: int  # the local day, counted from the horizon's first
    week: int  # the local week, counted from the horizon's first, Monday to Sunday
    habit: int  # its place in the cycle of habits (a fortnight): slots of one place are “the same half-day”
    site: int = 0
    unpopular: bool = False
    institutions_min: int = 0  # distinct institutions on duty, all tasks together
    institutions_aim: int = 0

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, order=True, slots=True)
class Need:
    """Seats of one task at one half-day; of those who sit there, so many must speak a language."""

    slot: int
    task: str  # a theme's advice, the reception, a facilitation: what one must be able to do
    seats: int
    languages: tuple[tuple[str, int], ...] = ()
    mixed: bool = False  # those who sit together come from different institutions


@dataclass(frozen=True, slots=True)
class Limits:
    """What one person must not exceed. None: no limit."""

    per_day: int | None = 2  # half-days
    per_week: int | None = None  # half-days
    days_in_a_row: int | None = None
    rest: int = 11 * 60  # minutes between the end of one day’s duty and the beginning of another day’s


@dataclass(frozen=True, slots=True)
class Person:
    """One of the team."""

    key: int
    institution: int | None  # None: the centre’s own staff, which counts as one institution of its own
    tasks: frozenset[str]
    wishes: Mapping[int, Wish]  # slot -> wish
    languages: frozenset[str] = frozenset()
    learning: frozenset[str] = frozenset()  # tasks that they do not do yet, but could
    limits: Limits = Limits()
    habits: frozenset[tuple[int, str]] = frozenset()  # (place in the cycle, task) that they are used to


@dataclass(frozen=True, order=True, slots=True)
class Share:
    """The time that an institution owes between two days, both included; less or more than the tolerance counts."""

    institution: int
    first_day: int
    last_day: int
    minutes: int
    tolerance: int


@dataclass(frozen=True, order=True, slots=True)
class Duty:
    """One person on duty for one task at one half-day."""

    slot: int
    task: str
    person: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What each unit of a soft rule costs. Zero switches a rule off."""

    uncovered: int = 100  # an empty seat
    below_minimum: int = 60  # an institution missing below a half-day’s minimum
    language: int = 60  # a speaker missing
    unmixed: int = 30  # a pair from one institution
    below_aim: int = 8
    habit: int = 3  # a half-day that leaves the fortnight’s template
    unpopular: int = 3  # beyond one’s fair part of the unpopular half-days
    rather_not: int = 3
    not_preferred: int = 1  # a wish that was not fulfilled, where it could have been
    isolated: int = 2  # a single half-day on a day, where both were possible
    share: int = 1  # each quarter-hour of an institution’s contribution beyond the tolerance
    fairness: int = 1  # each half-day by which somebody’s load leaves what was fair


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule is about here: its name (a field of ``Weights``, or that of a hard rule) and whom and what it concerns."""

    rule: str
    slot: int | None = None
    task: str | None = None
    person: int | None = None
    institution: int | None = None
    language: str | None = None
    day: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a plan pays for: so many units of a rule, and what they cost."""

    about: Subject
    amount: float
    cost: float


class PlanningError(Exception):
    """The planner cannot do what it was asked."""


class PinError(PlanningError):
    """Duties that were pinned by hand break rules that always hold."""

    def __init__(self, broken: Sequence[tuple[Subject, tuple[Duty, ...]]]) -> None:
        self.broken = tuple(broken)  # each rule with the pins that break it together
        super().__init__(
            "; ".join(f"{about.rule}: {', '.join(map(str, pins))}" for about, pins in self.broken)
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One rota to be planned."""

    slots: tuple[Slot, ...]
    needs: tuple[Need, ...]
    people: tuple[Person, ...]
    shares: tuple[Share, ...] = ()
    pins: frozenset[Duty] = frozenset()  # chosen by hand: they stay
    before: frozenset[Duty] = (
        frozenset()
    )  # held before the horizon: slots with ``day`` < 0, which need nobody any more
    weights: Weights = field(default_factory=Weights)

    def accustomed(self, habits: Mapping[int, frozenset[tuple[int, str]]]) -> Problem:
        """The same rota for people who are used to something else."""
        people = tuple(
            replace(person, habits=habits.get(person.key, person.habits)) for person in self.people
        )
        return replace(self, people=people)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a running planner knows: the best plan’s cost so far, and what no plan can be better than."""

    seconds: float
    cost: float | None
    bound: float | None
    stage: str = "rota"  # “template” while the fortnight is made

    @property
    def gap(self) -> float | None:
        """How far the best plan can be from the best possible one, as a part of it; None before there is one."""
        if self.cost is None or self.bound is None:
            return None
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(self.cost, 1e-9)


@dataclass(frozen=True, slots=True)
class Solution:
    """The best plan found."""

    duties: frozenset[Duty]
    cost: float
    bound: float
    proven: bool  # within the gap that was asked for
    costs: Mapping[str, float] = field(
        default_factory=dict
    )  # rule (a field of Weights) -> its part of the cost
    findings: tuple[Finding, ...] = ()  # what the plan pays for, one by one
    habits: Mapping[int, frozenset[tuple[int, str]]] = field(
        default_factory=dict
    )  # the template it was measured by
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """How far this plan can be from the best possible one, as a part of its cost."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(self.cost, 1e-9)
