"""The planner as a process of its own: ``python -m parvis.rota.planning``. Its crash or its kill is nobody else's.

It reads one ``Job`` from its input and writes what it knows to its output, each message as its length and its pickle. Anything more on
its input, or its end, asks it to stop: so it never outlives who started it for long.
"""

from __future__ import annotations

import os
import pickle
import select
import struct
import sys
import time
from dataclasses import dataclass
from typing import IO, Any

from .checker import Report, check
from .explaining import explain
from .findings import Explained
from .plan import plan
from .problem import PinError, PlanningError, Problem, Progress, Solution

EVERY = 0.5  # seconds between two messages about the progress
EXPLAINING = 15.0  # seconds, at most
NICE = 5  # whoever receives visitors goes first
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Job:
    """What is asked."""

    problem: Problem
    seconds: float
    gap: float


@dataclass(frozen=True)
class Found:
    """The best plan, re-scored by the checker, which knows the rules and not the model."""

    solution: Solution
    report: Report
    explained: tuple[Explained, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Why there is no plan: pins that break hard rules, or the solver's own words."""

    broken: tuple[Any, ...] = ()
    words: str = ""


Message = Progress | Found | Refused


def write(file: IO[bytes], message: Message | Job) -> None:
    """One message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    file.write(LENGTH.pack(len(data)) + data)
    file.flush()


def read(file: IO[bytes]) -> Any:
    """The next message. Raises ``EOFError`` where there is none, or only a part of one."""
    head = file.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    data = file.read(LENGTH.unpack(head)[0])
    if len(data) < LENGTH.unpack(head)[0]:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  # from the process that we started, or that started us


class Teller:
    """Tells the progress, not more often than anybody can read it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._told = out, 0.0

    def tell(self, progress: Progress) -> None:
        """Called by the solver whenever it knows more."""
        if time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            write(self._out, progress)


def told_to_stop() -> bool:
    """Whether who started it said something, or has gone."""
    return bool(select.select([sys.stdin.buffer], [], [], 0)[0])


def solve(job: Job, out: IO[bytes]) -> Message:
    """The best plan, or why there is none."""
    try:
        solution = plan(
            job.problem,
            seconds=job.seconds,
            gap=job.gap,
            on_progress=Teller(out).tell,
            should_stop=told_to_stop,
        )
    except PinError as error:
        return Refused(broken=error.broken)
    except PlanningError as error:
        return Refused(words=str(error))
    scored = job.problem.accustomed(solution.habits) if solution.habits else job.problem
    write(out, Progress(solution.seconds, solution.cost, solution.bound))
    explained = () if told_to_stop() else explain(scored, solution.duties, seconds=EXPLAINING)
    return Found(solution, check(scored, solution.duties), tuple(explained))


def main() -> None:
    """Answers one job. What the solver prints goes to the error output, so that it never stands between messages."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(NICE)
    write(out, solve(read(sys.stdin.buffer), out))
