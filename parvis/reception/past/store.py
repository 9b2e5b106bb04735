"""The folder of one import: the file as it came, its plain rows, and what was said of each line."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parvis.reception.past.cells import Row, decode
from parvis.reception.past.convert import SHEETS, SOURCE
from parvis.reception.past.problems import Problem, UnreadableFile
from parvis.shared import limited

PATIENCE = 900  # seconds


@dataclass(frozen=True)
class StoredSheet:
    """One sheet of the file, as plain rows on disk."""

    index: int
    name: str
    rows: int
    columns: int
    filled: int
    merged: tuple[tuple[int, int, int, int], ...]
    path: Path

    def head(self, rows: int) -> list[Row]:
        """The first ``rows`` rows."""
        return [row for row, _number in zip(self, range(rows), strict=False)]

    def __iter__(self) -> Iterator[Row]:
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                yield [] if line == "[]\n" else decode(line)


@dataclass(frozen=True)
class StoredFile:
    """A file that was read: what it took to read it, and its sheets."""

    encoding: str
    separator: str
    sheets: tuple[StoredSheet, ...]


def convert(folder: Path, encoding: str, separator: str, beat: Callable[[], None]) -> None:
    """Opens ``folder/source`` in a limited process of its own, calling ``beat`` meanwhile. Raises ``UnreadableFile``."""
    for old in folder.glob("*.jsonl"):
        old.unlink()
    convert_it = limited.program("parvis.reception.past.convert", str(folder), encoding, separator)
    with subprocess.Popen(**convert_it, cwd=folder) as process:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                said, _errors = process.communicate(timeout=2)
                break
            except subprocess.TimeoutExpired:
                beat()
                if time.monotonic() > until:
                    process.kill()
    if process.returncode == limited.REFUSED:
        raise UnreadableFile(Problem(said.decode() or Problem.BROKEN))
    if process.returncode < 0:  # killed by its limits, or by the reader asking for all the memory there is
        raise UnreadableFile(Problem.BOMB)
    if process.returncode:
        raise UnreadableFile(Problem.UNREADABLE)


def read(folder: Path) -> StoredFile:
    """The file that :func:`convert` left."""
    told = json.loads((folder / SHEETS).read_text())
    sheets = tuple(
        StoredSheet(
            index=index,
            name=sheet["name"],
            rows=sheet["rows"],
            columns=sheet["columns"],
            filled=sheet["filled"],
            merged=tuple(tuple(area) for area in sheet["merged"]),
            path=folder / f"{index}.jsonl",
        )
        for index, sheet in enumerate(told["sheets"])
    )
    return StoredFile(told["encoding"], told["separator"], sheets)


__all__ = ["SHEETS", "SOURCE", "StoredFile", "StoredSheet", "convert", "read"]
