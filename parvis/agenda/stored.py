"""Files of kits on the disk: named by their key, below DATA, each whole or not there at all. No address serves them as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

LEFT_OVER = timedelta(hours=6)  # after which a file without a row was left by a cut


def folder(name: str = "kits") -> Path:
    """Where files of one sort lie; made where it is missing."""
    there = Path(settings.MEDIA_ROOT) / name
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


def remove(names: Iterable[UUID], *, of: str = "kits") -> None:
    """Deletes files; one that is gone already is fine."""
    for name in names:
        (folder(of) / name.hex).unlink(missing_ok=True)


def older_than(moment: float, *, of: str = "kits") -> Iterator[Path]:
    """Files, whole ones and drafts, that were written before ``moment`` (seconds since 1970)."""
    return (path for path in folder(of).iterdir() if path.stat().st_mtime < moment)
