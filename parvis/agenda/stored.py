"""Files on the disk below DATA: named by their key, each whole or not there at all. No address serves them as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

LEFT_OVER = timedelta(hours=6)  # after which a file without a row was left by a cut


@dataclass(frozen=True)
class Folder:
    """Where files of one sort lie."""

    name: str

    def path(self, file: str = "") -> Path:
        """The folder, made where it is missing; or a file's place in it."""
        there = Path(settings.MEDIA_ROOT) / self.name
        there.mkdir(parents=True, exist_ok=True, mode=0o700)
        return there / file

    def write(self, name: UUID, data: bytes) -> None:
        """Has ``data`` on the disk, whole, when this returns."""
        draft = self.path(f"draft-{name.hex}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self.path(name.hex))

    def read(self, name: UUID) -> bytes:
        """What was written. Raises ``OSError`` where the file is gone."""
        return self.path(name.hex).read_bytes()

    def remove(self, names: Iterable[UUID]) -> None:
        """Deletes files; one that is gone already is fine."""
        for name in names:
            self.path(name.hex).unlink(missing_ok=True)

    def older_than(self, moment: float) -> Iterator[Path]:
        """Files, whole ones and drafts, that were written before ``moment`` (seconds since 1970)."""
        return (path for path in self.path().iterdir() if path.stat().st_mtime < moment)


KITS, CLASS_VISITS, RECORDINGS = Folder("kits"), Folder("class_visits"), Folder("recordings")
