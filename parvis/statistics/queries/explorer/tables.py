"""From what may be read of an answer to the tables that every way out renders. No figure is protected or changed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from parvis.statistics.cube.questions import ALL, All, Answer, Dimension, Key, Value
from parvis.statistics.protection import Audience, Figure, Protected, change, percent
from parvis.statistics.queries.explorer.asked import FLOWS, Asked, Measure, matched
from parvis.statistics.queries.explorer.notes import notes, protection_said, unit_of
from parvis.statistics.queries.explorer.periods import starts_within
from parvis.statistics.queries.explorer.words import NAMES, TIMES, Vocabulary, Word, run_of
from parvis.statistics.shown import CrossTable, Line
from parvis.statistics.ways_out import said

Place = Value | All
MOST_PARTS = 12  # tables of a third dimension


@dataclass(frozen=True)
class Read:
    """An answer as its reader may read it, and the same of the period compared with."""

    asked: Asked
    answer: Answer
    told: Protected
    words: Vocabulary
    holder: str
    method: str
    then: Protected | None = None

    @property
    def audience(self) -> Audience:
        return self.told.answer_for

    def figure(self, key: Key, told: Protected | None = None) -> Figure:
        """What is told of a cell: how many, or how long."""
        source = told or self.told
        if self.asked.measure is Measure.NUMBER:
            found = source.at(key)
            return 0 if found is None and self.audience is Audience.TEAM else found
        wait = source.wait(key)
        return wait.half if self.asked.measure is Measure.HALF else wait.nine_in_ten

    def values(self, dimension: Dimension) -> list[Value]:
        """Lines of a dimension: every span of the period; of anything else, what was counted, in order."""
        if dimension in TIMES:
            over = self.asked.period
            return list(starts_within(dimension, over.first, over.last, over.begins))
        place = self.asked.by.index(dimension)
        found = self.told.values(place)
        hours = [one for one in found if isinstance(one, int)]
        if dimension in (Dimension.HOUR, Dimension.WEEKDAY) and hours:
            found |= set(range(min(hours), max(hours) + 1))
        return sorted(found, key=lambda value: self.words.word(dimension, value).order)


def tables(read: Read) -> list[CrossTable]:
    """One table; of a third dimension one for each value; of flows one for each step."""
    if read.asked.flows:
        return [_step(read, number) for number in range(len(FLOWS) - 1)]
    each = read.asked.each
    if not each:
        return [_table(read, None, None)]
    return [_table(read, value, read.words.word(each, value)) for value in read.values(each)[:MOST_PARTS]]


def _key(read: Read, row: Place, column: Place, each: Place) -> Key:
    """A key in the order of the question's dimensions."""
    asked = read.asked
    pairs = ((asked.rows, row), (asked.columns, column), (asked.each, each))
    return tuple(value for dimension, value in pairs if dimension)


def _table(read: Read, each: Value, part: Word | None) -> CrossTable:
    asked = read.asked
    third: Place = each if part else ALL
    rows: list[Place] = [*read.values(asked.rows)] if asked.rows else [ALL]
    columns: list[Place] = [*read.values(asked.columns)] if asked.columns else [ALL]
    whole = read.figure(_key(read, ALL, ALL, third))
    then = _then(read)

    def at(row: Place, column: Place) -> Figure:
        return read.figure(_key(read, row, column, third))

    lines = [
        _line(
            read,
            row,
            [at(row, column) for column in columns],
            at(row, ALL),
            then(row, third) if then else None,
        )
        for row in rows
    ]
    if _has_shares(asked):
        lines = [replace(line, share=percent(line.total, whole)) for line in lines]
    before = then(ALL, third) if then else None
    return CrossTable(
        title=title(asked, part),
        **_frame(read),
        across=NAMES[asked.rows] if asked.rows else "",
        along=NAMES[asked.columns] if asked.columns else "",
        columns=[_word(read, asked.columns, column).label for column in columns],
        lines=lines,
        column_totals=[at(ALL, column) for column in columns],
        total=whole,
        n=read.told.at(_key(read, ALL, ALL, third)),
        shares_of=_base(read, whole) if _has_shares(asked) else "",
        compared=asked.other.label if asked.other else "",
        before=before,
        change=change(whole, before),
        has_totals=bool(asked.rows),
        lines_run=run_of(asked.rows),
        columns_run=run_of(asked.columns),
    )


def _line(read: Read, row: Place, figures: list[Figure], total: Figure, before: Figure) -> Line:
    word = _word(read, read.asked.rows, row)
    return Line(
        word.label,
        figures,
        total,
        word.tint,
        word.shape,
        unsaid=row is None,
        before=before,
        change=change(total, before),
    )


def _frame(read: Read) -> dict[str, Any]:
    """What all tables of a question have in common."""
    asked = read.asked
    return {
        "unit": measured(asked),
        "first": asked.period.first,
        "last": asked.period.last,
        "audience": read.audience,
        "method": read.method,
        "notes": [*notes(asked, read.answer, read.told), *_not_shown(read)],
        "holder": read.holder,
        "meaning": unit_of(asked.unit).meaning,
        "filters": filters_said(asked, read.words),
        "protection": protection_said(read.audience),
    }


def _not_shown(read: Read) -> list[str]:
    """That a third dimension has more values than tables are shown."""
    each = read.asked.each
    many = len(read.values(each)) if each else 0
    if not each or many <= MOST_PARTS:
        return []
    said = {"what": str(NAMES[each]), "shown": MOST_PARTS, "many": many}
    return [
        _("%(what)s: the first %(shown)s of %(many)s have a table. Pick others under “Only some of them”.")
        % said
    ]


def _has_shares(asked: Asked) -> bool:
    return bool(asked.rows and not asked.columns and asked.measure is Measure.NUMBER)


def _base(read: Read, whole: Figure) -> str:
    return _("of %(n)s, %(unit)s") % {"n": said(whole), "unit": str(unit_of(read.asked.unit).label).lower()}


def _then(read: Read) -> Callable[[Place, Place], Figure] | None:
    """A line's figure in the other period: spans by their order, everything else by what it is."""
    told, other, rows = read.then, read.asked.other, read.asked.rows
    if told is None or other is None:
        return None
    met = matched(rows, read.asked.period, other) if rows in TIMES and rows else None

    def figure(row: Place, third: Place) -> Figure:
        if met is not None and row is not ALL:
            if row not in met:
                return None
            row = met[row]
        return read.figure(_key(read, row, ALL, third), told)

    return figure


def _word(read: Read, dimension: Dimension | None, value: Place) -> Word:
    if dimension is None or value is ALL:
        return Word(str(measured(read.asked)), "")
    return read.words.word(dimension, value)


def _step(read: Read, number: int) -> CrossTable:
    """The table from one dimension of the flows to the next; a step's columns are the next one's lines."""
    start, end = FLOWS[number], FLOWS[number + 1]

    def at(row: Place, column: Place) -> Figure:
        key: list[Place] = [ALL] * len(FLOWS)
        key[number], key[number + 1] = row, column
        return read.figure(tuple(key))

    rows, columns = read.values(start), read.values(end)
    names = {"rows": NAMES[start], "columns": NAMES[end]}
    return CrossTable(
        title=_("%(rows)s to %(columns)s") % {key: str(name) for key, name in names.items()},
        **_frame(read),
        across=NAMES[start],
        along=NAMES[end],
        columns=[read.words.word(end, column).label for column in columns],
        lines=[
            Line(read.words.word(start, row).label, [at(row, column) for column in columns], at(row, ALL))
            for row in rows
        ],
        column_totals=[at(ALL, column) for column in columns],
        total=at(ALL, ALL),
        n=read.told.n,
    )


def measured(asked: Asked) -> str:
    """What the figures are: the unit, or minutes."""
    said = {
        Measure.HALF: _("minutes that half waited at most"),
        Measure.NINE_IN_TEN: _("minutes that nine in ten waited at most"),
    }
    return said.get(asked.measure) or str(unit_of(asked.unit).label)


def title(asked: Asked, part: Word | None = None) -> str:
    """“Acts by theme and month”."""
    names = [str(NAMES[one]).lower() for one in (asked.rows, asked.columns) if one]
    count = str(unit_of(asked.unit).label)
    if len(names) == 2:
        said = _("%(unit)s by %(rows)s and %(columns)s") % {
            "unit": count,
            "rows": names[0],
            "columns": names[1],
        }
    elif names:
        said = _("%(unit)s by %(rows)s") % {"unit": count, "rows": names[0]}
    else:
        said = count
    return f"{said}: {part.label}" if part else said


def filters_said(asked: Asked, words: Vocabulary) -> Sequence[str]:
    """“Channel: by phone, by mail”."""
    return [_said(words, dimension, values) for dimension, values in asked.where.items()]


def _said(words: Vocabulary, dimension: Dimension, values: Iterable[Value]) -> str:
    found = sorted((words.word(dimension, value) for value in values), key=lambda word: word.order)
    return _("%(what)s: %(values)s") % {
        "what": NAMES[dimension],
        "values": ", ".join(word.label for word in found),
    }
