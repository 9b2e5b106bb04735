"""Hearing what other processes changed: one thread per server process."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import psycopg
from django.db import DatabaseError, connection

from parvis.shared.live.versions import CHANNEL, PROCESS, known, learned

logger = logging.getLogger(__name__)

SQLITE_POLL = 0.2  # seconds; one PRAGMA, about 10 µs
POSTGRESQL_POLL = 5.0  # in case a notification is lost, or a pooler swallows them


class Watcher:
    """Follows the version rows from a thread of its own until stopped; comes back by itself after a failure."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live-watcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        follow = follow_sqlite if connection.vendor == "sqlite" else follow_postgresql
        while not self._stopped.is_set():
            try:
                follow(self._stopped.wait)
            except (DatabaseError, psycopg.Error) as error:
                logger.warning("Lost sight of other processes' changes (%s); trying again", error)
                self._stopped.wait(5)
            finally:
                connection.close()


def catch_up() -> None:
    """Reads every version row: there is one per place where things happen, not one per event."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT topic, version FROM shared_liveversion")
        for topic, version in cursor.fetchall():
            learned(topic, version)


def follow_sqlite(wait: Callable[[float], bool]) -> None:
    """``data_version`` differs once any other connection has written to the file."""
    before = None
    while True:
        with connection.cursor() as cursor:
            now = cursor.execute("PRAGMA data_version").fetchone()[0]
        if now != before:
            catch_up()
        before = now
        if wait(SQLITE_POLL):
            return


def follow_postgresql(wait: Callable[[float], bool]) -> None:
    """Listens, and looks at the rows every few seconds all the same."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters | {"autocommit": True}) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        while not wait(0):
            catch_up()
            until = time.monotonic() + POSTGRESQL_POLL
            while time.monotonic() < until and not wait(0):
                for notice in listener.notifies(timeout=0.5):
                    sender, version, topic = notice.payload.split(" ", 2)
                    if sender != PROCESS:
                        learned(topic, int(version))
                    else:
                        known[topic] = max(int(version), known.get(topic, 0))
