"""The door: what is plainly not wanted is refused here, the rest is opened by a limited process of its own."""

from __future__ import annotations

import json
import subprocess
from threading import BoundedSemaphore

from parvis.shared import limited
from parvis.shared.attachments.kinds import LARGEST, LARGEST_KEPT, Clean, Kind, Refused, Why

QUEUE = 5  # seconds that a file waits for its turn: a thread of the server that waits serves nobody
PATIENCE = 20  # seconds; the process itself has less, of the processor's time
_turns = BoundedSemaphore(2)  # files opened at once, so that many at a time cannot take all the memory either

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def clean(data: bytes) -> Clean:
    """The file ``data`` written anew, without anything that tells who made it, when, where or with what.

    Raises ``Refused`` with the reason, and nothing else. Takes up to half a minute for a file made to be slow.
    """
    if not data:
        raise Refused(Why.EMPTY)
    if len(data) > LARGEST:
        raise Refused(Why.TOO_LARGE)
    opened = "pdf" if (source := source_of(data)) == "pdf" else "picture"
    if not source:
        raise Refused(Why.OTHER_KIND)
    if not _turns.acquire(timeout=QUEUE):
        raise Refused(Why.BUSY)
    try:
        return _answer(*_run(opened, data))
    finally:
        _turns.release()


def source_of(data: bytes) -> str:
    """``pdf``, ``jpeg``, ``png`` or ``webp``, by its first bytes; empty for anything else. Raises ``Refused`` for HEIC."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise Refused(Why.HEIC)
    return "pdf" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") else ""


def _run(opened: str, data: bytes) -> tuple[int, bytes]:
    opening = limited.program("parvis.shared.attachments.opening", opened)
    try:
        done = subprocess.run(**opening, input=data, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as late:
        raise Refused(Why.TOO_MUCH_WORK) from late
    return done.returncode, done.stdout


def _answer(code: int, said: bytes) -> Clean:
    if code == limited.REFUSED:
        raise Refused(Why(said.decode()))
    if code:  # killed by its limits, or by a library that gave up
        raise Refused(Why.TOO_MUCH_WORK if code < 0 else Why.BROKEN)
    head, data = said.split(b"\n", 1)
    told = json.loads(head)
    if len(data) > LARGEST_KEPT:
        raise Refused(Why.TOO_LARGE)
    size = told["size"]
    return Clean(Kind(told["kind"]), data, told["name"], told["pages"], (size[0], size[1]) if size else None)
