"""One writer at a time, in order of arrival."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

LOOK_AGAIN = 1.0  # seconds between two looks at whether the writer inside still lives


class Waited(Exception):
    """The turn did not come: the message says who had it."""


class Holder(Protocol):
    """A connection that can have the turn."""

    def abandoned(self) -> None:
        """Its thread has ended inside a transaction: closes it, from another thread."""


@dataclass(eq=False, slots=True)
class Place:
    """Somebody's place in the line, or the one inside."""

    holder: Holder
    thread: threading.Thread = field(default_factory=threading.current_thread)
    since: float = field(default_factory=time.monotonic)
    called: threading.Lock = field(default_factory=threading.Lock)


class Turnstile:
    """A lock that is handed over in the order in which it was asked for.

    ``threading.Lock`` goes to whoever grabs first, which under load is the thread that has just let go.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._guard = threading.Lock()
        self._inside: Place | None = None
        self._line: deque[Place] = deque()

    def enter(self, holder: Holder, timeout: float) -> None:
        """Waits for the turn. Raises :class:`Waited` after ``timeout`` seconds, and at once where waiting cannot end."""
        place = Place(holder)
        with self._guard:
            if self._inside is None:
                self._inside = place
                return
            if self._inside.thread is place.thread:
                raise Waited(
                    f"{self.name}: this thread is already writing through another connection and would wait for itself"
                )
            place.called.acquire()
            self._line.append(place)
        try:
            self._wait(place, timeout)
        except BaseException:  # also a Ctrl-C: nobody who has gone may be called
            with self._guard:
                if place is self._inside:
                    self._next()
                elif place in self._line:
                    self._line.remove(place)
            raise

    def _wait(self, place: Place, timeout: float) -> None:
        until = place.since + timeout
        while not place.called.acquire(timeout=max(0.0, min(LOOK_AGAIN, until - time.monotonic()))):
            self._pass_the_dead()
            if time.monotonic() >= until:
                self._give_up(place, timeout)

    def _give_up(self, place: Place, timeout: float) -> None:
        with self._guard:
            if place is self._inside:
                return  # called in the last moment
            inside, waiting = self._inside, len(self._line) - 1
        who = f"{inside.thread.name} for {time.monotonic() - inside.since:.0f} s" if inside else "nobody"
        raise Waited(
            f"{self.name}: waited {timeout:.0f} s for the turn to write, held by {who}; {waiting} more waiting"
        )

    def _pass_the_dead(self) -> None:
        """A thread that ended inside a transaction will never commit: what it began is rolled back."""
        with self._guard:
            if self._inside is not None and not self._inside.thread.is_alive():
                self._inside.holder.abandoned()
                self._next()

    def leave(self, holder: Holder) -> None:
        """Gives the turn to the next in line. Does nothing where ``holder`` is not inside."""
        with self._guard:
            if self._inside is not None and self._inside.holder is holder:
                self._next()

    def _next(self) -> None:
        self._inside = self._line.popleft() if self._line else None
        if self._inside is not None:
            self._inside.since = time.monotonic()
            self._inside.called.release()


_TURNSTILES: dict[str, Turnstile] = {}
_MAKING = threading.Lock()


def turnstile(path: str) -> Turnstile:
    """The one turnstile of a database file in this process."""
    name = os.path.realpath(path)
    with _MAKING:
        return _TURNSTILES.setdefault(name, Turnstile(name))


def _forget() -> None:
    """A forked child has none of its parent's transactions."""
    global _MAKING
    _MAKING = threading.Lock()
    _TURNSTILES.clear()


os.register_at_fork(after_in_child=_forget)
