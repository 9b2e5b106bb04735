"""Files that centre and teacher share about a visit, on the disk below DATA: named at random, never served as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def folder() -> Path:
    """Where they lie; made where it is missing."""
    there = Path(settings.MEDIA_ROOT) / "class_visits"
    there.mkdir(parents=True, exist_ok=True, mode=0o700)
    return there


def write(name: UUID, data: bytes) -> None:
    """Has ``data`` on the disk, whole, when this returns."""
    draft = folder() / f"draft-{name.hex}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder() / name.hex)


def read(name: UUID) -> bytes:
    """What was written. Raises ``OSError`` where the file is gone."""
    return (folder() / name.hex).read_bytes()


def remove(names: Iterable[UUID]) -> None:
    """Deletes files; one that is gone already is fine."""
    for name in names:
        (folder() / name.hex).unlink(missing_ok=True)
