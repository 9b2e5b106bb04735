"""What a rota breaks and costs, from the rules alone: written apart from the model, walking the duties and not the choices.

It imports nothing of the planner but its data types, so that a mistake in the model shows as a difference here.

The hard rules: people come when they can, do what they do, one task and one place at a time; no more of them than seats (or than were put
there by hand); half-days per day and week, days in a row, rest; pins are kept. The soft ones are the fields of ``Weights``:

- *uncovered*: seats less people, per need. *language*: speakers missing, per need and language. *unmixed*: in a mixed need, each person
  whose institution sits there already.
- *below_minimum*, *below_aim*: institutions missing at a half-day, one under the minimum being one under the aim as well.
- *share*: quarter-hours (parts of them, too) by which an institution's time leaves its tolerance.
- *fairness*: an institution's half-days are divided by what each of its people could hold (by their days and weeks); half-days beyond one
  from that part.
- *unpopular*: half-days that nobody likes beyond one's part of their seats, divided by what each of those who could hold some could hold
  in all, and rounded up; half-days that somebody prefers are not counted for them.
- *habit*: a duty whose half-day of the fortnight and task are not among somebody's habits, if they have some.
- *rather_not*; *not_preferred*: a half-day not preferred in a week in which somebody prefers some that they could hold.
- *isolated*: a day with one half-day for somebody who could hold two, by their limits per day and week, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from math import ceil

from .problem import Duty, Need, Person, Problem, Slot, Subject, Weights, Wish

Broken = tuple[Subject, tuple[Duty, ...]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a plan breaks, how many units of each soft rule it has, and what they cost."""

    broken: tuple[Broken, ...]
    amounts: dict[str, float]
    costs: dict[str, float]
    total: float


def check(problem: Problem, duties: Iterable[Duty]) -> Report:
    """Scores a plan. Duties of nobody, or at no slot of the problem, raise ``KeyError``."""
    plan = _Plan(problem, frozenset(duties))
    amounts = {weight.name: 0.0 for weight in fields(Weights)}
    for rule, amount in plan.paid():
        amounts[rule] += amount
    costs = {rule: amount * getattr(problem.weights, rule) for rule, amount in amounts.items()}
    return Report(tuple(plan.broken()), amounts, costs, sum(costs.values()))


def broken(problem: Problem, duties: Iterable[Duty]) -> tuple[Broken, ...]:
    """Only the hard rules that a plan breaks, each with the duties that break it together."""
    return tuple(_Plan(problem, frozenset(duties)).broken())


class _Plan:
    """The duties of a plan, by what the rules ask for."""

    def __init__(self, problem: Problem, duties: frozenset[Duty]) -> None:
        self.problem = problem
        self.slots = {slot.key: slot for slot in problem.slots}
        self.people = {person.key: person for person in problem.people}
        self.duties = sorted(duties)
        self.seated: dict[tuple[int, str], list[Duty]] = defaultdict(list)
        self.own: dict[int, list[Duty]] = {person.key: [] for person in problem.people}
        self.past: dict[int, list[Duty]] = {person.key: [] for person in problem.people}
        for duty in self.duties:
            self.seated[duty.slot, duty.task].append(duty)
            self.own[duty.person].append(duty)
        for duty in sorted(problem.before):
            if duty.person in self.past:
                self.past[duty.person].append(duty)

    # what always holds

    def broken(self) -> Iterator[Broken]:
        """Each hard rule that is broken, with the duties that break it."""
        for pin in sorted(self.problem.pins - set(self.duties)):
            yield Subject("pin", slot=pin.slot, task=pin.task, person=pin.person), (pin,)
        seats = {(need.slot, need.task): need.seats for need in self.problem.needs}
        pinned = Counter((pin.slot, pin.task) for pin in self.problem.pins)
        for (slot, task), here in self.seated.items():
            if len(here) > max(seats.get((slot, task), 0), pinned[slot, task]):
                yield Subject("seats", slot=slot, task=task), tuple(here)
        for person in self.problem.people:
            yield from self._unable(person)
            yield from self._too_many(person)
            yield from self._too_many_days(person)
            yield from self._together(person)

    def _unable(self, person: Person) -> Iterator[Broken]:
        for duty in self.own[person.key]:
            if duty.slot not in person.wishes or self.slots[duty.slot].day < 0:
                yield Subject("available", slot=duty.slot, person=person.key), (duty,)
            if duty.task not in person.tasks:
                asked = any((need.slot, need.task) == (duty.slot, duty.task) for need in self.problem.needs)
                rule = "able" if asked else "unneeded"
                yield Subject(rule, slot=duty.slot, task=duty.task, person=person.key), (duty,)

    def _too_many(self, person: Person) -> Iterator[Broken]:
        days: dict[int, set[Duty]] = defaultdict(set)
        weeks: dict[int, set[Duty]] = defaultdict(set)
        for duty in self.own[person.key] + self.past[person.key]:
            days[self.slots[duty.slot].day].add(duty)
            weeks[self.slots[duty.slot].week].add(duty)
        for day, duties in days.items():
            if self._over(person.limits.per_day, duties):
                yield Subject("per_day", person=person.key, day=day), self._new(duties)
        for week, duties in weeks.items():
            if self._over(person.limits.per_week, duties):
                yield Subject("per_week", person=person.key, week=week), self._new(duties)

    def _over(self, limit: int | None, duties: set[Duty]) -> bool:
        return limit is not None and len(duties) > limit and bool(self._new(duties))

    def _new(self, duties: Iterable[Duty]) -> tuple[Duty, ...]:
        return tuple(sorted(duty for duty in duties if duty not in self.problem.before))

    def _too_many_days(self, person: Person) -> Iterator[Broken]:
        if (limit := person.limits.days_in_a_row) is None:
            return
        days = {self.slots[duty.slot].day for duty in self.own[person.key] + self.past[person.key]}
        new = {self.slots[duty.slot].day for duty in self.own[person.key]}
        for last in sorted(days):
            run = set(range(last - limit, last + 1))
            if run <= days and run & new:
                those = [duty for duty in self.own[person.key] if self.slots[duty.slot].day in run]
                yield Subject("days_in_a_row", person=person.key, day=last - limit), tuple(those)

    def _together(self, person: Person) -> Iterator[Broken]:
        """Pairs: at the same time, or on two days with too little rest."""
        new = self.own[person.key]
        pairs = [(duty, other) for at, duty in enumerate(new) for other in new[at + 1 :]]
        pairs += [(past, duty) for past in self.past[person.key] for duty in new]
        for pair in pairs:
            first, second = sorted((self.slots[duty.slot] for duty in pair), key=lambda slot: slot.start)
            if first.key == second.key or second.start < first.end:
                yield Subject("one_place_at_a_time", slot=second.key, person=person.key), self._new(pair)
            if first.day != second.day and second.start - first.end < person.limits.rest:
                yield Subject("rest", slot=second.key, person=person.key), self._new(pair)

    # what costs

    def paid(self) -> Iterator[tuple[str, float]]:
        """Each soft rule with the units of it that the plan has, one by one."""
        for need in self.problem.needs:
            if self.slots[need.slot].day >= 0:
                yield from self._need(need)
        for slot in self.problem.slots:
            if slot.day >= 0:
                yield from self._plurality(slot)
        yield from self._shares()
        yield from self._loads()
        yield from self._unpopular()
        for person in self.problem.people:
            yield from self._liked(person)
            yield from self._isolated(person)

    def _need(self, need: Need) -> Iterator[tuple[str, float]]:
        here = [self.people[duty.person] for duty in self.seated.get((need.slot, need.task), ())]
        yield "uncovered", max(0, need.seats - len(here))
        for language, count in need.languages:
            yield "language", max(0, count - sum(language in person.languages for person in here))
        if need.mixed:
            yield "unmixed", len(here) - len({person.institution for person in here})

    def _plurality(self, slot: Slot) -> Iterator[tuple[str, float]]:
        distinct = len(
            {self.people[duty.person].institution for duty in self.duties if duty.slot == slot.key}
            if slot.institutions_min or slot.institutions_aim
            else ()
        )
        yield "below_minimum", max(0, slot.institutions_min - distinct)
        yield "below_aim", max(0, slot.institutions_aim - distinct)

    def _shares(self) -> Iterator[tuple[str, float]]:
        for share in self.problem.shares:
            held = sum(
                self.slots[duty.slot].end - self.slots[duty.slot].start
                for duty in self.duties
                if self.people[duty.person].institution == share.institution
                and share.first_day <= self.slots[duty.slot].day <= share.last_day
            )
            yield "share", max(0, abs(held - share.minutes) - share.tolerance) / 15

    def _useful(self, person: Person) -> list[Slot]:
        """The half-days of the horizon that somebody could hold, because there is something to do that they do."""
        wanted = {need.slot for need in self.problem.needs if need.seats and need.task in person.tasks}
        wanted |= {pin.slot for pin in self.problem.pins if pin.task in person.tasks}
        return [self.slots[key] for key in person.wishes if key in wanted and self.slots[key].day >= 0]

    def _could(self, person: Person) -> int:
        """How many half-days somebody could hold, by their days and weeks."""
        days = Counter((slot.week, slot.day) for slot in self._useful(person))
        weeks: Counter[int] = Counter()
        for (week, _), count in days.items():
            weeks[week] += min(count, count if person.limits.per_day is None else person.limits.per_day)
        limit = person.limits.per_week
        return sum(count if limit is None else min(count, limit) for count in weeks.values())

    def _loads(self) -> Iterator[tuple[str, float]]:
        could = {person.key: self._could(person) for person in self.problem.people}
        for institution in {person.institution for person in self.problem.people}:
            able = [p.key for p in self.problem.people if p.institution == institution and could[p.key]]
            together, given = sum(could[key] for key in able), sum(len(self.own[key]) for key in able)
            for key in able if len(able) > 1 else ():
                yield "fairness", max(0.0, abs(len(self.own[key]) - could[key] / together * given) - 1)

    def _unpopular(self) -> Iterator[tuple[str, float]]:
        disliked = {slot.key for slot in self.problem.slots if slot.unpopular and slot.day >= 0}
        seats = sum(need.seats for need in self.problem.needs if need.slot in disliked)
        sharing = [
            person
            for person in self.problem.people
            if any(
                slot.key in disliked and person.wishes[slot.key] is not Wish.PREFERS
                for slot in self._useful(person)
            )
        ]
        could = {person.key: self._could(person) for person in sharing}
        for person in sharing:
            had = [duty for duty in self.own[person.key] if duty.slot in disliked]
            counted = sum(person.wishes.get(duty.slot) is not Wish.PREFERS for duty in had)
            yield "unpopular", max(0, counted - ceil(seats * could[person.key] / max(1, sum(could.values()))))

    def _liked(self, person: Person) -> Iterator[tuple[str, float]]:
        prefers = {slot.week for slot in self._useful(person) if person.wishes[slot.key] is Wish.PREFERS}
        for duty in self.own[person.key]:
            slot, wish = self.slots[duty.slot], person.wishes.get(duty.slot)
            yield "rather_not", float(wish is Wish.RATHER_NOT)
            yield "not_preferred", float(wish is not Wish.PREFERS and slot.week in prefers)
            yield "habit", float(bool(person.habits) and (slot.habit, duty.task) not in person.habits)

    def _isolated(self, person: Person) -> Iterator[tuple[str, float]]:
        if person.limits.per_day in (0, 1) or person.limits.per_week in (0, 1):
            return
        held = Counter(self.slots[duty.slot].day for duty in self.own[person.key])
        alone = {day for day, count in held.items() if count == 1}
        could: dict[int, list[Slot]] = defaultdict(list)
        for slot in self._useful(person) if alone else ():
            could[slot.day].append(slot)
        for day in alone:
            apart = any(one.end <= two.start for one in could[day] for two in could[day])
            yield "isolated", float(apart)
