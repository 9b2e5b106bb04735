"""What people like and are used to."""

from __future__ import annotations

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Subject, Wish


def habits(b: Building) -> None:
    """A duty at another half-day of the fortnight, or for another task, than somebody is used to. Who has no habits leaves none."""
    weight = b.problem.weights.habit
    for duty, column in b.on.items() if weight else ():
        person = b.grid.people[duty.person]
        if person.habits and (b.grid.slots[duty.slot].habit, duty.task) not in person.habits:
            about = Subject("habit", slot=duty.slot, task=duty.task, person=duty.person)
            b.model.penalise(column, weight, about)


def wishes(b: Building) -> None:
    """A half-day that somebody would rather not have, or another one than those they prefer, in a week in which they prefer some."""
    for person in b.problem.people:
        options = b.slots_of(person.key)
        prefers = {slot.week for slot, _ in options if person.wishes[slot.key] is Wish.PREFERS}
        for slot, column in options:
            if person.wishes[slot.key] is Wish.RATHER_NOT:
                b.model.penalise(
                    column,
                    b.problem.weights.rather_not,
                    Subject("rather_not", slot=slot.key, person=person.key),
                )
            if person.wishes[slot.key] is not Wish.PREFERS and slot.week in prefers:
                b.model.penalise(
                    column,
                    b.problem.weights.not_preferred,
                    Subject("not_preferred", slot=slot.key, person=person.key),
                )
