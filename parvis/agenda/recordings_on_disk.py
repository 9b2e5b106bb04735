"""Recordings on the disk: sent in pieces, whole under their key once they are complete, never read into memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from parvis.agenda import stored

FOLDER = "recordings"
LARGEST = 600 * 1024 * 1024  # bytes: two hours of a talk with slides
PIECE = 4 * 1024 * 1024  # bytes that a page sends at a time
LEAVE_FREE = 1024**3  # bytes of the disk that a recording never takes
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
    return stored.folder(FOLDER) / name.hex


def draft_of(name: UUID) -> Path:
    """Where its pieces are gathered."""
    return stored.folder(FOLDER) / f"draft-{name.hex}"


def add_piece(name: UUID, offset: int, pieces: Iterable[bytes]) -> int:
    """Put bytes behind those that are there; the first ones say what it is. Returns how many are there now.

    A piece that is there already changes nothing. Raises ``OutOfStep``, ``NotTaken``, ``TooLarge``, ``NoRoom``; a piece that is
    refused leaves what was there.
    """
    draft = draft_of(name)
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        there = file.seek(0, os.SEEK_END)
        if offset > there:
            raise OutOfStep(there)
        if offset < there:  # sent again: the answer to the first was lost
            return there
        size = there
        try:
            for piece in pieces:
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


def _fits(size: int, more: int) -> None:
    if size > LARGEST:
        raise TooLarge
    if shutil.disk_usage(stored.folder(FOLDER)).free < LEAVE_FREE + more:
        raise NoRoom


def whole(name: UUID) -> tuple[str, int]:
    """What the gathered pieces are and how many bytes; whole on the disk when this returns. Raises ``NotTaken`` where nothing is there."""
    draft = draft_of(name) if draft_of(name).exists() else path_of(name)
    try:
        with open(draft, "r+b") as file:
            kind = kind_of(file.read(64))
            size = file.seek(0, os.SEEK_END)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError as gone:
        raise NotTaken from gone
    draft.replace(path_of(name))
    return kind, size
