"""The installation's own keys: random bytes in files, outside the database and its copies, numbered to be changed.

New things are made with the newest; older ones stay readable until nothing needs them (``manage.py guidance_keys``).
"""

from __future__ import annotations

import contextlib
import os
import re
from functools import cache
from pathlib import Path

from django.conf import settings

from parvis.shared.sealing.cipher import derived, new_key

NAME = re.compile(r"key-(\d+)")


@cache
def _all() -> dict[int, bytes]:
    folder = Path(settings.KEYS)
    found = _read(folder)
    if not found:
        make(1)
        found = _read(folder)
    return found


def _read(folder: Path) -> dict[int, bytes]:
    named = [(NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    return {int(name[1]): bytes.fromhex(path.read_text()) for name, path in named if name}


def make(version: int) -> None:
    """Writes a new key, whole or not at all; one that is there stays."""
    folder = Path(settings.KEYS)
    draft = folder / f"draft-{os.urandom(4).hex()}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(new_key().hex())
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, folder / f"key-{version}")
    draft.unlink()
    _forget()


def remove(version: int) -> None:
    """Takes a key away for good. Whatever was made with it can no longer be found or opened."""
    (Path(settings.KEYS) / f"key-{version}").unlink(missing_ok=True)
    _forget()


def versions() -> list[int]:
    """The numbers, newest first."""
    return sorted(_all(), reverse=True)


def newest() -> int:
    """The number with which new things are made."""
    return max(_all())


@cache
def key(version: int, purpose: str) -> bytes:
    """The key for one purpose. Raises ``KeyError`` where that number is gone."""
    return derived(_all()[version], purpose=purpose)


def _forget() -> None:
    _all.cache_clear()
    key.cache_clear()
