"""What is done every night besides forgetting: each room says in its ``AppConfig.ready`` what.

The worker runs it after it forgot. On a night that stopped because the clock jumped it is left out: what depends on days
would be wrong. An errand can be run twice.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

_ERRANDS: dict[str, Callable[..., int]] = {}


def register(name: str, run: Callable[..., int]) -> None:
    """Adds an errand, or replaces the one of that name. ``run`` takes the time as ``at`` and returns how much it did."""
    _ERRANDS[name] = run


def run_errands(*, at: datetime) -> dict[str, int]:
    """Runs each of them; one that fails keeps none of the others. Returns how much was done by name."""
    done: dict[str, int] = {}
    for name, run in _ERRANDS.items():
        try:
            done[name] = run(at=at)
        except Exception as error:  # noqa: BLE001  whatever it is, the others still run
            # Where, and not what: the words of an error may quote a row.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("“%s” was not done: %s\n%s", name, type(error).__name__, where)
    return done
