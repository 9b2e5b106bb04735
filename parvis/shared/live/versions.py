"""How a change gets from an action to the hub of this process, and to those of the others.

SQLite: the version is raised inside the transaction (there is one writer anyway), and other processes poll
``PRAGMA data_version``. PostgreSQL: raised after the commit by one thread for many changes, together with a NOTIFY, since
either inside the transaction would make all writers of a centre wait for each other until the disk has answered. A
process killed between the two is healed by the sources' own refresh.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable

from django.db import close_old_connections, connection, transaction

logger = logging.getLogger(__name__)

CHANNEL = "parvis_live"
TOGETHER = 0.01  # seconds: what changes within them is told to other processes at once
PROCESS = uuid.uuid4().hex[:12]

_RAISE = """
    INSERT INTO shared_liveversion (topic, version) VALUES (%s, 1)
    ON CONFLICT (topic) DO UPDATE SET version = shared_liveversion.version + 1 RETURNING version
"""
_RAISE_AND_NOTIFY = """
    WITH raised AS (
        INSERT INTO shared_liveversion (topic, version) SELECT topic, 1 FROM unnest(%s::text[]) AS topic ORDER BY topic
        ON CONFLICT (topic) DO UPDATE SET version = shared_liveversion.version + 1 RETURNING topic, version
    )
    SELECT topic, version, pg_notify(%s, concat_ws(' ', %s::text, version, topic)) FROM raised
"""

known: dict[str, int] = {}  # the newest version of each topic that this process has acted on
_hubs: list[Callable[[str], None]] = []


def changed(topic: str) -> None:
    """Says, inside a transaction, that something on the pages of ``topic`` is different once it commits."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            version = cursor.execute(_RAISE, [topic]).fetchone()[0]
        transaction.on_commit(lambda: _arrived(topic, version), robust=True)
    else:
        transaction.on_commit(lambda: _committed(topic), robust=True)


def _arrived(topic: str, version: int) -> None:
    known[topic] = max(version, known.get(topic, 0))
    wake(topic)


def _committed(topic: str) -> None:
    wake(topic)
    if publisher.running:
        publisher.put(topic)
    else:
        publish([topic])


def wake(topic: str) -> None:
    """Has the hubs of this process read the topic again."""
    for hub in _hubs.copy():
        hub(topic)


def learned(topic: str, version: int) -> None:
    """Takes what another process said; wakes the hubs where it is news."""
    if version > known.get(topic, 0):
        _arrived(topic, version)


def listen(hub: Callable[[str], None]) -> Callable[[], None]:
    """Adds a hub of this process; call the answer to take it away."""
    _hubs.append(hub)
    return lambda: _hubs.remove(hub)


def publish(topics: list[str]) -> None:
    """Raises the versions and tells the other processes (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE_AND_NOTIFY, [topics, CHANNEL, PROCESS])
        for topic, version, _sent in cursor.fetchall():
            known[topic] = max(version, known.get(topic, 0))


class Publisher:
    """One thread that publishes what was changed since it last did, in one statement."""

    def __init__(self) -> None:
        self.running = False
        self._topics: set[str] = set()
        self._some = threading.Condition()
        self._thread: threading.Thread | None = None
        self._told: object = None

    def start(self) -> None:
        """From now on changes are published by the thread. A command without a server publishes at once instead."""
        self.running = True
        self._thread = threading.Thread(target=self._run, name="live-publisher", daemon=True)
        self._thread.start()

    def put(self, topic: str) -> None:
        with self._some:
            self._topics.add(topic)
            self._some.notify()

    def stop(self) -> None:
        """Publishes what is left and ends the thread."""
        with self._some:
            self.running = False
            self._some.notify()
        if self._thread:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            with self._some:
                while not self._topics and self.running:
                    self._some.wait()
                going_on = self.running
            if going_on:
                time.sleep(TOGETHER)
            with self._some:
                topics, self._topics = sorted(self._topics), set()
            if not topics:
                break
            try:
                close_old_connections()
                self._prepare()
                publish(topics)
            except Exception:
                logger.exception(
                    "Live changes were not published; other processes see them at their next refresh"
                )
        connection.close()

    def _prepare(self) -> None:
        """Nobody waits for the disk to hear of a change: said once to each connection."""
        connection.ensure_connection()
        if connection.connection is not self._told:
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = off")
            self._told = connection.connection


publisher = Publisher()
os.register_at_fork(after_in_child=_hubs.clear)
