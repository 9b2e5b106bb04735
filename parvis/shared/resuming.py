"""Work that a killed worker left half-done: each room says in its ``AppConfig.ready`` how it is started again.

The background worker looks when it starts, and once more when what was killed a moment ago counts as dead.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

_WAYS: dict[str, Callable[..., int]] = {}


def register(name: str, resume: Callable[..., int]) -> None:
    """Adds a way, or replaces the one of that name. ``resume`` takes the time as ``at`` and returns how much it began."""
    _WAYS[name] = resume


def resume_all(*, at: datetime) -> dict[str, int]:
    """Starts again whatever nobody alive works on; returns how much by name."""
    return {name: resume(at=at) for name, resume in _WAYS.items()}
