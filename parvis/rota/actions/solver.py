"""The planner's process, seen from who waits for it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from typing import IO, Any, Self

from django.conf import settings

from parvis.rota.planning.process import Found, Job, Message, Refused, read, write

GRACE = 60.0  # seconds beyond its time, to build and to explain, until it is ended by force
GAP = 0.01


class Died(Exception):
    """The process ended without a plan: it was killed, or it crashed."""


class Overran(Exception):
    """The process did not end in its time, and was ended."""


class Solver:
    """One process that plans. Used as a context, nothing of it is left afterwards."""

    def __init__(self, job: Job) -> None:
        self._ends = time.monotonic() + job.seconds + GRACE
        self._messages: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "parvis.rota.planning"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE,
            env=os.environ | {"PYTHONPATH": str(settings.BASE)},
        )
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()
        with contextlib.suppress(BrokenPipeError):  # it died at once: ``next`` says so
            write(self._input, job)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for file in (self.process.stdin, self.process.stdout):
            if file:
                _close(file)

    @property
    def _input(self) -> IO[bytes]:
        assert self.process.stdin  # noqa: S101  # asked for above
        return self.process.stdin

    def _listen(self, file: Any) -> None:
        try:
            while True:
                self._messages.put(read(file))
        except (EOFError, OSError, ValueError):
            self._messages.put(None)

    def stop(self) -> None:
        """Asks for the best plan so far. Said twice, it is said once."""
        try:
            self._input.write(b"stop")
            self._input.flush()
        except (BrokenPipeError, ValueError):
            pass  # it is just ending
        self._ends = min(self._ends, time.monotonic() + GRACE)

    def next(self, seconds: float) -> Message | None:
        """What it says next; nothing where it says nothing for so long. Raises ``Died``, ``Overran``."""
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            if time.monotonic() > self._ends:
                raise Overran from None
            return None
        if message is None:
            raise Died
        return message


def _close(file: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):
        file.close()


__all__ = ["GAP", "Died", "Found", "Job", "Overran", "Refused", "Solver"]
