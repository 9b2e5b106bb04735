"""What a change that people agree on between themselves would break: asked before a swap is sent or a cover is called for.

Only what the change itself breaks is named; what a plan broke before is not theirs to mend.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .checker import broken
from .comparing import RuleCosts, compare
from .problem import Duty, Problem, Slot, Subject, Wish

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a seat without breaking a rule, and how they like it."""

    person: int
    wish: Wish
    accustomed: bool  # to this half-day of the fortnight, for this task
    load: int  # half-days that they hold in that week


def swap(mine: Duty, theirs: Duty) -> tuple[Duty, Duty]:
    """What each of the two holds afterwards: mine for them, theirs for me."""
    return replace(mine, person=theirs.person), replace(theirs, person=mine.person)


def swap_problems(problem: Problem, plan: frozenset[Duty], mine: Duty, theirs: Duty) -> list[Subject]:
    """Which hard rules a swap would break, of both; an empty list: it may be sent.

    Raises ``ValueError`` where one of the two is not in the plan or both are the same person’s.
    """
    if not {mine, theirs} <= plan or mine.person == theirs.person:
        raise ValueError("a swap is between two duties of the plan that two people hold")
    return problems_of(problem, plan, taken_away={mine, theirs}, added=swap(mine, theirs))


def swap_effects(problem: Problem, plan: frozenset[Duty], mine: Duty, theirs: Duty) -> list[RuleCosts]:
    """Which soft rules a swap would change: what each costs before it and after it."""
    after = (plan - {mine, theirs}) | frozenset(swap(mine, theirs))
    rules = compare(problem, plan, after).rules
    return [rule for rule in rules if abs(rule.cost_first - rule.cost_second) > 1e-6]


def problems_of(
    problem: Problem, plan: frozenset[Duty], *, taken_away: Iterable[Duty] = (), added: Iterable[Duty] = ()
) -> list[Subject]:
    """Which hard rules a change breaks that the plan keeps, in the order of people."""
    return Standing(problem, plan).problems_of(taken_away=taken_away, added=added)


class Standing:
    """A plan by person and by seat, so that many changes can be tried on it."""

    def __init__(self, problem: Problem, plan: Iterable[Duty]) -> None:
        self.problem, self.plan = problem, frozenset(plan)
        self.slots = {slot.key: slot for slot in problem.slots}
        self.people = {person.key: person for person in problem.people}
        self.needs = {(need.slot, need.task): need for need in problem.needs}
        self.held: dict[int, set[Duty]] = defaultdict(set)
        self.seated: dict[tuple[int, str], set[Duty]] = defaultdict(set)
        self.before: dict[int, set[Duty]] = defaultdict(set)
        self.pins: dict[int, set[Duty]] = defaultdict(set)
        for duty in self.plan:
            self.held[duty.person].add(duty)
            self.seated[duty.slot, duty.task].add(duty)
        for duty in problem.before:
            self.before[duty.person].add(duty)
        for duty in problem.pins:
            self.pins[duty.person].add(duty)

    def problems_of(
        self, *, taken_away: Iterable[Duty] = (), added: Iterable[Duty] = (), one_more_seat: bool = False
    ) -> list[Subject]:
        """Which hard rules a change breaks that the plan keeps. With ``one_more_seat`` there is room for who is added."""
        taken_away, added = frozenset(taken_away), frozenset(added)
        seats = {(duty.slot, duty.task) for duty in added}
        beside = {duty.person for at in seats for duty in self.seated.get(at, ())}  # they count for the seats
        people = sorted(beside | {duty.person for duty in taken_away | added})
        near = self._near({self.slots[duty.slot] for duty in taken_away | added}, people)
        theirs = frozenset(
            duty for person in people for duty in self.held.get(person, ()) if duty.slot in near
        )
        after = (theirs - taken_away) | added
        part = self._part(people, near, theirs | added, one_more_seat=seats if one_more_seat else set())
        before = {about for about, _ in broken(part, theirs)}
        return [about for about, _ in broken(part, after) if about not in before]

    def _near(self, changed: set[Slot], people: list[int]) -> set[int]:
        """The slots that a change can matter for: of its weeks, and as far away as rest and days in a row reach."""
        limits = [self.people[person].limits for person in people]
        reach = max((max(it.days_in_a_row or 0, it.rest // DAY + 1) for it in limits), default=0) + 1
        weeks = {slot.week for slot in changed}
        days = {slot.day + step for slot in changed for step in range(-reach, reach + 1)}
        return {key for key, slot in self.slots.items() if slot.week in weeks or slot.day in days}

    def _part(
        self,
        people: list[int],
        near: set[int],
        duties: frozenset[Duty],
        one_more_seat: set[tuple[int, str]],
    ) -> Problem:
        """The problem of those people alone: nobody else's rules can break."""
        past = frozenset(
            duty for person in people for duty in self.before.get(person, ()) if duty.slot in near
        )
        needs = {at: self.needs[at] for duty in duties if (at := (duty.slot, duty.task)) in self.needs}
        for at in one_more_seat & needs.keys():
            needs[at] = replace(needs[at], seats=max(needs[at].seats, len(self.seated.get(at, ())) + 1))
        return Problem(
            slots=tuple(self.slots[key] for key in {duty.slot for duty in duties | past}),
            needs=tuple(needs.values()),
            people=tuple(self.people[person] for person in people),
            pins=frozenset(pin for person in people for pin in self.pins.get(person, ()) if pin.slot in near),
            before=past,
        )

    def reasons_against(self, person: int, slot: int, task: str) -> list[Subject]:
        """Why somebody could not take one more seat there; an empty list: they could."""
        return self.problems_of(added=[Duty(slot, task, person)], one_more_seat=True)

    def who_could(self, slot: int, task: str, *, instead_of: Duty | None = None) -> list[Candidate]:
        """Everybody who could take one more seat, or that of ``instead_of``; those who like it best come first."""
        week, habit = self.slots[slot].week, (self.slots[slot].habit, task)
        gone = [instead_of] if instead_of else []
        found = []
        for person in self.problem.people:
            duty = Duty(slot, task, person.key)
            if slot not in person.wishes or task not in person.tasks or duty in self.plan:
                continue
            if not self.problems_of(taken_away=gone, added=[duty], one_more_seat=True):
                load = sum(self.slots[held.slot].week == week for held in self.held.get(person.key, ()))
                found.append(Candidate(person.key, person.wishes[slot], habit in person.habits, load))
        return sorted(found, key=lambda it: (-it.wish, not it.accustomed, it.load, it.person))


def who_could(problem: Problem, plan: frozenset[Duty], slot: int, task: str) -> list[Candidate]:
    """Everybody who could take one more seat without breaking a rule: to whom a call for cover goes.

    Those who prefer it come first, then those who are used to it, then those with fewer half-days in that week.
    """
    return Standing(problem, plan).who_could(slot, task)


def reasons_against(
    problem: Problem, plan: frozenset[Duty], person: int, slot: int, task: str
) -> list[Subject]:
    """Why somebody could not take one more seat there; an empty list: they could."""
    return Standing(problem, plan).reasons_against(person, slot, task)
