"""A list of schools as a file: CSV, XLSX, XLS or ODS becomes rows of texts. Small files only: a territory, not a country."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from enum import StrEnum

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

LARGEST = 4_000_000  # bytes
UNPACKED = 80_000_000
ROWS, COLUMNS, CELL = 6000, 60, 300
SEPARATORS = (";", ",", "\t", "|")
Row = list[str]


class Problem(StrEnum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    TOO_MANY = "too_many"


class UnreadableFile(Exception):
    """The file is refused, for ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read(data: bytes) -> list[Row]:
    """The rows of the first sheet that holds something, from its heading on. Raises ``UnreadableFile``."""
    if len(data) > LARGEST:
        raise UnreadableFile(Problem.TOO_LARGE)
    rows = _book(data) if data[:4] == b"PK\x03\x04" or data[:4] == b"\xd0\xcf\x11\xe0" else _text(data)
    rows = [row for row in rows if any(row)]
    if len(rows) > ROWS:
        raise UnreadableFile(Problem.TOO_MANY)
    rows = rows[_heading(rows) :]
    if len(rows) < 2:
        raise UnreadableFile(Problem.EMPTY)
    width = min(max(map(len, rows)), COLUMNS)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def _heading(rows: list[Row]) -> int:
    """Titles stand above the heading: it is the first row that is nearly as wide as most."""
    widths = [sum(bool(cell) for cell in row) for row in rows[:50]]
    usual = Counter(widths).most_common(1)[0][0] if widths else 0
    return next((place for place, width in enumerate(widths) if width >= max(2, usual * 0.6)), 0)


def _text(data: bytes) -> list[Row]:
    text = _decoded(data)
    if "\x00" in text:
        raise UnreadableFile(Problem.BROKEN)
    head = text[:20_000].splitlines()[:50]
    separator = max(SEPARATORS, key=lambda one: sum(line.count(one) for line in head))
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([_clean(cell) for cell in row[:COLUMNS]])
            if len(rows) > ROWS * 2:
                raise UnreadableFile(Problem.TOO_MANY)
    except csv.Error as error:
        raise UnreadableFile(Problem.BROKEN) from error
    return rows


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    western = data.decode("cp1252", errors="replace")
    guessed = from_bytes(data[:200_000]).best()
    if guessed is None or guessed.encoding in ("cp1252", "latin_1", "cp1250"):
        return western
    return data.decode(guessed.encoding, errors="replace")


def _book(data: bytes) -> list[Row]:
    if data[:2] == b"PK":
        _look_into(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number in range(min(len(book.sheet_names), 50)):
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height > ROWS * 2:
                raise UnreadableFile(Problem.TOO_MANY)
            rows = [[_clean(cell) for cell in row[:COLUMNS]] for row in sheet.to_python(nrows=ROWS * 2)]
            if any(any(row) for row in rows):
                return rows
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFile(Problem.BROKEN) from error
    return []


def _look_into(data: bytes) -> None:
    """Unpacked to nowhere and counted: the sizes that a zip declares are only its word."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > 2000:
                raise UnreadableFile(Problem.TOO_LARGE)
            for member in archive.infolist():
                with archive.open(member) as stream:
                    while chunk := stream.read(1 << 20):
                        total += len(chunk)
                        if total > UNPACKED:
                            raise UnreadableFile(Problem.TOO_LARGE)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableFile(Problem.BROKEN) from error


def _clean(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, bool):
        cell = "1" if cell else ""
    text = "".join(char if char.isprintable() else " " for char in str(cell))
    return " ".join(text.split())[:CELL]
