"""Turns an uploaded file into plain rows, as a program of its own: ``python -m parvis.reception.past.convert FOLDER …``.

A file from outside may be made to exhaust whoever opens it (a single cell in row 1,048,576 makes a reader ask for 500 GB).
So it is opened by a process that may use a limited amount of memory and time, and that nobody misses when it dies.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from parvis.reception.past import archives, encodings, texts, workbooks
from parvis.reception.past.cells import encode
from parvis.reception.past.problems import Problem, UnreadableFile
from parvis.shared.limited import REFUSED, limit

MEMORY = 3 * 1024**3
SECONDS = 600
ROWS = 1_100_000
COLUMNS = 300
SOURCE, SHEETS = "source", "sheets.json"


def main(folder: Path, encoding: str, separator: str) -> None:
    """Writes ``0.jsonl``, ``1.jsonl``, … and ``sheets.json`` beside ``source``. Raises ``UnreadableFile``."""
    source = folder / SOURCE
    with source.open("rb") as file:
        head = file.read(8192)
    told = {"encoding": "", "separator": ""}
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        if head.startswith(b"PK"):
            archives.check(source)
        sheets = workbooks.sheets_of(source)
    else:
        text, told["encoding"] = _text(source, head, encoding)
        told["separator"] = separator or texts.separator_of(text)
        sheets = iter([workbooks.Sheet("", texts.rows_of(text, told["separator"]))])
    written = list(_write(folder, sheets))
    if not any(sheet["rows"] for sheet in written):
        raise UnreadableFile(Problem.EMPTY)
    (folder / SHEETS).write_text(json.dumps({**told, "sheets": written}, ensure_ascii=False))


def _text(source: Path, head: bytes, encoding: str) -> tuple[str, str]:
    data = source.read_bytes()
    if not data.strip():
        raise UnreadableFile(Problem.EMPTY)
    chosen = encoding or encodings.guess(data)
    if not chosen.startswith("utf-16") and (
        b"\x00" in head or head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8"))
    ):
        raise UnreadableFile(Problem.UNKNOWN_KIND)
    return data.decode(chosen, errors="replace").removeprefix("\ufeff"), chosen


def _write(folder: Path, sheets: Iterator[workbooks.Sheet]) -> Iterator[dict[str, object]]:
    total = 0
    for index, sheet in enumerate(sheets):
        with (folder / f"{index}.jsonl").open("w", encoding="utf-8") as file:
            rows, columns, filled = _write_rows(file, sheet, ROWS - total)
        total += filled
        yield {
            "name": sheet.name,
            "rows": rows,
            "columns": columns,
            "filled": filled,
            "merged": [area for area in sheet.merged if area[2] < 100 or area[1] == area[3]][:20_000],
        }


def _write_rows(file: TextIO, sheet: workbooks.Sheet, allowed: int) -> tuple[int, int, int]:
    """Rows up to the last one that holds something, the widest of them, and how many hold something."""
    number = written = columns = filled = 0
    for row in sheet.rows:
        number += 1
        line = encode(row)
        if line == "[]":
            continue
        filled += 1
        width = max(index for index, cell in enumerate(row) if cell is not None) + 1
        columns = max(columns, width)
        if filled > allowed:
            raise UnreadableFile(Problem.TOO_MANY_ROWS)
        if width > COLUMNS:
            raise UnreadableFile(Problem.TOO_WIDE)
        file.write("[]\n" * (number - written - 1))
        file.write(line + "\n")
        written = number
    return written, columns, filled


if __name__ == "__main__":
    limit(memory=MEMORY, seconds=SECONDS)
    try:
        main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    except UnreadableFile as refusal:
        sys.stdout.write(refusal.problem.value)
        sys.exit(REFUSED)
    except MemoryError:
        sys.stdout.write(Problem.BOMB.value)
        sys.exit(REFUSED)
