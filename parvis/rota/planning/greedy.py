"""A greedy planner: the scarcest seat of each half-day first, to whom it costs least. The start of the search, and a comparison."""

from __future__ import annotations

from collections import Counter, defaultdict

from .problem import Duty, Need, Problem, Share, Slot, Wish
from .roster import Roster


def greedy(problem: Problem) -> frozenset[Duty]:
    """A plan that keeps the hard rules, made in one pass in the order of time."""
    return frozenset(_Greedy(problem).run().duties)


class _Greedy:
    """What the next duty would cost, from what was given so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.weights = problem, problem.weights
        self.roster = Roster.of(problem)
        self.grid = self.roster.grid
        self.there: dict[int, Counter[int | None]] = defaultdict(Counter)  # slot → institutions
        self.sitting: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.given: Counter[Share] = Counter()
        self.shares: dict[int, list[Share]] = defaultdict(list)
        self.load: Counter[int] = Counter()
        self.room = {person.key: max(1, self.grid.room_for(person.key)) for person in problem.people}
        for share in problem.shares:
            self.shares[share.institution].append(share)
        for pin in problem.pins:
            self.note(pin)

    def run(self) -> Roster:
        """Fills each half-day, and gives back who sits where."""
        able: dict[tuple[int, str], list[int]] = defaultdict(list)
        for person, slots in self.grid.choices.items():
            for at, tasks in slots.items():
                for task in tasks:
                    able[at, task].append(person)
        for slot in self.grid.ahead:
            needs = [
                self.grid.needs[slot.key, task]
                for task in self.grid.tasks_at.get(slot.key, ())
                if (slot.key, task) in self.grid.needs
            ]
            for need in sorted(
                needs, key=lambda need: (len(able[need.slot, need.task]) / max(1, need.seats), need)
            ):
                self.fill(slot, need, able[need.slot, need.task])
        return self.roster

    def fill(self, slot: Slot, need: Need, able: list[int]) -> None:
        """Seat after seat, to the person to whom it costs least, unless leaving it empty costs less."""
        while self.roster.seated[need.slot, need.task] < need.seats:
            free = [person for person in able if self.roster.may(Duty(slot.key, need.task, person))]
            if not free:
                return
            best = min(free, key=lambda person: (self.price(slot, need, person), person))
            if self.price(slot, need, best) >= self.weights.uncovered:
                return
            duty = Duty(slot.key, need.task, best)
            self.roster.add(duty)
            self.note(duty)

    def note(self, duty: Duty) -> None:
        """What a duty changes for the next ones."""
        person, slot = self.grid.people[duty.person], self.grid.slots[duty.slot]
        self.there[duty.slot][person.institution] += 1
        self.sitting[duty.slot, duty.task].append(duty.person)
        self.load[duty.person] += 1
        if person.institution is not None:
            for share in self.shares[person.institution]:
                if share.first_day <= slot.day <= share.last_day:
                    self.given[share] += slot.minutes

    def price(self, slot: Slot, need: Need, key: int) -> float:
        """What it costs more, or less, when somebody takes this seat."""
        person, w = self.grid.people[key], self.weights
        cost = 2.0 * self.load[key] / self.room[key]  # the one who has had least, where all else is the same
        wish = person.wishes[slot.key]
        cost += w.rather_not * (wish is Wish.RATHER_NOT) - w.not_preferred * (wish is Wish.PREFERS)
        if person.habits:
            cost += w.habit * ((slot.habit, need.task) not in person.habits)
        if slot.unpopular and wish is not Wish.PREFERS:
            cost += w.unpopular / 2
        if not self.there[slot.key][person.institution]:
            distinct = sum(count > 0 for count in self.there[slot.key].values())
            cost -= w.below_minimum * (distinct < slot.institutions_min) + w.below_aim * (
                distinct < slot.institutions_aim
            )
        sitting = [self.grid.people[other] for other in self.sitting[slot.key, need.task]]
        if need.mixed and any(other.institution == person.institution for other in sitting):
            cost += w.unmixed
        for language, count in need.languages:
            if language in person.languages and sum(language in other.languages for other in sitting) < count:
                cost -= w.language
        if any(other.day == slot.day for other in self.roster.held[key]):
            cost -= w.isolated
        return cost + self.owed(slot, person.institution)

    def owed(self, slot: Slot, institution: int | None) -> float:
        """What this half-day costs, or saves, in an institution’s contribution."""
        cost = 0.0
        for share in self.shares[institution] if institution is not None else ():
            if share.first_day <= slot.day <= share.last_day:
                before, after = self.given[share], self.given[share] + slot.minutes
                off = max(0, abs(after - share.minutes) - share.tolerance) - max(
                    0, abs(before - share.minutes) - share.tolerance
                )
                cost += self.weights.share * off / 15
        return cost
