"""Half-days that are alone on their day, where somebody could hold two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Person, Slot, Subject

MANY = 40  # rows for somebody's week: with more ways to choose days than this, the rest is left to the solver


@dataclass(frozen=True, slots=True)
class _Day:
    """Half-days that somebody could hold on one day: two, with the column that says that one of them is alone, or one at most."""

    columns: tuple[int, ...]
    alone: int | None


def isolated_half_days(b: Building) -> None:
    """A single half-day on a day on which somebody could hold two."""
    weight = b.problem.weights.isolated
    for person in b.problem.people if weight else ():
        if any(limit is not None and limit < 2 for limit in (person.limits.per_day, person.limits.per_week)):
            continue
        weeks: dict[int, list[_Day]] = defaultdict(list)
        for day, slots in b.grid.by_day(person.key).items():
            columns = tuple(b.present[person.key][slot.key] for slot in slots)
            alone = None
            if two_possible(slots):
                alone = b.model.slack(weight, Subject("isolated", person=person.key, day=day))
                for this in columns:
                    others = [(column, 1.0) for column in columns if column != this]
                    b.model.row([(alone, 1.0), (this, -1.0), *others], low=0.0)
            if alone is None or len(columns) == 2:
                weeks[slots[0].week].append(_Day(columns, alone))
        for week, days in weeks.items():
            _tightened(b, _left(b, person, week), days)


def two_possible(slots: list[Slot]) -> bool:
    """Whether one of these half-days follows another without overlapping it."""
    return min(slot.end for slot in slots) <= max(slot.start for slot in slots)


def _left(b: Building, person: Person, week: int) -> int | None:
    """How many half-days somebody can still take on in a week, where there is a limit."""
    if (limit := person.limits.per_week) is None:
        return None
    return max(0, limit - sum(slot.week == week for slot in b.grid.held_before.get(person.key, ())))


def _tightened(b: Building, limit: int | None, days: list[_Day]) -> None:
    """What is true of every week of whole half-days, and describes them completely: it lifts the bound.

    With 2 for a day that is full and 1 for one with a single half-day, they come to the limit at most. Choose any days so that the
    limit and their number are odd together: then full days and single ones among the chosen are at most half of both, rounded down.
    """
    if limit is None:
        return
    for rows, chosen in enumerate(_odd_choices(limit, len(days))):
        terms: list[tuple[int, float]] = []
        most = 0
        for at, day in enumerate(days):
            if day.alone is not None:  # a full day is half of what is held less what is alone
                terms += [(column, 1.0) for column in day.columns]
                terms.append((day.alone, 1.0 if at in chosen else -1.0))
            elif at in chosen:
                terms += [(column, 2.0) for column in day.columns]
            most += 2 * (day.alone is not None or at in chosen)
        if most > limit + len(chosen) - 1 and any(day.alone is not None for day in days):
            b.model.row(terms, high=limit + len(chosen) - 1)
        if rows >= MANY:
            return


def _odd_choices(limit: int, days: int) -> Iterator[frozenset[int]]:
    """Sets of days, small ones first, whose number makes the limit odd; with as many as the limit nothing new is said."""
    for count in range(1 - limit % 2, min(limit - 1, days) + 1, 2):
        yield from map(frozenset, combinations(range(days), count))
