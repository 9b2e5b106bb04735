"""What comes due during the day: each room says in its ``AppConfig.ready`` what the worker looks for every hour.

Each look must be safe to repeat: what was done before is done once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

_LOOKS: dict[str, Callable[..., int]] = {}


def register(name: str, look: Callable[..., int]) -> None:
    """Adds a look, or replaces the one of that name. ``look`` takes the time as ``at`` and returns how much it did."""
    _LOOKS[name] = look


def look_at_all(*, at: datetime) -> dict[str, int]:
    """Does what is due, by name; one that fails does not keep the others, and is tried again in an hour."""
    done: dict[str, int] = {}
    for name, look in _LOOKS.items():
        try:
            done[name] = look(at=at)
        except Exception as error:  # noqa: BLE001  whatever it is, the others still run
            logger.error("“%s” did not run: %s", name, type(error).__name__)
    return done
