"""What the numbers of a working table stand for along one dimension: the facts' own words, the network's, or a span of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

import numpy as np

from parvis.shared.school_years import first_month
from parvis.statistics.cube.dimensions import (
    CODED,
    OF_GROUPS,
    SPANS,
    column_of,
    start_of,
)
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.folding import Array, Vocabulary
from parvis.statistics.cube.questions import Dimension, Question, Value
from parvis.statistics.cube.words import Words
from parvis.statistics.cube.working import (
    EPOCH,
    NO_HOUR,
    Dictionary,
    first_of,
    monday,
    month_number,
    week_number,
)

BOTH = 1 << 12  # more than there are months: a centre and a month in one number


@dataclass(frozen=True)
class Sets:
    """The numbers of a column along an axis, and for each the place of the set that it stands for."""

    numbers: Array
    places: Array
    vocabulary: Vocabulary
    loose: Array  # places of sets with a local word that counts as nothing

    @property
    def are_numbers(self) -> bool:
        """Whether no two numbers stand for the same: nothing is gained by bringing them together before counting."""
        return len(self.vocabulary.sizes) == len(self.numbers)

    @cached_property
    def lowest(self) -> int:
        return int(self.numbers.min()) if len(self.numbers) else 0

    @cached_property
    def dense(self) -> Array:
        """The places by number, from the lowest."""
        found = np.zeros(
            (int(self.numbers.max()) - self.lowest + 1) if len(self.numbers) else 1, dtype=np.int64
        )
        found[self.numbers - self.lowest] = self.places
        return found


@dataclass(frozen=True, eq=False)
class Axis:
    """``values``: what each number of the column stands for. ``loose``: numbers that hold a local word which counts as nothing."""

    sql: str  # the number, from the working table ``f``
    kind: str  # DuckDB's type of it
    values: dict[int, tuple[Value, ...]]
    loose: frozenset[int] = frozenset()
    kept: dict[frozenset[Value] | None, Sets] = field(
        default_factory=dict
    )  # as an axis is used again and again

    def having(self, allowed: frozenset[Value] | None) -> dict[int, tuple[Value, ...]]:
        """The numbers that hold one of these values at least, each with those of them that it holds."""
        if allowed is None:
            return self.values
        found = {number: tuple(v for v in said if v in allowed) for number, said in self.values.items()}
        return {number: said for number, said in found.items() if said}

    def sets(self, allowed: frozenset[Value] | None) -> Sets:
        """What can be told apart along this axis, where only these values are wanted."""
        if allowed not in self.kept:
            different: dict[tuple[tuple[Value, ...], bool], int] = {}
            held = self.having(allowed)
            places = [
                different.setdefault((said, number in self.loose), len(different))
                for number, said in held.items()
            ]
            self.kept[allowed] = Sets(
                np.fromiter(held, np.int64, len(held)),
                np.array(places, dtype=np.int64),
                Vocabulary([said for said, _ in different]),
                np.array([place for (_, loose), place in different.items() if loose], dtype=np.int64),
            )
        return self.kept[allowed]


def axis(
    dimension: Dimension, question: Question, words: Words, known: dict[tuple[Unit, str], Dictionary]
) -> Axis:
    """The axis of a dimension, as the question's words and period want it."""
    if dimension == Dimension.HOUR:
        hours = {hour: (hour,) for hour in range(NO_HOUR)} | {NO_HOUR: (None,)}
        return Axis("f.hour", "UTINYINT", hours)  # type: ignore[arg-type]
    if dimension == Dimension.WEEKDAY:
        return Axis("f.weekday", "UTINYINT", {day: (day,) for day in range(7)})
    if dimension in SPANS:
        return _span(dimension, question, words, known)
    return _said(dimension, question, words, known)


def _span(
    span: Dimension, question: Question, words: Words, known: dict[tuple[Unit, str], Dictionary]
) -> Axis:
    first, last = question.first, question.last
    if span == Dimension.DAY:
        start = (first - EPOCH).days
        days = range(start, start + (last - first).days + 1)
        return Axis("f.day", "USMALLINT", {day: (EPOCH + timedelta(days=day),) for day in days})
    if span == Dimension.WEEK:
        weeks = range(week_number(first), week_number(last) + 1)
        return Axis("f.week", "USMALLINT", {week: (monday(week),) for week in weeks})
    months = range(month_number(first), month_number(last) + 1)
    if span == Dimension.SCHOOL_YEAR:
        return _school_years(months, question, words, known[question.unit, "centre"])
    return Axis("f.month", "USMALLINT", {month: (start_of(span, first_of(month)),) for month in months})


def _school_years(months: Iterable[int], question: Question, words: Words, centres: Dictionary) -> Axis:
    """By month alone where all centres begin in the same one; else by centre and month."""
    begins = {
        number: first_month(words.centres[centre].country if centre in words.centres else "")
        for centre, number in centres.numbers.items()
        if centre in question.centres
    }

    def year(month: int, begin: int) -> tuple[Value, ...]:
        return (start_of(Dimension.SCHOOL_YEAR, first_of(month), begin),)

    if len(set(begins.values())) <= 1:
        begin = next(iter(begins.values()), 9)
        return Axis("f.month", "USMALLINT", {month: year(month, begin) for month in months})
    both = {number * BOTH + month: year(month, begin) for number, begin in begins.items() for month in months}
    return Axis(f"(f.centre * {BOTH} + f.month)", "UINTEGER", both)


def _said(
    dimension: Dimension, question: Question, words: Words, known: dict[tuple[Unit, str], Dictionary]
) -> Axis:
    """A dimension that the facts say, by the number of its value or set of values."""
    column = (
        "centre"
        if dimension in (Dimension.NETWORK, Dimension.COUNTRY)
        else column_of(question.unit, dimension)
    )
    said = dict(enumerate(known[question.unit, column].values))
    if column == "code":
        said = {number: codes for number, codes in said.items() if words.lists.get(_code(codes)) == dimension}
    translate = _translation(dimension, words, network=question.in_network_words)
    sql = f'f."{column}"'
    if translate is None:
        return Axis(sql, "UINTEGER", said)
    values: dict[int, tuple[Value, ...]] = {}
    loose = set()
    for number, locals_ in said.items():
        values[number] = tuple(dict.fromkeys(map(translate, locals_)))
        if any(value is not None and translate(value) is None for value in locals_):
            loose.add(number)
    coded = dimension in CODED or dimension == Dimension.THEME
    return Axis(sql, "UINTEGER", values, frozenset(loose) if coded else frozenset())


def _code(codes: tuple[Value, ...]) -> int:
    code = codes[0]
    return code if isinstance(code, int) else 0


def _translation(dimension: Dimension, words: Words, *, network: bool) -> Callable[[Value], Value] | None:
    """How a value that the facts say becomes the dimension's; ``None`` where it is the same."""
    if dimension in (Dimension.NETWORK, Dimension.COUNTRY):
        name = dimension.value
        return {centre: getattr(place, name) for centre, place in words.centres.items()}.get  # type: ignore[return-value]
    if network and dimension == Dimension.THEME:
        return words.themes.get  # type: ignore[return-value]
    if network and (dimension in CODED or dimension in OF_GROUPS):
        return words.codes.get  # type: ignore[return-value]
    return None
