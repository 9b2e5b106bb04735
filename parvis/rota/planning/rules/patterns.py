"""Rules on the pattern of somebody's days: how many in a row, how many free between, weekends, what follows what.

They take columns of a model and know nothing of whose they are. A row of days stands in its order, one column a day that
is one on a day on duty. Before the first and after the last of them anything may have been or come: a stretch that
touches either end is never too short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd, inf

from parvis.rota.planning.linear import Model
from parvis.rota.planning.problem import Subject


def at_most_in_a_row(model: Model, days: Sequence[int], most: int, about: Subject | None = None) -> None:
    """No more than so many days on duty in a row."""
    for first in range(len(days) - most):
        model.at_most(days[first : first + most + 1], most, about)


def at_least_in_a_row(model: Model, days: Sequence[int], least: int, about: Subject | None = None) -> None:
    """Whoever begins goes on for so many days: no shorter stretch on duty between two free days."""
    for length in range(1, least):
        for before in range(len(days) - length - 1):
            inside = days[before + 1 : before + 1 + length]
            ends = (days[before], days[before + 1 + length])
            # not: free, on duty for the whole length, free
            terms = [(day, 1.0) for day in inside] + [(day, -1.0) for day in ends]
            model.row(terms, high=length - 1, about=about)


def free_at_least_in_a_row(
    model: Model, days: Sequence[int], least: int, about: Subject | None = None
) -> None:
    """Whoever is free is free for so many days: no shorter stretch between two days on duty."""
    for length in range(1, least):
        for before in range(len(days) - length - 1):
            inside = days[before + 1 : before + 1 + length]
            ends = (days[before], days[before + 1 + length])
            # not: on duty, free for the whole length, on duty
            terms = [(day, 1.0) for day in ends] + [(day, -1.0) for day in inside]
            model.row(terms, high=1.0, about=about)


def at_most_weekends(
    model: Model, weekends: Iterable[Sequence[int]], most: int, about: Subject | None = None
) -> None:
    """On duty in at most so many weekends; each is given by its days’ columns."""
    touched = []
    for days in weekends:
        weekend = model.choice()
        touched.append(weekend)
        for day in days:
            model.row([(day, 1.0), (weekend, -1.0)], high=0.0, about=about)
    if len(touched) > most:
        model.at_most(touched, most, about)


def never_after(
    model: Model, first: Mapping[str, int], then: Mapping[str, int], forbidden: Iterable[tuple[str, str]]
) -> None:
    """On two days that follow each other: no forbidden pair of kinds. Each kind’s column; one kind a day at most."""
    by_first: dict[str, list[int]] = {}
    for kind, after in sorted(forbidden):
        if kind in first and after in then:
            by_first.setdefault(kind, []).append(then[after])
    for kind, after_it in by_first.items():  # one row for all that may not follow: one of them comes at most
        model.at_most([first[kind], *after_it], 1.0)


def minutes_between(
    model: Model,
    minutes: Sequence[tuple[int, int]],
    least: int | None,
    most: int | None,
    about: Subject | None = None,
) -> None:
    """The minutes of all columns that are one lie between two bounds.

    Both are counted in the largest unit that all lengths share, and rounded inwards: with shifts of eight hours each, at
    least 126 hours are 16 shifts. The solver's bound is much better for it.
    """
    unit = gcd(*(length for _column, length in minutes)) or 1
    low = -inf if least is None else -(-least // unit)
    high = inf if most is None else most // unit
    if minutes or low > 0:
        model.row([(column, length // unit) for column, length in minutes], low, high, about)


def covered(
    model: Model,
    columns: Iterable[int],
    wanted: int,
    *,
    under: tuple[float, Subject],
    over: tuple[float, Subject],
) -> None:
    """So many of these are wanted; each missing and each one too many costs.

    What is missing is a whole number by itself; saying so lets the solver branch on it: the third public instance is
    proven in 2 seconds, and in 36 without.
    """
    missing, spare = model.column(high=wanted, whole=True), model.column(whole=True)
    model.penalise(missing, *under)
    model.penalise(spare, *over)
    terms = [(column, 1.0) for column in columns] + [(missing, 1.0), (spare, -1.0)]
    model.row(terms, wanted, wanted)
