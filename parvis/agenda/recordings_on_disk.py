"""Recordings on the disk: sent in pieces, whole under their key once they are complete, never read into memory."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO
from uuid import UUID

from parvis.agenda.stored import RECORDINGS
from parvis.shared import limited

LARGEST = 600 * 1024 * 1024  # bytes: two hours of a talk with slides
PIECE = 4 * 1024 * 1024  # bytes that a page sends at a time
LEAVE_FREE = 1024**3  # bytes of the disk that a recording never takes
QUEUE = 5  # seconds that a recording waits for its turn: a thread of the server that waits serves nobody
PATIENCE = 50  # seconds in which it is written anew: ten times what half a gigabyte takes
_turns = BoundedSemaphore(1)  # recordings written at once, so that the disk stays free for the desk
KINDS = {"mp4": "video/mp4", "webm": "video/webm"}
BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"M4VH",
    b"dash",
    b"MSNV",
}


class NotTaken(Exception):
    """Neither MP4 nor WebM by its first bytes."""


class TooLarge(Exception):
    """More than is kept of one recording."""


class Damaged(Exception):
    """No player would show it: it cannot be read."""


class Busy(Exception):
    """Another recording is just being read, or the disk is too slow now; what was gathered stays."""


class NoRoom(Exception):
    """The disk has too little left."""


class OutOfStep(Exception):
    """A piece does not follow what is there: ``size`` bytes are."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


def kind_of(head: bytes) -> str:
    """``mp4`` or ``webm``, by the first bytes and never by a name. Raises ``NotTaken``."""
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        return "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in head[:64]:
        return "webm"
    raise NotTaken


def path_of(name: UUID) -> Path:
    """Where a whole recording lies."""
    return RECORDINGS.path(name.hex)


def draft_of(name: UUID) -> Path:
    """Where its pieces are gathered."""
    return RECORDINGS.path(f"draft-{name.hex}")


def clean_of(name: UUID) -> Path:
    """Where it is written anew."""
    return RECORDINGS.path(f"clean-{name.hex}")


def add_piece(name: UUID, offset: int, pieces: Iterable[bytes]) -> int:
    """Put bytes behind those that are there; the first ones say what it is. Returns how many are there now.

    A piece that is there already changes nothing; the beginning of another file takes the place of what was there. Raises
    ``OutOfStep``, ``NotTaken``, ``TooLarge``, ``NoRoom``; a piece that is refused leaves what was there.
    """
    draft = draft_of(name)
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        there = file.seek(0, os.SEEK_END)
        if offset > there:
            raise OutOfStep(there)
        pieces = iter(pieces)
        first = list(islice(pieces, 1))
        if offset < there:
            if offset or _begins_with(file, first):
                return there  # sent again: the answer to the first was lost
            there = _emptied(file, first)  # somebody chose another file
        size = there
        try:
            for piece in chain(first, pieces):
                if not size:
                    kind_of(piece)
                size += len(piece)
                _fits(size, len(piece))
                file.write(piece)
        except Exception:
            file.truncate(there)
            raise
    if not size:
        draft.unlink(missing_ok=True)
    return size


def _begins_with(file: BinaryIO, first: list[bytes]) -> bool:
    file.seek(0)
    return all(file.read(len(piece)) == piece for piece in first)


def _emptied(file: BinaryIO, first: list[bytes]) -> int:
    for piece in first:
        kind_of(piece)
    file.seek(0)
    return file.truncate()


def _fits(size: int, more: int) -> None:
    if size > LARGEST:
        raise TooLarge
    if shutil.disk_usage(RECORDINGS.path()).free < LEAVE_FREE + more:
        raise NoRoom


def clean(name: UUID) -> tuple[str, int]:
    """Write what was gathered anew, without what a camera wrote into it; returns what it is and how many bytes.

    Takes seconds, so never within a transaction; ``settle`` puts it in its place. One that lies there is clean already. Raises
    ``NotTaken`` where nothing was gathered, ``Damaged`` (what was gathered is gone then), ``Busy`` and ``NoRoom``.
    """
    if not _turns.acquire(timeout=QUEUE):
        raise Busy
    try:
        if draft_of(name).exists():
            return _written(name)
        with open(path_of(name), "rb") as file:
            return kind_of(file.read(64)), file.seek(0, os.SEEK_END)
    except FileNotFoundError as gone:
        raise NotTaken from gone
    finally:
        _turns.release()


def _written(name: UUID) -> tuple[str, int]:
    draft, new = draft_of(name), clean_of(name)
    with open(draft, "rb") as file:
        kind = kind_of(file.read(64))
        _fits(0, file.seek(0, os.SEEK_END))
    try:
        _write_anew(kind, draft, new)
    except (Damaged, NotTaken):
        draft.unlink(missing_ok=True)  # another file may follow under the same key
        new.unlink(missing_ok=True)
        raise
    with open(new, "r+b") as file:
        os.fsync(file.fileno())
        return kind, file.seek(0, os.SEEK_END)


def _write_anew(kind: str, source: Path, target: Path) -> None:
    film = limited.program("parvis.agenda.film", kind, str(source), str(target))
    try:
        done = subprocess.run(**film, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise Busy from late
    if done.returncode == limited.REFUSED and done.stdout == b"other":
        raise NotTaken
    if done.returncode:  # it said so, or it was killed by its limits
        raise Damaged


def settle(name: UUID) -> None:
    """What was cleaned lies under its key; what was gathered is gone. Said twice, nothing more happens."""
    if clean_of(name).exists():
        clean_of(name).replace(path_of(name))
    draft_of(name).unlink(missing_ok=True)
