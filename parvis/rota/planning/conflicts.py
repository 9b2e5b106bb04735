"""Demands that cannot be met together: what to relax, and the smallest set of rules that already contradict each other.

Everybody's limits, what was pinned by hand and each demanded place is a *rule* with a name. That people come when they can,
do what they do and are in one place at a time are facts, which nobody relaxes.

*What to relax* is the elastic model: each rule has one switch that takes it away, and as few as possible are used. *Why* is the
smallest contradiction: each way to relax must take away one of its rules, so the smallest set that meets all the ways found so
far is tried, until one is itself without a solution (implicit hitting sets, as in Ignatiev and others 2015). Where the time is too
short for the smallest, rules are left out one after the other as long as the rest contradict each other.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .building import Building, Rule, build
from .checker import broken
from .highs import THREADS, Answer, Search, SolverError, solve
from .linear import Model
from .problem import Duty, Problem, Subject
from .rules import limits
from .windows import window_of

FACTS = ("one_place_at_a_time",)
RULES: tuple[Rule, ...] = (
    limits.one_place_at_a_time,
    limits.per_day,
    limits.per_week,
    limits.days_in_a_row,
    limits.rest,
)


@dataclass(frozen=True, order=True, slots=True)
class Demand:
    """So many people at a place, or so many who speak a language there."""

    slot: int
    task: str
    people: int
    language: str = ""  # none: whoever does the task

    @property
    def about(self) -> Subject:
        """Its name among the rules."""
        return Subject("demand", slot=self.slot, task=self.task, language=self.language or None)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands and rules that contradict each other; without any one of them the others can be kept."""

    demands: tuple[Demand, ...]
    rules: tuple[Subject, ...]  # limits of people, and pins
    relax: tuple[Subject, ...]  # one of the smallest sets of rules without which everything else can be kept
    smallest: bool  # no contradiction has fewer rules


def conflict(
    problem: Problem, demands: Iterable[Demand], *, seconds: float = 5.0, threads: int = THREADS
) -> Conflict | None:
    """The smallest contradiction among these demands and the rules; None where they can be met together.

    Pins must be possible in themselves (``pin_conflicts``). Raises ``SolverError`` where the time is too short to say.
    """
    by_name = {demand.about: demand for demand in sorted(demands)}
    elastic = _elastic(problem, by_name.values(), time.monotonic() + seconds, threads)
    relax = elastic.corrected(frozenset())
    if relax is None:
        raise SolverError("facts contradict each other")  # every demand has a switch: this cannot be
    if not relax:
        return None
    found, smallest = elastic.smallest(relax)
    return Conflict(
        demands=tuple(sorted(by_name[about] for about in found if about in by_name)),
        rules=tuple(sorted((about for about in found if about not in by_name), key=repr)),
        relax=tuple(sorted(relax, key=repr)),
        smallest=smallest,
    )


def pin_conflicts(problem: Problem) -> list[tuple[Subject, tuple[Duty, ...]]]:
    """Pins that break a rule together: each rule with the fewest of them that do. The rules only ever forbid, so none is missed."""
    found = []
    for about, pins in broken(problem, problem.pins):
        those = list(pins)
        for pin in pins:
            fewer = [other for other in those if other != pin]
            if about in {other for other, _ in broken(replace(problem, pins=frozenset(fewer)), fewer)}:
                those = fewer
        found.append((about, tuple(those)))
    return found


@dataclass
class Elastic:
    """A model in which each named rule has a switch that takes it away."""

    model: Model
    switches: dict[Subject, int]
    until: float
    threads: int
    ways: list[frozenset[Subject]] = field(
        default_factory=list
    )  # sets of rules without which the others can be kept

    def corrected(self, kept: frozenset[Subject]) -> frozenset[Subject] | None:
        """The fewest rules to take away beside ``kept``, which stay; None where these contradict each other."""
        for about, switch in self.switches.items():
            self.model.high[switch] = 0.0 if about in kept else 1.0
        values = self._solved()
        if values is None:
            return None
        return frozenset(about for about, switch in self.switches.items() if values[switch] > 0.5)

    def _solved(self) -> NDArray[np.float64] | None:
        """The values of the columns; None where there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise SolverError("the time is over")
        outcome = solve(self.model, Search(left, gap=0.0, threads=self.threads, gap_absolute=0.5))
        if outcome.answer is Answer.IMPOSSIBLE:
            return None
        if outcome.values is None or outcome.answer is not Answer.PROVEN:
            raise SolverError("the time is over")
        return outcome.values

    def contradict(self, rules: Iterable[Subject]) -> bool:
        """Whether these rules alone cannot all be kept."""
        kept = frozenset(rules)
        for (
            about,
            switch,
        ) in self.switches.items():  # all the others are taken away: nothing is left to be minimised
            self.model.low[switch] = self.model.high[switch] = 0.0 if about in kept else 1.0
        try:
            return self._solved() is None
        finally:
            for switch in self.switches.values():
                self.model.low[switch] = 0.0

    def smallest(self, relax: frozenset[Subject]) -> tuple[frozenset[Subject], bool]:
        """The smallest contradiction, or one from which nothing can be left out where the time is too short."""
        self.ways.append(relax)
        half = self.until
        self.until = time.monotonic() + (half - time.monotonic()) / 3
        try:
            while True:
                tried = self._meets_all()
                way = self.corrected(tried)
                if way is None:
                    return tried, True
                self.ways.append(way)
        except SolverError:
            self.until = half
            return self._by_leaving_out(), False

    def _meets_all(self) -> frozenset[Subject]:
        """The fewest rules of which each way takes away at least one."""
        rules = sorted(frozenset().union(*self.ways), key=repr)
        model = Model()
        columns = {about: model.choice() for about in rules}
        for about, column in columns.items():
            model.penalise(column, 1.0, about)
        for way in self.ways:
            model.row([(columns[about], 1.0) for about in sorted(way, key=repr)], low=1.0)
        left = max(self.until - time.monotonic(), 0.01)
        outcome = solve(model, Search(left, gap=0.0, threads=self.threads, gap_absolute=0.5))
        if outcome.values is None or outcome.answer is not Answer.PROVEN:
            raise SolverError("the time is over")
        return frozenset(about for about, column in columns.items() if outcome.values[column] > 0.5)

    def _by_leaving_out(self) -> frozenset[Subject]:
        """Leaves out rules, half of them at a time and then fewer, as long as the rest contradict each other."""
        rest = sorted(self.switches, key=repr)
        size = max(len(rest) // 2, 1)
        while True:
            at = 0
            while at < len(rest):
                fewer = rest[:at] + rest[at + size :]
                if self.contradict(fewer):
                    rest = fewer
                else:
                    at += size
            if size == 1:
                return frozenset(rest)
            size = max(size // 2, 1)


def _elastic(problem: Problem, demands: Iterable[Demand], until: float, threads: int) -> Elastic:
    """The model of the weeks that the demands are in, with a switch for each rule."""
    demands = list(demands)
    window = window_of(problem, [demand.slot for demand in demands])
    building = build(_part(problem, demands, window), RULES)
    for demand in demands:
        building.model.row(
            [
                (column, 1.0)
                for person, column in building.at(demand.slot, demand.task)
                if demand.language in ("", *building.grid.people[person].languages)
            ],
            low=demand.people,
            about=demand.about,
        )
    _pins(building)
    model, switches = _with_switches(building.model)
    return Elastic(model, switches, until, threads)


def _part(problem: Problem, demands: list[Demand], window: frozenset[int]) -> Problem:
    """The window's half-days; at each place there is room for all who are demanded."""
    room = {(need.slot, need.task): need for need in problem.needs if need.slot in window}
    people: dict[tuple[int, str], int] = {}
    for demand in demands:
        at = (demand.slot, demand.task)
        people[at] = max(people.get(at, 0), demand.people)
    needs = tuple(
        replace(need, seats=max(need.seats, people.get((need.slot, need.task), 0))) for need in room.values()
    )
    kept = window | {duty.slot for duty in problem.before}
    return replace(
        problem,
        slots=tuple(slot for slot in problem.slots if slot.key in kept),
        needs=needs,
        pins=problem.pins,
    )


def _pins(b: Building) -> None:
    for pin in sorted(b.problem.pins):
        about = Subject("pin", slot=pin.slot, task=pin.task, person=pin.person)
        b.model.row([(b.on[pin], 1.0)] if pin in b.on else [], low=1.0, about=about)


def _with_switches(model: Model) -> tuple[Model, dict[Subject, int]]:
    """The same rows; a rule's own rows all hold or, when its switch is on, none of them does.

    A row is taken away by as much as its columns, all of them zero or one, can pass its bound: never by a “big” number.
    """
    elastic, switches = Model(), {}
    for low, high, whole in zip(model.low, model.high, model.whole, strict=True):
        elastic.column(low, high, whole=whole)
    for row, about in enumerate(model.row_about):
        inside = range(model.starts[row], model.starts[row + 1])
        terms = [(model.indices[at], model.values[at]) for at in inside]
        low, high = model.row_low[row], model.row_high[row]
        if about is not None and about.rule not in FACTS:
            if about not in switches:
                switches[about] = elastic.choice()
                elastic.penalise(switches[about], 1.0, about)
            most = sum(max(value, 0.0) for _, value in terms)
            least = sum(min(value, 0.0) for _, value in terms)
            past = (high - most if most > high else 0.0) + (low - least if least < low else 0.0)
            terms.append((switches[about], past))
        elastic.row(terms, low, high)
    return elastic, switches
