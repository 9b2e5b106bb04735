"""Tables as files that spreadsheets open: CSV and XLSX. What people typed never becomes a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | date | datetime | time | bool | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = frozenset("=+-@|%")
LONGEST_CELL = 32_767  # Excel's limit
PARTED = re.compile(r"(?P<before>[;\t\r\n] *)(?P<rest>[^;\t\r\n]+)")


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180, with the mark by which spreadsheets know UTF-8), to stream or to join."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"
    for row in _first(heading, rows):
        writer.writerow([_csv_cell(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _first(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield heading
    yield from rows


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless_in_csv(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)  # a datetime is a date


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would read a formula.

    Spreadsheets skip leading tabs, spaces and invisible characters, and read full-width signs as plain ones.
    """
    if text[:1].isascii() and text[:1].isalnum():  # nearly every cell
        return text
    seen = next((char for char in text if unicodedata.category(char)[0] not in "CZ"), "")
    return f"'{text}" if unicodedata.normalize("NFKC", seen)[:1] in STARTS_A_FORMULA else text


def harmless_in_csv(text: str) -> str:
    """``text`` with such an apostrophe also behind separators and ends of lines in it.

    A spreadsheet set to another separator (French ones: the semicolon) begins a cell in the middle of a text.
    """
    return PARTED.sub(_harmless_part, harmless(text))


def _harmless_part(found: re.Match[str]) -> str:
    rest = found["rest"]
    return found[0] if harmless(rest) == rest else f"{found['before']}'{rest}"


def xlsx(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """A workbook: sheet name -> heading and rows. Texts are written as texts, so that none is a formula."""
    book = Workbook(write_only=True)
    for name, (heading, rows) in sheets.items():
        sheet = book.create_sheet(title=sheet_name(name))
        sheet.freeze_panes = "A2"
        sheet.append([_xlsx_cell(sheet, text, bold=True) for text in heading])
        for row in rows:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_name(name: str) -> str:
    """At most 31 characters, none of those that Excel forbids."""
    return "".join(char for char in name if char not in "[]:*?/\\")[:31] or "1"


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False) -> Any:
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if unicodedata.category(char) != "Cc" or char in "\t\n\r")
    cell = WriteOnlyCell(sheet, value="")
    cell.value, cell.data_type = text[:LONGEST_CELL], "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
