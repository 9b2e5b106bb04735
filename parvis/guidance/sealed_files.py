"""Files of visitors on the disk: sealed with their thread's key, named at random, never in clear."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from parvis.shared.sealing.cipher import seal, unseal


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "guidance"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write(name: UUID, data: bytes, *, key: bytes) -> None:
    """Seals ``data`` and has it on the disk, whole, when this returns."""
    draft = _folder() / f"draft-{name.hex}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(seal(key, data, about=f"file {name}"))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(_folder() / name.hex)


def read(name: UUID, *, key: bytes) -> bytes:
    """What was sealed. Raises ``Unreadable``, and ``OSError`` where the file is gone."""
    return unseal(key, (_folder() / name.hex).read_bytes(), about=f"file {name}")


def remove(names: Iterable[UUID]) -> None:
    """Deletes files; one that is gone already is fine."""
    for name in names:
        (_folder() / name.hex).unlink(missing_ok=True)


def older_than(moment: float) -> Iterator[Path]:
    """Files, whole ones and drafts, that were written before ``moment`` (seconds since 1970)."""
    return (path for path in _folder().iterdir() if path.stat().st_mtime < moment)
