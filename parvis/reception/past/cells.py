"""A cell of a sheet, and how it waits on disk between two steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

Cell = None | str | int | float | date | datetime | time
Row = list[Cell]

# Dates and times stand in JSON as strings behind a mark that no spreadsheet's text can begin with: it is stripped on reading.
_MARK = "\x01"
_OUTER = " \t\n\r\v\f\xa0\u2000\u2007\u2009\u200b\u202f\u3000\ufeff"


def clean(value: object) -> Cell:
    """What a reader library gave, as a cell. Texts lose outer space and control characters; empty texts are no cell."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        if not value.isprintable():
            value = "".join(c for c in value if c >= " " or c in "\n\t").replace("\x7f", "")
        return value.strip(_OUTER) or None
    if isinstance(value, float):
        if not isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if 0 <= seconds < 86_400 else None
    if isinstance(value, int | date | time):
        return int(value) if isinstance(value, bool) else value
    return clean(str(value))


def encode(row: Sequence[Cell]) -> str:
    """One line of JSON for ``row``, without the empty cells at its end."""
    last = len(row)
    while last and row[last - 1] is None:
        last -= 1
    return _json(row[:last])


def decode(line: str) -> Row:
    """The row behind :func:`encode`."""
    row: Row = json.loads(line)
    if _MARK in line or "\\u0001" in line:
        return [_decoded(cell) for cell in row]
    return row


def _encoded(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{_MARK}T{cell.isoformat(timespec='minutes')[:16]}"
    if isinstance(cell, date):
        return f"{_MARK}D{cell.isoformat()}"
    if isinstance(cell, time):
        return f"{_MARK}H{cell.isoformat(timespec='minutes')[:5]}"
    raise TypeError(cell)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_encoded).encode


def _decoded(cell: Cell) -> Cell:
    if not isinstance(cell, str) or not cell.startswith(_MARK):
        return cell
    kind, text = cell[1], cell[2:]
    if kind == "D":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "T" else time.fromisoformat(text)


def shown(cell: Cell) -> str:
    """The cell as a person reads it in a list of lines."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell)
