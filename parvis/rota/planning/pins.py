"""Whether what was chosen by hand keeps the hard rules."""

from __future__ import annotations

from .checker import broken
from .problem import PinError, Problem


def check_pins(problem: Problem) -> None:
    """Raises ``PinError`` with each hard rule that pins break, and which of them do.

    The rules only ever forbid, so where the pins alone break none, there is a plan that keeps them.
    """
    if found := broken(problem, problem.pins):
        raise PinError(found)
