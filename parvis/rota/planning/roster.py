"""A plan that grows duty by duty and knows which one may come next: what the simple planners share."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .grid import Grid
from .problem import Duty, Problem, Slot


@dataclass
class Roster:
    """Duties so far, with what each person holds."""

    grid: Grid
    duties: set[Duty] = field(default_factory=set)
    held: dict[int, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    seated: Counter[tuple[int, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, problem: Problem) -> Roster:
        """What was held before, and what was pinned."""
        grid = Grid(problem)
        roster = cls(grid)
        for person, slots in grid.held_before.items():
            roster.held[person].extend(slots)
        for pin in sorted(problem.pins):
            roster.add(pin)
        return roster

    def add(self, duty: Duty) -> None:
        """Somebody takes a seat."""
        self.duties.add(duty)
        self.held[duty.person].append(self.grid.slots[duty.slot])
        self.seated[duty.slot, duty.task] += 1

    def may(self, duty: Duty) -> bool:
        """Whether somebody may take this seat, by all hard rules."""
        seats = self.grid.capacity.get((duty.slot, duty.task), 0)
        if self.seated[duty.slot, duty.task] >= seats or not self.grid.possible(duty):
            return False
        return self._free(duty.person, self.grid.slots[duty.slot])

    def _free(self, person: int, slot: Slot) -> bool:
        limits, held = self.grid.people[person].limits, self.held[person]
        if limits.per_day is not None and sum(it.day == slot.day for it in held) >= limits.per_day:
            return False
        if limits.per_week is not None and sum(it.week == slot.week for it in held) >= limits.per_week:
            return False
        for other in held:
            if other.start < slot.end and slot.start < other.end:
                return False
            if other.day != slot.day:
                pause = slot.start - other.end if other.start < slot.start else other.start - slot.end
                if pause < limits.rest:
                    return False
        return limits.days_in_a_row is None or self._run(held, slot) <= limits.days_in_a_row

    @staticmethod
    def _run(held: list[Slot], slot: Slot) -> int:
        """The days in a row that somebody would be there around a slot."""
        days = {it.day for it in held} | {slot.day}
        first = last = slot.day
        while first - 1 in days:
            first -= 1
        while last + 1 in days:
            last += 1
        return last - first + 1
