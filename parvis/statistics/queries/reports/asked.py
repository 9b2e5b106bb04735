"""The tables about people that are about to leave, as the protection reads them: the cell of each of their figures."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from parvis.centres.models import Centre
from parvis.statistics.protection import (
    Audience,
    Axis,
    Cell,
    Figure,
    Figures,
    cell,
    table,
)
from parvis.statistics.queries.reports.content import Content, Table
from parvis.statistics.queries.reports.spans import months_from
from parvis.statistics.queries.reports.sums import PERIOD, by_period, of_period

At = tuple[Hashable | None, ...]


@dataclass(frozen=True)
class Leaving:
    """What is about to leave: whose, over which days, for whom. ``report``: which one, where it is one."""

    centre: Centre
    first: date
    last: date
    audience: Audience
    report: int | None = None


@dataclass(frozen=True)
class Asked:
    """One table about people: where it stands, and the cell of each of its figures."""

    part: int
    place: int
    table: Table
    about: Cell
    axes: tuple[Axis, ...]

    @property
    def counts(self) -> dict[At, int]:
        """Its figures and margins by the codes of their axes."""
        shown = self.table.table
        found: dict[At, int] = {(None,) * len(self.axes): _count(shown.total)}
        for row, line in zip(self.axes[0].codes, shown.lines, strict=True):
            if len(self.axes) == 1:
                found[(code_of(row),)] = _count(line.figures[0])
                continue
            found[code_of(row), None] = _count(line.total)
            for column, figure in zip(self.axes[1].codes, line.figures, strict=True):
                found[code_of(row), code_of(column)] = _count(figure)
        for column, figure in zip(self.axes[-1].codes, shown.column_totals, strict=False):
            if len(self.axes) == 2:
                found[None, code_of(column)] = _count(figure)
        return found

    def figures(self) -> Figures:
        """The same as the protection reads it."""
        return by_period(table(self.counts, self.axes, about=self.about))

    def named(self, at: At) -> Cell:
        """The cell at these codes."""
        return of_period(cell(self.axes, at, self.about))

    def label(self, at: At) -> str:
        """“Profile by age: 15–29, women”."""
        shown = self.table.table
        words = [str(shown.title)]
        labels: list[Sequence[Any]] = [[line.label for line in shown.lines], list(shown.columns)]
        for axis, code, names in zip(self.axes, at, labels, strict=False):
            if code is not None:
                words.append(str(names[axis.codes.index(code)]))
        return ", ".join(words)


def asked_of(leaving: Leaving, contents: Sequence[Content]) -> list[Asked]:
    return [
        Asked(part, place, one, about_of(leaving, one.question), axes_of(one.question))
        for part, content in enumerate(contents)
        for place, one in enumerate(content.tables)
        if one.about_people and one.question and one.table.lines
    ]


def about_of(leaving: Leaving, question: dict[str, Any]) -> Cell:
    period = months_from(leaving.first, leaving.last)
    name = period.key if period else f"{leaving.first}/{leaving.last}"
    own = {PERIOD: name} | {k: v for k, v in question["about"]}  # a sample has a period of its own
    return frozenset({("centre", leaving.centre.pk), *own.items()})


def axes_of(question: dict[str, Any]) -> tuple[Axis, ...]:
    return tuple(Axis(one["name"], tuple(one["codes"]), several=one["several"]) for one in question["axes"])


def _count(figure: Figure) -> int:
    return int(figure) if isinstance(figure, int | float) else 0


def code_of(code: Any) -> str | None:
    return None if code is None else str(code)
