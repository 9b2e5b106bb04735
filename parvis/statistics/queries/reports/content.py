"""What a block tells, as it is kept with its report: sentences with figures in them, tables, plain lines.

Page, PDF and workbook are all made from it, so that none can tell another figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.formats import number_format

from parvis.statistics.shown import Audience, CrossTable, Figure, Hidden, Line

OPEN, SHUT = "⟦", "⟧"  # around a figure's number in a sentence: no translation has them


@dataclass(frozen=True)
class Number:
    """A figure of a sentence. ``label`` names it in a workbook and among changes."""

    label: str
    value: Figure
    unit: str = ""


@dataclass(frozen=True)
class Sentence:
    """“Half waited at most ⟦0⟧ minutes.”: a figure stands where its number is."""

    text: str
    numbers: Sequence[Number] = ()
    of: str = ""  # the name of the table whose base it tells; "": of every table of the block
    is_mean: bool = False  # it tells the mean of that table's lines, which may say how many are hidden

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The sentence in pieces, each with whether it is a figure."""
        found: list[tuple[str, bool]] = []
        for piece in self.text.split(OPEN):
            number, shut, rest = piece.partition(SHUT)
            if shut:
                found.append((in_words(self.numbers[int(number)].value), True))
            found.append((rest if shut else piece, False))
        return [pair for pair in found if pair[0]]

    @property
    def plain(self) -> str:
        """As one text."""
        return "".join(text for text, _is_figure in self.pieces)


@dataclass(frozen=True)
class Table:
    """A table of the block. ``about_people``: it is protected before it leaves; else it is about the centre's own work.

    ``true``: of a table that is protected, its cells as ``(key, n, draw)``; kept while the report is a draft.
    """

    name: str
    table: CrossTable
    chart: str = ""
    about_people: bool = False
    question: dict[str, Any] | None = None


@dataclass(frozen=True)
class Content:
    """Everything a block tells. ``note``: what a reader must be told about it; ``missing``: why there is nothing."""

    sentences: Sequence[Sentence] = ()
    tables: Sequence[Table] = ()
    lines: Sequence[str] = ()
    note: str = ""
    missing: str = ""

    def __bool__(self) -> bool:
        return bool(self.sentences or self.tables or self.lines)


def figure_place(number: int) -> str:
    """Where figure ``number`` stands in a sentence."""
    return f"{OPEN}{number}{SHUT}"


def in_words(value: Figure) -> str:
    """A figure in the language of the page: a dash where it is hidden or not known, a point where there is none to tell."""
    if isinstance(value, Hidden):
        return "–"
    if value is None:
        return "·"
    decimals = 0 if float(value).is_integer() else 2 if round(value, 1) != round(value, 2) else 1
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def as_json(content: Content) -> dict[str, Any]:
    """As a block keeps it."""
    return {
        "sentences": [
            {
                "text": one.text,
                "numbers": [[n.label, _figure(n.value), n.unit] for n in one.numbers],
                **({"of": one.of, "is_mean": one.is_mean} if one.of else {}),
            }
            for one in content.sentences
        ],
        "tables": [
            {
                "name": one.name,
                "chart": one.chart,
                "about_people": one.about_people,
                "question": one.question,
                **_table(one.table),
            }
            for one in content.tables
        ],
        "lines": [str(line) for line in content.lines],
        "note": str(content.note),
        "missing": str(content.missing),
    }


def from_json(kept: dict[str, Any]) -> Content:
    """What a block kept."""
    return Content(
        [
            Sentence(
                one["text"],
                [Number(label, _read(value), unit) for label, value, unit in one["numbers"]],
                one.get("of", ""),
                one.get("is_mean", False),
            )
            for one in kept.get("sentences", [])
        ],
        [
            Table(one["name"], _table_read(one), one["chart"], one["about_people"], one["question"])
            for one in kept.get("tables", [])
        ],
        kept.get("lines", []),
        kept.get("note", ""),
        kept.get("missing", ""),
    )


TEXTS = ("title", "unit", "across", "along", "method")


def _table(table: CrossTable) -> dict[str, Any]:
    return {
        **{name: str(getattr(table, name)) for name in TEXTS},
        "columns": [str(one) for one in table.columns],
        "lines": [_line(line) for line in table.lines],
        "column_totals": [_figure(one) for one in table.column_totals],
        "total": _figure(table.total),
        "first": table.first.isoformat(),
        "last": table.last.isoformat(),
        "audience": table.audience.value,
        "n": _figure(table.n),
        "notes": [str(one) for one in table.notes],
    }


def _line(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {"label": str(line.label), "figures": [_figure(one) for one in line.figures]}
    found |= {"total": _figure(line.total), "share": _figure(line.share)}
    if line.low is not None or line.high is not None:
        found |= {"low": _figure(line.low), "high": _figure(line.high)}
    return found | ({"tint": line.tint, "shape": line.shape} if line.shape else {})


def _table_read(kept: dict[str, Any]) -> CrossTable:
    return CrossTable(
        **{name: kept[name] for name in TEXTS},
        columns=kept["columns"],
        lines=[
            Line(
                one["label"],
                [_read(figure) for figure in one["figures"]],
                _read(one["total"]),
                one.get("tint", ""),
                one.get("shape", ""),
                _read(one["share"]),
                low=_read(one.get("low")),
                high=_read(one.get("high")),
            )
            for one in kept["lines"]
        ],
        column_totals=[_read(one) for one in kept["column_totals"]],
        total=_read(kept["total"]),
        first=date.fromisoformat(kept["first"]),
        last=date.fromisoformat(kept["last"]),
        audience=Audience(kept["audience"]),
        n=_read(kept["n"]),
        notes=kept["notes"],
    )


def _figure(figure: Figure) -> Any:
    return {"hidden": figure.value} if isinstance(figure, Hidden) else figure


def _read(kept: Any) -> Figure:
    return Hidden(kept["hidden"]) if isinstance(kept, dict) else kept


@dataclass(frozen=True)
class Change:
    """A figure that is another one than before; none: it was not there."""

    part: str
    label: str
    before: Figure
    after: Figure

    @property
    def kept(self) -> list[Any]:
        """As a refresh keeps it."""
        return [self.part, self.label, _figure(self.before), _figure(self.after)]

    @classmethod
    def read(cls, kept: Sequence[Any]) -> Change:
        part, label, before, after = kept
        return cls(part, label, _read(before), _read(after))

    @property
    def words(self) -> tuple[str, str]:
        """Before and after, as they are read."""
        return in_words(self.before), in_words(self.after)


def figures_of(content: Content) -> Iterator[tuple[str, Figure]]:
    """Every figure with a label that says which it is."""
    for sentence in content.sentences:
        for number in sentence.numbers:
            yield number.label, number.value
    for one in content.tables:
        table = one.table
        for line in table.lines:
            for column, figure in zip(table.columns, line.figures, strict=True):
                yield ", ".join(str(word) for word in (table.title, line.label, column) if word), figure
        if table.total is not None:
            yield str(table.title), table.total


def changes(part: str, before: Content, after: Content) -> list[Change]:
    """Each figure that is another one than it was, in the order of the page."""
    old, new = dict(figures_of(before)), dict(figures_of(after))
    return [
        Change(part, label, old.get(label), new.get(label))
        for label in dict.fromkeys([*new, *old])
        if old.get(label) != new.get(label)
    ]


def for_audience(content: Content, audience: Audience) -> Content:
    """The same with tables that say for whom they are; nothing is protected here."""
    tables = [replace(one, table=replace(one.table, audience=audience)) for one in content.tables]
    return replace(content, tables=tables)
