"""A block with what is hidden taken out, and with it what would give it away: percentages, bases, means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from parvis.statistics.protection import (
    Cell,
    Figure,
    Hidden,
    Need,
    Publication,
    may_stand,
)
from parvis.statistics.queries.reports.asked import Asked, At, code_of
from parvis.statistics.queries.reports.content import Content, Sentence
from parvis.statistics.shown import CrossTable, Line


def shown_to(content: Content, part: int, asked: Sequence[Asked], new: Publication) -> Content:
    """The block with what is hidden taken out, and percentages with it."""
    tables, sentences = list(content.tables), list(content.sentences)
    for one in asked:
        if one.part == part:
            tables[one.place] = replace(one.table, table=_masked(one, new.hidden))
            base_is_hidden = one.named((None,) * len(one.axes)) in new.hidden
            mean_tells = not base_is_hidden and not _mean_may_stand(one, new)
            # What a sentence says of this table is its base, or the mean of its lines.
            own = [said for said in sentences if said.of in ("", one.table.name)]
            silent = {id(said) for said in own if said.is_mean and (base_is_hidden or mean_tells)}
            sentences = [
                _silenced(said) if base_is_hidden and said in own else said
                for said in sentences
                if id(said) not in silent
            ]
    return replace(content, tables=tables, sentences=sentences)


def _silenced(said: Sentence) -> Sentence:
    return replace(said, numbers=[replace(n, value=Hidden.SMALL) for n in said.numbers])


def _mean_may_stand(one: Asked, new: Publication) -> bool:
    """Whether the mean of a scale's points may be told beside its lines; what was hidden is counted as it is, not as it is weighed."""
    points = (one.table.question or {}).get("points", [])
    if not points:
        return True
    cells = {point: one.named((str(point),)) for point in points}
    counts = {point: new.figures.values.get(found, 0) for point, found in cells.items()}
    usual = {found: Need(value, value) for found, value in new.figures.values.items()}
    needs = {
        point: new.needs.get(found, usual[found]) for point, found in cells.items() if found in new.hidden
    }
    return may_stand(points, counts, needs)


def _masked(one: Asked, hidden: frozenset[Cell]) -> CrossTable:
    shown = one.table.table

    def told(figure: Figure, at: At) -> Figure:
        # Small ones and those hidden for their sake look the same: who could tell them apart would know more.
        return figure if figure is None or one.named(at) not in hidden else Hidden.SMALL

    whole: At = (None,) * len(one.axes)
    base = told(shown.total, whole)
    lines = [
        _line(one, line, row, told, base) for row, line in zip(one.axes[0].codes, shown.lines, strict=True)
    ]
    rows: tuple[None, ...] = (None,)
    totals = [
        told(figure, (*rows, code_of(column)))
        for column, figure in zip(one.axes[-1].codes, shown.column_totals, strict=False)
    ]
    return replace(shown, lines=lines, column_totals=totals, total=base, n=told(shown.n, whole))


def _share(line: Line, figure: Figure, base: Figure) -> Figure:
    """A share of a hidden base would give the base away."""
    hidden = [one for one in (figure, base) if isinstance(one, Hidden)]
    return hidden[0] if hidden and line.share is not None else line.share


def _line(one: Asked, line: Line, row: Any, told: Any, base: Figure) -> Line:
    if len(one.axes) == 1:
        figure = told(line.figures[0], (code_of(row),))
        share = _share(line, figure, base)
        if isinstance(share, Hidden) and line.low is not None:
            line = replace(line, low=share, high=share)
        return replace(line, figures=[figure], share=share)
    total = told(line.total, (code_of(row), None))
    figures = [
        told(figure, (code_of(row), code_of(column)))
        for column, figure in zip(one.axes[1].codes, line.figures, strict=True)
    ]
    return replace(line, figures=figures, total=total, share=_share(line, total, base))
