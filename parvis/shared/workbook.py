"""A workbook (ECMA-376) written row by row straight into its zip.

Libraries keep a second, unpacked copy of every sheet on disk and pack all of it at the end, silently for minutes
(docs/decisions/0023-export.md); here nothing waits. Every text is written as a text, so that none becomes a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Self
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

from parvis.shared.sheets import LONGEST_CELL, Cell, sheet_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = date(1899, 12, 30)
BOLD, DATE, INSTANT, CLOCK = 1, 2, 3, 4  # places in the list of styles below

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill'
    ' patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/>'
    '<xf fontId="1" applyFont="1" xfId="0"/>'
    + "".join(f'<xf numFmtId="{n}" applyNumberFormat="1" xfId="0"/>' for n in (164, 165, 166))
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Workbook:
    """Sheets one after the other; used as a context, it is whole when that ends."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._names: list[str] = []

    def __enter__(self) -> Self:
        self._archive.writestr("[Content_Types].xml", _TYPES)
        self._archive.writestr("_rels/.rels", _ROOT)
        self._archive.writestr("xl/styles.xml", _STYLES)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._archive.writestr("xl/workbook.xml", self._workbook())
            self._archive.writestr("xl/_rels/workbook.xml.rels", self._relations())
        self._archive.close()

    def sheet(self, name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """One sheet with a bold heading that stays in sight."""
        self._names.append(self._free(sheet_name(name)))
        member = f"xl/worksheets/sheet{len(self._names)}.xml"
        with self._archive.open(member, "w", force_zip64=True) as file:
            file.write(_opening(len(heading)).encode())
            for row in _rows(heading, rows):
                file.write(row.encode())
            file.write(b"</sheetData></worksheet>")

    def _free(self, name: str) -> str:
        """The name, or with a number where another sheet has it."""
        taken = {other.casefold() for other in self._names}
        names = [name, *(f"{name[:27]} {number}" for number in range(2, len(taken) + 3))]
        return next(one for one in names if one.casefold() not in taken)

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(self._names, 1)
        )
        return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'

    def _relations(self) -> str:
        count = len(self._names)
        parts = "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, count + 1)
        )
        styles = f'<Relationship Id="rId{count + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{parts}{styles}</Relationships>'


def _opening(width: int) -> str:
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
        ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{max(width, 1)}" width="18" customWidth="1"/></cols><sheetData>'
    )


def _rows(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    letters = [get_column_letter(n) for n in range(1, len(heading) + 1)]
    yield _row(
        1, "".join(_text(f"{letter}1", text, BOLD) for letter, text in zip(letters, heading, strict=True))
    )
    for number, row in enumerate(rows, 2):
        cells = zip(letters, row, strict=True)
        yield _row(number, "".join(_cell(f"{letter}{number}", cell) for letter, cell in cells))


def _row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, str):
        return _text(place, cell)
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    style, number = _serial(cell)
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def _serial(at: date | time) -> tuple[int, float]:
    """Style and number of a day, an instant without a zone, or a time of day."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second if isinstance(at, datetime | time) else 0
    if isinstance(at, time):
        return CLOCK, seconds / 86_400
    day = (at.date() if isinstance(at, datetime) else at) - _EPOCH
    return (INSTANT, day.days + seconds / 86_400) if isinstance(at, datetime) else (DATE, day.days)


def _text(place: str, text: str, style: int = 0) -> str:
    plain = escape(_NOT_XML.sub("", text[:LONGEST_CELL]))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
