"""Who could do what when: the same look-ups for every rule, made once from a problem."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from .problem import Duty, Need, Person, Problem, Slot


@dataclass(frozen=True)
class Grid:
    """A problem, by its keys. Slots before the horizon are in ``slots`` only."""

    problem: Problem

    @cached_property
    def slots(self) -> dict[int, Slot]:
        """Each by its key."""
        return {slot.key: slot for slot in self.problem.slots}

    @cached_property
    def people(self) -> dict[int, Person]:
        """Each by their key."""
        return {person.key: person for person in self.problem.people}

    @cached_property
    def needs(self) -> dict[tuple[int, str], Need]:
        """Each by slot and task."""
        return {(need.slot, need.task): need for need in self.problem.needs}

    @cached_property
    def capacity(self) -> dict[tuple[int, str], int]:
        """How many may sit at a slot for a task: the seats, or those who were put there by hand where they are more."""
        pinned = Counter((duty.slot, duty.task) for duty in self.problem.pins)
        seats = {at: max(need.seats, pinned[at]) for at, need in self.needs.items()}
        return {at: count for at, count in ({**pinned, **seats}).items() if count > 0}

    @cached_property
    def ahead(self) -> list[Slot]:
        """The slots to be planned, in the order of time."""
        return sorted(
            (slot for slot in self.problem.slots if slot.day >= 0), key=lambda slot: (slot.start, slot.key)
        )

    @cached_property
    def tasks_at(self) -> dict[int, list[str]]:
        """What there is to do at each slot to be planned, in a fixed order."""
        tasks: dict[int, list[str]] = defaultdict(list)
        for slot, task in sorted(self.capacity):
            if self.slots[slot].day >= 0:
                tasks[slot].append(task)
        return tasks

    @cached_property
    def choices(self) -> dict[int, dict[int, list[str]]]:
        """Person → slot (in the order of time) → what they could do there."""
        found: dict[int, dict[int, list[str]]] = {}
        for person in self.problem.people:
            at: dict[int, list[str]] = {}
            for slot in self.ahead:
                if slot.key in person.wishes:
                    able = [task for task in self.tasks_at.get(slot.key, ()) if task in person.tasks]
                    if able:
                        at[slot.key] = able
            found[person.key] = at
        return found

    @cached_property
    def held_before(self) -> dict[int, list[Slot]]:
        """Person → the slots that they held before the horizon."""
        held: dict[int, list[Slot]] = defaultdict(list)
        for duty in sorted(self.problem.before):
            held[duty.person].append(self.slots[duty.slot])
        return held

    @cached_property
    def institutions(self) -> dict[int | None, list[int]]:
        """Institution → its people; None is the centre’s own staff."""
        members: dict[int | None, list[int]] = defaultdict(list)
        for person in self.problem.people:
            members[person.institution].append(person.key)
        return members

    def by_day(self, person: int) -> dict[int, list[Slot]]:
        """The slots that somebody could hold, day by day."""
        days: dict[int, list[Slot]] = defaultdict(list)
        for key in self.choices[person]:
            days[self.slots[key].day].append(self.slots[key])
        return days

    def room_for(self, person: int) -> int:
        """How many half-days somebody could hold at most, by their days and weeks alone."""
        limits = self.people[person].limits
        weeks: Counter[int] = Counter()
        for slots in self.by_day(person).values():
            weeks[slots[0].week] += len(slots) if limits.per_day is None else min(len(slots), limits.per_day)
        return sum(
            count if limits.per_week is None else min(count, limits.per_week) for count in weeks.values()
        )

    def possible(self, duty: Duty) -> bool:
        """Whether somebody can come then and does this."""
        return duty.task in self.choices.get(duty.person, {}).get(duty.slot, ())
