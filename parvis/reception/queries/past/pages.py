"""What the pages of an import show, read from its folder and its report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from parvis.reception.past import store
from parvis.reception.past.cells import shown
from parvis.reception.past.headings import Role
from parvis.reception.past.outcome import Verdict
from parvis.reception.past.plan import Plan
from parvis.reception.queries.past.words import LISTS, REASONS, UNITS, VERDICTS, reason_sentence

A_PAGE = 25


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows of a sheet; ``kind`` is ``title``, ``heading`` or ``data``."""

    number: int
    kind: str
    cells: tuple[str, ...]


def head_of_file(folder: Path, plan: Plan, rows: int = 5, columns: int = 12) -> list[HeadRow]:
    """The first rows of the first sheet that is read, as the file has them. Cells of refused columns are hidden."""
    use = next((use for use in plan.sheets if use.used), None)
    if use is None or not (folder / store.SHEETS).exists():
        return []
    sheet = store.read(folder).sheets[use.index]
    refused = set() if plan.transposed else {column.index for column in plan.of_role(Role.REFUSED)}
    first = 0 if plan.transposed else use.first
    found = []
    for place, row in enumerate(islice(sheet, 0, min(first + rows, 40))):
        kind = "data" if place >= first else "heading" if 0 <= use.top <= place else "title"
        cells = [
            "•••" if index in refused and kind == "data" and cell is not None else shown(cell)[:30]
            for index, cell in enumerate(row[:columns])
        ]
        if any(cells):
            found.append(HeadRow(place + 1, kind, tuple(cells + [""] * (columns - len(cells)))))
    width = (
        max((max((i for i, cell in enumerate(row.cells) if cell), default=0) for row in found), default=0) + 1
    )
    return [HeadRow(row.number, row.kind, row.cells[:width]) for row in found]


@dataclass(frozen=True)
class ShownLine:
    """One line of the file with what happens to it."""

    sheet: str
    number: int
    verdict: str | Promise
    kind: str
    text: str
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class LinesPage:
    """A page of lines."""

    lines: list[ShownLine]
    page: int
    more: bool


def lines_page(folder: Path, plan: Plan, verdict: str, reason: str, page: int) -> LinesPage:
    """The lines with a verdict or a reason, twenty-five at a time, in the order of the file."""
    names = {use.index: use.name for use in plan.sheets}
    path = folder / "lines.jsonl"
    if not path.exists():
        return LinesPage([], 1, False)
    with path.open(encoding="utf-8") as file:
        wanted = (line for text in file if _fits(line := json.loads(text), verdict, reason))
        lot = list(islice(wanted, (page - 1) * A_PAGE, page * A_PAGE + 1))
    return LinesPage([_shown(line, names) for line in lot[:A_PAGE]], page, len(lot) > A_PAGE)


def _fits(line: dict[str, Any], verdict: str, reason: str) -> bool:
    if reason:
        return any(note[0] == reason for note in line["notes"])
    return not verdict or line["verdict"] == verdict


def kept_lines(report: dict[str, Any], plan: Plan) -> list[ShownLine]:
    """The odd and left-out lines that a report remembers."""
    names = {use.index: use.name for use in plan.sheets}
    return [_shown(line, names) for line in report.get("kept", [])]


def _shown(line: dict[str, Any], names: dict[int, str]) -> ShownLine:
    return ShownLine(
        sheet=names.get(line["sheet"], ""),
        number=line["number"],
        verdict=VERDICTS[line["verdict"]],
        kind=line["verdict"],
        text=line.get("text", ""),
        remarks=tuple(reason_sentence(reason, detail) for reason, detail in line["notes"]),
    )


@dataclass(frozen=True)
class Verdicts:
    """How many lines of each fate, and why."""

    new: int
    odd: int
    already: int
    ignored: int
    reasons: list[tuple[str, str | Promise, int]]

    @property
    def coming(self) -> int:
        """Lines that are brought in."""
        return self.new + self.odd

    @property
    def all(self) -> int:
        return self.new + self.odd + self.already + self.ignored


def verdicts_of(report: dict[str, Any]) -> Verdicts:
    """The counts of a report, reasons with the most lines first."""
    told = report.get("verdicts", {})
    reasons = sorted(report.get("reasons", {}).items(), key=lambda item: -item[1])
    return Verdicts(
        told.get(Verdict.NEW, 0),
        told.get(Verdict.ODD, 0),
        told.get(Verdict.ALREADY, 0),
        told.get(Verdict.IGNORED, 0),
        [(reason, str(REASONS[reason]).rstrip("."), times) for reason, times in reasons if reason in REASONS],
    )


@dataclass(frozen=True)
class YearRow:
    """A year, or a month of it, with one figure per measure."""

    label: date
    figures: tuple[int | None, ...]
    months: tuple[YearRow, ...] = ()


@dataclass(frozen=True)
class Years:
    """What a report adds up to: measures that are never added together, by year and month."""

    measures: tuple[str, ...]
    rows: tuple[YearRow, ...]
    without_whole: tuple[str, ...] = ()  # units that only stand by theme or code: no figure will count them


def years_of(report: dict[str, Any]) -> Years:
    """The figures of a report by year and month, a column per unit and way of breaking it down."""
    months: dict[str, dict[str, int]] = report.get("months", {})
    keys = sorted({key for counts in months.values() for key in counts}, key=_rank)
    rows = []
    for year in sorted({month[:4] for month in months}):
        own = {month: counts for month, counts in months.items() if month[:4] == year}
        rows.append(
            YearRow(
                date(int(year), 1, 1),
                tuple(_sum(counts.get(key) for counts in own.values()) for key in keys),
                tuple(
                    YearRow(date(int(year), int(month[5:]), 1), tuple(counts.get(key) for key in keys))
                    for month, counts in sorted(own.items())
                ),
            )
        )
    whole = {key.removesuffix("|") for key in keys if not key.partition("|")[2]}
    units = dict.fromkeys(key.partition("|")[0] for key in keys)
    parts_only = tuple(str(UNITS[unit]) for unit in units if unit not in whole)
    return Years(tuple(_measure(key) for key in keys), tuple(rows), parts_only)


def _rank(key: str) -> tuple[int, str]:
    return key.count("|") and len(key.partition("|")[2]), key


def _sum(values: Any) -> int | None:
    found = [value for value in values if value is not None]
    return sum(found) if found else None


def _measure(key: str) -> str:
    unit, _bar, by = key.partition("|")
    label = str(UNITS[unit])
    if not by:
        return label
    parts = " × ".join(str(LISTS[part]) for part in by.split("+"))
    return _("%(unit)s by %(what)s") % {"unit": label, "what": parts.lower()}
