"""The model of a rota while rules are added to it: who is where is decided here, what that must not do and what it costs elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .grid import Grid
from .linear import Model
from .problem import Duty, Problem, Slot


@dataclass
class Building:
    """A model with its choices. A rule finds the columns here, and adds rows and penalties."""

    problem: Problem
    grid: Grid
    model: Model = field(default_factory=Model)
    on: dict[Duty, int] = field(default_factory=dict)  # a person on duty for a task at a slot
    present: dict[int, dict[int, int]] = field(
        default_factory=dict
    )  # person → slot → there, whatever the task
    loads: dict[int, int] = field(
        default_factory=dict
    )  # person → how many half-days in all, where a rule asked for it

    @classmethod
    def of(cls, problem: Problem) -> Building:
        """The choices of a problem, and nothing else yet."""
        building = cls(problem, Grid(problem))
        for person, slots in building.grid.choices.items():
            building.present[person] = {
                slot: building._there(person, slot, tasks) for slot, tasks in slots.items()
            }
        return building

    def _there(self, person: int, slot: int, tasks: Sequence[str]) -> int:
        """Presence: the one task’s own column where there is one task, else a column that is their sum."""
        for task in tasks:
            self.on[Duty(slot, task, person)] = self.model.choice()
        columns = [self.on[Duty(slot, task, person)] for task in tasks]
        if len(columns) == 1:
            return columns[0]
        there = self.model.choice()  # at most one: so one task at a time
        self.model.row([(there, -1.0), *((column, 1.0) for column in columns)], 0.0, 0.0)
        return there

    def at(self, slot: int, task: str) -> list[tuple[int, int]]:
        """Those who could do a task at a slot: person and column."""
        return self._at.get((slot, task), [])

    @property
    def _at(self) -> dict[tuple[int, str], list[tuple[int, int]]]:
        if not self._found:
            for duty, column in self.on.items():
                self._found.setdefault((duty.slot, duty.task), []).append((duty.person, column))
        return self._found

    _found: dict[tuple[int, str], list[tuple[int, int]]] = field(default_factory=dict)

    def slots_of(self, person: int) -> list[tuple[Slot, int]]:
        """The slots that somebody could hold, in the order of time, with the column that says that they are there."""
        return [(self.grid.slots[slot], column) for slot, column in self.present[person].items()]

    def load(self, person: int) -> int:
        """The column that counts somebody’s half-days."""
        if person not in self.loads:
            self.loads[person] = self.model.column()
            terms = [(column, 1.0) for column in self.present[person].values()]
            self.model.row([(self.loads[person], -1.0), *terms], 0.0, 0.0)
        return self.loads[person]

    def start(self, duties: Iterable[Duty]) -> Mapping[int, float]:
        """A plan as values of who is where: HiGHS works out the rest."""
        values: dict[int, float] = dict.fromkeys(self.on.values(), 0.0)
        values.update((column, 0.0) for slots in self.present.values() for column in slots.values())
        for duty in duties:
            values[self.on[duty]] = 1.0
            values[self.present[duty.person][duty.slot]] = 1.0
        return values

    def duties(self, values: NDArray[np.float64]) -> frozenset[Duty]:
        """The plan that the columns’ values mean."""
        return frozenset(duty for duty, column in self.on.items() if values[column] > 0.5)


Rule = Callable[[Building], None]


def build(problem: Problem, rules: Iterable[Rule]) -> Building:
    """The model of a problem with these rules."""
    building = Building.of(problem)
    for rule in rules:
        rule(building)
    return building
