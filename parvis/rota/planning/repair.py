"""Repairs a rota after an absence with as few changes as possible to what others already know.

The same model as the planner's, over the weeks that the absence can touch; all other duties stay as they are. What counts, in
this order:

1. what is left open that was not open before (seats, languages, distinct institutions), together with the changes: 20 for
   each person called in or cancelled, 10 for each who goes to another task at the same half-day;
2. the centre's other soft rules.

So a seat is worth up to four changes, and of all ways with the fewest changes the one is proposed that suits people best.
What was open before stays as it was: a repair improves nothing that nobody asked for.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .building import Building, Rule, build
from .highs import THREADS, Answer, Search, solve
from .problem import Duty, Finding, Need, Person, PlanningError, Problem, Share, Slot, Subject, Wish
from .rules import HARD, contributions, coverage, isolated, plurality, wishes
from .windows import window_of

CALLED_IN, CANCELLED, MOVED = 20, 20, 10
FIRST = 100  # how much more the first of the two aims counts than the second
CHANGES = ("called_in", "cancelled", "moved")
GAPS = ("uncovered", "language", "below_minimum", "unmixed")
SOFT: tuple[Rule, ...] = (
    coverage.seats,
    coverage.languages,
    coverage.mixed_pairs,
    plurality.plurality,
    contributions.shares,
    wishes.habits,
    wishes.wishes,
    isolated.isolated_half_days,
)
WEEK = 7

FIRMLY = 100.0  # a place that must be filled is worth so much more than one that may stay open

Absences = Mapping[int, Iterable[int]]  # person -> slots on which they do not come


class NoRepairError(PlanningError):
    """The time was too short to find any repair."""


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody goes to another task at the half-day on which they are there anyway."""

    before: Duty
    after: Duty


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to repair a rota."""

    duties: frozenset[Duty]  # the whole plan
    absent: tuple[Duty, ...]  # what fell away
    called_in: tuple[Duty, ...]
    cancelled: tuple[Duty, ...]
    moved: tuple[Move, ...]
    gaps: tuple[Finding, ...]  # what stays open that was not open before; ``Subject.rule`` is one of GAPS
    effects: tuple[Finding, ...]  # what it means for those who are called in or moved
    change_cost: int
    cost: float  # gaps and changes together: what is smallest in the first proposal
    proven: bool  # no plan has a smaller one, proposals before it set aside

    @property
    def changes(self) -> int:
        """How many people learn something new."""
        return len(self.called_in) + len(self.cancelled) + len(self.moved)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place to be filled: one more seat of a task at a half-day, or one more speaker among those who sit there."""

    slot: int
    task: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be repaired."""

    problem: Problem
    plan: frozenset[Duty]
    window: frozenset[int]  # the slots that may change
    gone: frozenset[tuple[int, int]] = frozenset()  # person and slot
    wanted: Wanted | None = None
    one_more: bool = False  # sits there than did, where something is wanted
    gap_factor: float = 1.0

    def is_gone(self, duty: Duty) -> bool:
        """Whether who holds it does not come."""
        return (duty.person, duty.slot) in self.gone


def repair(
    problem: Problem,
    plan: frozenset[Duty],
    absences: Absences,
    *,
    frozen_before_day: int = 0,
    frozen_before_minute: int | None = None,
    alternatives: int = 5,
    seconds: float = 3.0,
    threads: int = THREADS,
) -> list[Proposal]:
    """Up to so many ways to repair a plan, the best first, each with other people called in or moved.

    Nothing changes before ``frozen_before_day``, nor in half-days that begin before ``frozen_before_minute`` (of the horizon):
    what has begun. Pins stay. Where nothing was held by those who are absent there is one
    proposal, which changes nothing. Raises ``NoRepairError`` where the time was too short for even one.
    """
    gone = frozenset((person, slot) for person, slots in absences.items() for slot in slots)
    touched = [duty.slot for duty in plan if (duty.person, duty.slot) in gone]
    window = window_of(problem, touched, frozen_before_day, frozen_before_minute)
    case = Case(problem, plan, window, gone)
    return _ranked(case, alternatives, Search(seconds, gap=0.0, threads=threads, gap_absolute=0.5))


def fill(
    problem: Problem,
    plan: frozenset[Duty],
    wanted: Wanted,
    *,
    frozen_before_day: int = 0,
    alternatives: int = 3,
    seconds: float = 3.0,
    threads: int = THREADS,
) -> list[Proposal]:
    """Ways to fill a place that the plan left open, with the fewest changes, however many: nothing else is opened for it.

    Where the first proposal has ``gaps`` and is ``proven``, no plan fills this place and keeps all others filled.
    Raises ``NoRepairError`` where the time was too short for even one.
    """
    window = window_of(problem, [wanted.slot], frozen_before_day)
    here = sum((duty.slot, duty.task) == (wanted.slot, wanted.task) for duty in plan)
    seats = max(
        (need.seats for need in problem.needs if (need.slot, need.task) == (wanted.slot, wanted.task)),
        default=0,
    )
    ways = [wanted.language is None]  # a speaker takes the place of somebody,
    if wanted.language is not None and here < seats:
        ways.append(True)  # or a seat that is empty
    each = Search(seconds / len(ways), gap=0.0, threads=threads, gap_absolute=0.5)
    found = []
    for one_more in ways:
        case = Case(problem, plan, window, wanted=wanted, one_more=one_more, gap_factor=FIRMLY)
        found += _ranked(case, alternatives, each)
    return sorted(found, key=lambda proposal: proposal.cost)[:alternatives]


def _ranked(case: Case, alternatives: int, search: Search) -> list[Proposal]:
    until = time.monotonic() + search.seconds
    problem, plan, window = case.problem, case.plan, case.window
    building = build(_part(case), (*HARD, *SOFT, _changes(plan, window), _as_they_can(problem, plan)))
    start = building.start(duty for duty in plan if duty in building.on and not case.is_gone(duty))
    found: list[Proposal] = []
    while len(found) < max(alternatives, 1) and (left := until - time.monotonic()) > 0:
        outcome = solve(building.model, replace(search, seconds=left), start)
        if outcome.values is None:
            break
        now = building.duties(outcome.values) | frozenset(duty for duty in plan if duty.slot not in window)
        findings = list(building.model.findings(outcome.values))
        found.append(_proposal(case, now, findings, proven=outcome.answer is Answer.PROVEN))
        new = found[-1].called_in or [move.after for move in found[-1].moved]
        if not new or outcome.answer is not Answer.PROVEN:
            break
        building.model.at_most([building.on[duty] for duty in new], len(new) - 1)
        start = {}
    if not found:
        raise NoRepairError("no repair was found in the time")
    return found


def _part(case: Case) -> Problem:
    """The problem of the window alone: what was covered before is what is needed, everything else is held already."""
    problem, plan, window = case.problem, case.plan, case.window
    slots = {slot.key: slot for slot in problem.slots}
    outside = frozenset(duty for duty in plan if duty.slot not in window) | problem.before
    first = min((slots[key].day for key in window), default=0)
    last = max((slots[key].day for key in window), default=0)
    near = frozenset(
        duty for duty in outside if first - WEEK <= slots[duty.slot].day <= last + WEEK
    )  # rules of a person reach no further than a week, or the days of a run
    run = max((person.limits.days_in_a_row or 0 for person in problem.people), default=0)
    if run > WEEK:
        near = outside
    kept = window | {duty.slot for duty in near}
    first_aim = {rule: getattr(problem.weights, rule) * FIRST * case.gap_factor for rule in GAPS}
    return Problem(
        slots=tuple(
            _as_it_was(problem, plan, slot)
            if slot.key in window
            else replace(slot, institutions_min=0, institutions_aim=0)
            for slot in problem.slots
            if slot.key in kept
        ),
        needs=tuple(_needed(case)),
        people=tuple(_people(case)),
        shares=tuple(_shares(problem, plan, window)),
        pins=frozenset(pin for pin in problem.pins if pin.slot in window and not case.is_gone(pin)),
        before=near,
        weights=replace(problem.weights, **first_aim),
    )


def _as_it_was(problem: Problem, plan: frozenset[Duty], slot: Slot) -> Slot:
    """No more institutions asked for than there were."""
    institution = {person.key: person.institution for person in problem.people}
    distinct = len({institution[duty.person] for duty in plan if duty.slot == slot.key})
    return replace(
        slot,
        institutions_min=min(slot.institutions_min, distinct),
        institutions_aim=min(slot.institutions_aim, distinct),
    )


def _people(case: Case) -> Iterable[Person]:
    """The people as they can come now. Whoever was put somewhere against what they said may stay there."""
    window = case.window
    held: dict[int, set[Duty]] = defaultdict(set)
    for duty in case.plan:
        if duty.slot in window and not case.is_gone(duty):
            held[duty.person].add(duty)
    for person in case.problem.people:
        here = {key for key in person.wishes if key in window and (person.key, key) not in case.gone}
        wishes = {key: person.wishes[key] for key in sorted(here)}
        wishes |= {duty.slot: Wish.CAN for duty in sorted(held[person.key]) if duty.slot not in here}
        tasks = person.tasks | {duty.task for duty in held[person.key]}
        yield replace(person, wishes=wishes, tasks=tasks)


def _needed(case: Case) -> Iterable[Need]:
    """No more asked for than was held, and the place that is wanted; a mixed pair only where there was one."""
    people = {person.key: person for person in case.problem.people}
    held: dict[tuple[int, str], list[Person]] = defaultdict(list)
    staying: Counter[tuple[int, str]] = Counter()
    for duty in case.plan:
        if duty.slot in case.window:
            held[duty.slot, duty.task].append(people[duty.person])
            staying[duty.slot, duty.task] += not case.is_gone(duty)
    needs = {(need.slot, need.task): need for need in case.problem.needs}
    wanted = case.wanted
    if wanted:
        held[wanted.slot, wanted.task] += []
    for (slot, task), here in sorted(held.items(), key=lambda item: item[0]):
        need = needs.get((slot, task), Need(slot, task, seats=0))
        this = wanted is not None and (wanted.slot, wanted.task) == (slot, task)
        more = this and case.one_more
        spoken = Counter(language for person in here for language in person.languages)
        spoken.update([wanted.language] if this and wanted and wanted.language else [])
        languages = [(code, min(count, spoken[code])) for code, count in need.languages]
        yield replace(
            need,
            seats=max(min(need.seats, len(here)), staying[slot, task]) + more,
            languages=tuple((code, count) for code, count in languages if count),
            mixed=need.mixed and not this and len({person.institution for person in here}) == len(here),
        )


def _shares(problem: Problem, plan: frozenset[Duty], window: frozenset[int]) -> Iterable[Share]:
    """What each institution owes within the window, when what it gives elsewhere is counted already."""
    slots = {slot.key: slot for slot in problem.slots}
    institution = {person.key: person.institution for person in problem.people}
    days = [slots[key].day for key in window]
    for share in problem.shares:
        if not any(share.first_day <= day <= share.last_day for day in days):
            continue
        given = sum(
            slots[duty.slot].minutes
            for duty in plan
            if duty.slot not in window
            and institution[duty.person] == share.institution
            and share.first_day <= slots[duty.slot].day <= share.last_day
        )
        yield replace(share, minutes=share.minutes - given)


def _as_they_can(problem: Problem, plan: frozenset[Duty]) -> Rule:
    """Nobody new where they cannot come, or do not do what is done there."""
    people = {person.key: person for person in problem.people}

    def as_they_can(b: Building) -> None:
        for duty, column in b.on.items():
            person = people[duty.person]
            if duty not in plan and (duty.slot not in person.wishes or duty.task not in person.tasks):
                b.model.fix(column, 0.0)

    return as_they_can


def _changes(plan: frozenset[Duty], window: frozenset[int]) -> Rule:
    """What each change costs to those who know the plan."""
    held = {(duty.person, duty.slot): duty.task for duty in plan if duty.slot in window}

    def changes(b: Building) -> None:
        for person, slots in b.present.items():
            for slot, column in slots.items():
                task = held.get((person, slot))
                rule, cost = ("called_in", CALLED_IN) if task is None else ("cancelled", CANCELLED)
                about = Subject(rule, slot=slot, task=task, person=person)
                b.model.penalise(column, cost * FIRST, about, missed=task is not None)
        for duty, column in b.on.items():
            task = held.get((duty.person, duty.slot))
            if task is not None and task != duty.task:
                about = Subject("moved", slot=duty.slot, task=duty.task, person=duty.person)
                b.model.penalise(column, MOVED * FIRST, about)

    return changes


def _proposal(case: Case, duties: frozenset[Duty], findings: list[Finding], *, proven: bool) -> Proposal:
    """The plan that was found, as changes to the one that people know."""
    absent = tuple(sorted(duty for duty in case.plan if case.is_gone(duty)))
    was = {(duty.person, duty.slot): duty for duty in case.plan - frozenset(absent)}
    now = {(duty.person, duty.slot): duty for duty in duties}
    moved = [Move(was[at], now[at]) for at in sorted(was.keys() & now.keys()) if was[at] != now[at]]
    called_in = sorted(now[at] for at in now.keys() - was.keys())
    cancelled = sorted(was[at] for at in was.keys() - now.keys())
    gaps = [replace(it, cost=it.cost / FIRST / case.gap_factor) for it in findings if it.about.rule in GAPS]
    asked = {(duty.person, duty.slot) for duty in [*called_in, *(move.after for move in moved)]}
    effects = [
        it for it in findings if (it.about.person, it.about.slot) in asked and it.about.rule not in CHANGES
    ]
    change_cost = CALLED_IN * len(called_in) + CANCELLED * len(cancelled) + MOVED * len(moved)
    return Proposal(
        duties=duties,
        absent=absent,
        called_in=tuple(called_in),
        cancelled=tuple(cancelled),
        moved=tuple(moved),
        gaps=tuple(gaps),
        effects=tuple(effects),
        change_cost=change_cost,
        cost=change_cost + sum(gap.cost for gap in gaps),
        proven=proven,
    )
