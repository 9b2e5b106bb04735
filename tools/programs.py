"""Programs of this machine that Parvis uses where they are: nothing but Python's own library."""

from __future__ import annotations

import ctypes
import shutil
from pathlib import Path


def chromium() -> str | None:
    """A browser that Playwright can drive."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def postgres(name: str) -> str | None:
    """The newest ``name`` of PostgreSQL's server; Debian keeps these out of the path."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(places[-1]) if places else shutil.which(name)


def has_library(name: str) -> bool:
    """Whether programs here can load it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
