"""The shortest rotation, then the one with the least walking, then the most even one."""

from __future__ import annotations

import time

from .checker import walks
from .problem import NotFound, Problem, Rotation, Visit, check_possible
from .turns import fewest_turns, unevenness, visits_in
from .walking import less_walking


def solve(problem: Problem, *, seconds: float = 2.0) -> Rotation:
    """The best rotation of a problem. Raises ``Impossible``, and ``NotFound`` where the time is too short for any."""
    check_possible(problem)
    until = time.monotonic() + seconds
    for turns in range(fewest_turns(problem, seconds), len(problem.groups) * problem.seen + 1):
        visits, proven = visits_in(problem, turns, until - time.monotonic())
        if visits is None:
            continue
        if walks(problem, visits):
            visits, proven = less_walking(problem, turns, visits, until)
        return _rotation(problem, turns, visits, proven=proven)
    raise NotFound("no number of turns was enough")  # one visit after the other always is


def _rotation(problem: Problem, turns: int, visits: tuple[Visit, ...], *, proven: bool) -> Rotation:
    return Rotation(
        visits=visits,
        turns=turns,
        idle=turns * len(problem.groups) - len(visits),
        walks=walks(problem, visits),
        uneven=unevenness(problem, visits),
        proven=proven,
    )
