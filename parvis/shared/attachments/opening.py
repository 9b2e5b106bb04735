"""Opens one file, as a program of its own: ``python -m parvis.shared.attachments.opening pdf|picture < file``.

It may use a limited amount of memory and time, and nobody misses it when it dies. Writes a line of JSON and the clean file, or
ends with 3 and the reason.
"""

from __future__ import annotations

import json
import sys

from parvis.shared.attachments.documents import document
from parvis.shared.attachments.kinds import Clean, Refused, Why
from parvis.shared.attachments.pictures import picture
from parvis.shared.limited import REFUSED, limit

MEMORY = 1536 * 1024**2  # bytes: four copies of the largest picture that is opened
SECONDS = 10


def opened(kind: str, data: bytes) -> Clean:
    """The clean file. Raises ``Refused``, whatever a library stumbles over: their lists of exceptions are not whole."""
    try:
        return document(data) if kind == "pdf" else picture(data)
    except Refused:
        raise
    except MemoryError as error:
        raise Refused(Why.TOO_MUCH_WORK) from error
    except Exception as error:
        raise Refused(Why.BROKEN) from error


def main(kind: str) -> int:
    try:
        clean = opened(kind, sys.stdin.buffer.read())
    except Refused as refusal:
        sys.stdout.write(refusal.why.value)
        return REFUSED
    head = {"kind": clean.kind, "name": clean.name, "pages": clean.pages, "size": clean.size}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + clean.data)
    return 0


if __name__ == "__main__":
    limit(memory=MEMORY, seconds=SECONDS, writes=0)
    sys.exit(main(sys.argv[1]))
