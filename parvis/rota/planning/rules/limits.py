"""What holds for one person always: one place at a time, days, weeks, days in a row, rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Person, Slot, Subject


def one_place_at_a_time(b: Building) -> None:
    """Of half-days that overlap in time, at most one: a row for each greatest set that shares an instant."""
    for person in b.problem.people:
        held = b.grid.held_before.get(person.key, [])
        options = b.slots_of(person.key)
        seen: set[frozenset[int]] = set()
        for slot, _ in options:
            now = [(other, column) for other, column in options if other.start <= slot.start < other.end]
            columns = frozenset(column for _, column in now)
            if len(columns) < 2 or any(columns <= larger for larger in seen):
                continue
            seen.add(columns)
            about = Subject("one_place_at_a_time", slot=slot.key, person=person.key, day=slot.day)
            b.model.at_most(sorted(columns), 1.0, about)
        for slot, column in options:
            if any(slot.start < other.end and other.start < slot.end for other in held):
                b.model.at_most(
                    [column], 0.0, Subject("one_place_at_a_time", slot=slot.key, person=person.key)
                )


def per_day(b: Building) -> None:
    """At most so many half-days a day."""
    for person in b.problem.people:
        if (limit := person.limits.per_day) is not None:
            days = _counted(b, person, by_week=False)
            for day, (columns, held) in days.items():
                _limited(b, columns, limit - held, Subject("per_day", person=person.key, day=day))


def per_week(b: Building) -> None:
    """At most so many half-days a week."""
    for person in b.problem.people:
        if (limit := person.limits.per_week) is not None:
            weeks = _counted(b, person, by_week=True)
            for week, (columns, held) in weeks.items():
                _limited(b, columns, limit - held, Subject("per_week", person=person.key, week=week))


def _counted(b: Building, person: Person, *, by_week: bool) -> dict[int, tuple[list[int], int]]:
    """Day or week → the columns of half-days that somebody could hold in it, and how many they hold already."""
    columns: dict[int, list[int]] = defaultdict(list)
    for slot, column in b.slots_of(person.key):
        columns[slot.week if by_week else slot.day].append(column)
    held = b.grid.held_before.get(person.key, [])
    return {
        when: (those, sum(when == (slot.week if by_week else slot.day) for slot in held))
        for when, those in columns.items()
    }


def _limited(b: Building, columns: list[int], left: int, about: Subject) -> None:
    if left < len(columns):
        b.model.at_most(columns, max(left, 0), about)


def days_in_a_row(b: Building) -> None:
    """After so many days on duty, one without: in each run of one day more, at most so many days."""
    for person in b.problem.people:
        if (limit := person.limits.days_in_a_row) is None:
            continue
        days: dict[int, list[int]] = defaultdict(list)
        for slot, column in b.slots_of(person.key):
            days[slot.day].append(column)
        held = {slot.day for slot in b.grid.held_before.get(person.key, [])}
        worked = {day: _any_of(b, columns) for day, columns in days.items() if day not in held}
        firsts = sorted({first for day in worked for first in range(day - limit, day + 1)})
        for first in firsts:
            run = range(first, first + limit + 1)
            if all(day in worked or day in held for day in run):
                columns = [worked[day] for day in run if day in worked]
                left = limit - sum(day in held for day in run)
                b.model.at_most(columns, max(left, 0), Subject("days_in_a_row", person=person.key, day=first))


def _any_of(b: Building, columns: list[int]) -> int:
    """A column that is one where any of these is."""
    if len(columns) == 1:
        return columns[0]
    any_of = b.model.column(0.0, 1.0)
    for column in columns:
        b.model.row([(any_of, 1.0), (column, -1.0)], low=0.0)
    return any_of


def rest(b: Building) -> None:
    """So many minutes between the end of one day’s duty and the beginning of another day’s."""
    for person in b.problem.people:
        options = b.slots_of(person.key)
        for at, (slot, column) in enumerate(options):
            for later, other in options[at + 1 :]:
                if later.start - slot.end >= person.limits.rest and later.start >= slot.end:
                    break
                if _too_close(slot, later, person.limits.rest):
                    b.model.at_most([column, other], 1.0, Subject("rest", slot=later.key, person=person.key))
            if _near(slot, b.grid.held_before.get(person.key, []), person.limits.rest):
                b.model.at_most([column], 0.0, Subject("rest", slot=slot.key, person=person.key))


def _too_close(one: Slot, two: Slot, rest: int) -> bool:
    """Whether two half-days of different days have too little time between them (overlaps are another rule)."""
    first, second = sorted((one, two), key=lambda slot: slot.start)  # keys may come in any order
    return first.day != second.day and second.start - first.end < rest


def _near(slot: Slot, held: Iterable[Slot], rest: int) -> bool:
    return any(_too_close(slot, other, rest) for other in held)
