"""A fixed number of threads, of which the one that worked last works next: its database connection is warm.

The standard library's pool gives work to its threads in turn, so that each of them, and each server process behind their
connections, has forgotten everything when its turn comes.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue

Work = Callable[[], None]


class Threads:
    """Runs work in at most ``count`` threads; what comes when all are busy waits in order."""

    def __init__(self, count: int, *, name: str) -> None:
        self._count, self._name, self._lock = count, name, threading.Lock()
        self._all: list[threading.Thread] = []
        self._idle: list[SimpleQueue[Work | None]] = []
        self._waiting: deque[Work] = deque()
        self._closed = False

    def run(self, work: Work) -> None:
        """Has ``work``, which must not raise, done by a thread. Raises ``RuntimeError`` after the end."""
        with self._lock:
            if self._closed:
                raise RuntimeError("these threads have ended")
            if self._idle:
                self._idle.pop().put(work)
            elif len(self._all) < self._count:
                self._start().put(work)
            else:
                self._waiting.append(work)

    def close(self) -> None:
        """Waits for what was begun or waits, and ends the threads."""
        with self._lock:
            self._closed = True
            for inbox in self._idle:
                inbox.put(None)
            self._idle.clear()
        for thread in self._all:
            thread.join()

    def _start(self) -> SimpleQueue[Work | None]:
        inbox: SimpleQueue[Work | None] = SimpleQueue()
        name = f"{self._name}_{len(self._all)}"
        thread = threading.Thread(target=self._work, args=(inbox,), name=name, daemon=True)
        self._all.append(thread)
        thread.start()
        return inbox

    def _work(self, inbox: SimpleQueue[Work | None]) -> None:
        while (work := inbox.get()) is not None:
            work()
            del work  # nothing of a request is kept while waiting for the next
            with self._lock:
                if self._waiting:
                    inbox.put(self._waiting.popleft())
                elif self._closed:
                    return
                else:
                    self._idle.append(inbox)
