"""“First free”: what a person with a spreadsheet does. Half-day by half-day, seat by seat, the first in the list who can."""

from __future__ import annotations

from .problem import Duty, Problem
from .roster import Roster


def first_free(problem: Problem) -> frozenset[Duty]:
    """A plan that keeps the hard rules and looks no further; a comparison, not a planner."""
    roster = Roster.of(problem)
    for slot in roster.grid.ahead:
        for task in roster.grid.tasks_at.get(slot.key, ()):
            need = roster.grid.needs.get((slot.key, task))
            for person in problem.people if need else ():
                if need is None or roster.seated[slot.key, task] >= need.seats:
                    break
                duty = Duty(slot.key, task, person.key)
                if roster.may(duty):
                    roster.add(duty)
    return frozenset(roster.duties)
