"""Several institutions on duty at each half-day: at least so many, better so many."""

from __future__ import annotations

from collections import defaultdict

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Subject


def plurality(b: Building) -> None:
    """Distinct institutions of a half-day, all tasks together; each one below the minimum, and below the aim, costs."""
    weights = b.problem.weights
    here: dict[int, dict[int | None, list[int]]] = defaultdict(lambda: defaultdict(list))
    for person, slots in b.present.items():
        for at, column in slots.items():
            here[at][b.grid.people[person].institution].append(column)
    for slot in b.grid.ahead:
        wanted = [("below_minimum", slot.institutions_min, weights.below_minimum)]
        wanted += [("below_aim", slot.institutions_aim, weights.below_aim)]
        wanted = [each for each in wanted if each[1] > 0 and each[2] > 0]
        if not wanted:
            continue
        there = [(_represented(b, columns), 1.0) for columns in here[slot.key].values()]
        for rule, count, weight in wanted:
            missing = b.model.slack(weight, Subject(rule, slot=slot.key))
            b.model.row([(missing, 1.0), *there], low=count)


def _represented(b: Building, columns: list[int]) -> int:
    """A column that can be one only where one of an institution’s people is there."""
    if len(columns) == 1:
        return columns[0]
    there = b.model.column(0.0, 1.0)
    b.model.row([(there, -1.0), *((column, 1.0) for column in columns)], low=0.0)
    return there
