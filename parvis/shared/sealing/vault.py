"""The vault: for each sealed thing a *share* of 32 random bytes, without which no key opens it.

A small SQLite file of its own beside the installation's keys, on either database. What is destroyed here is overwritten, and
only the newest copy of the file is ever kept (docs/operating.md): that is what makes erasing final.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from parvis.shared.retention import rehearsing
from parvis.shared.sealing.cipher import new_key

# Without a write-ahead log: a destroyed share must not live on in it. `secure_delete` writes zeros over it.
OPENED = """
    PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;
    CREATE TABLE IF NOT EXISTS share (key BLOB PRIMARY KEY, share BLOB NOT NULL, made_on TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS share_made_on ON share (made_on);
"""
VAULT = "vault.sqlite3"
WAIT = 30  # seconds for the file
AT_ONCE = 500


class Vault:
    """The shares of one installation. Each thread of the process has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def put(self, key: UUID, *, on: date) -> bytes:
        """The share of ``key``: made and on the disk when this returns, or the one that is there already."""
        with self._writing() as connection:
            row = (key.bytes, new_key(), on.isoformat())
            connection.execute("INSERT OR IGNORE INTO share VALUES (?, ?, ?)", row)
        share = self.get(key)
        if share is None:
            raise RuntimeError("a share was destroyed while it was made")
        return share

    def get(self, key: UUID) -> bytes | None:
        """The share, or nothing where it was destroyed."""
        found = self._connection.execute("SELECT share FROM share WHERE key = ?", [key.bytes]).fetchone()
        return bytes(found[0]) if found else None

    def destroy(self, keys: Iterable[UUID]) -> int:
        """Overwrites shares; returns how many there were. A rehearsal of forgetting counts them."""
        rows = [(key.bytes,) for key in keys]
        if rehearsing():
            asked = "SELECT COUNT(*) FROM share WHERE key = ?"
            return sum(self._connection.execute(asked, row).fetchone()[0] for row in rows)
        with self._writing() as connection:
            return connection.executemany("DELETE FROM share WHERE key = ?", rows).rowcount

    def missing(self, keys: Iterable[UUID]) -> set[UUID]:
        """Those among some hundred keys whose share was destroyed."""
        asked = {key.bytes for key in keys}
        marks = ",".join("?" * len(asked))
        found = self._connection.execute(f"SELECT key FROM share WHERE key IN ({marks})", [*asked])  # noqa: S608
        return {UUID(bytes=key) for key in asked - {row[0] for row in found}}

    def made_before(self, day: date) -> Iterator[list[UUID]]:
        """The keys of shares made before ``day``, some hundred at a time."""
        last = b""
        asked = "SELECT key FROM share WHERE made_on < ? AND key > ? ORDER BY key LIMIT ?"
        while rows := self._connection.execute(asked, [day.isoformat(), last, AT_ONCE]).fetchall():
            last = rows[-1][0]
            yield [UUID(bytes=row[0]) for row in rows]

    def copy_to(self, path: Path) -> None:
        """A whole copy as it is at one moment, without what was destroyed. ``path`` must not be there yet."""
        self._connection.execute("VACUUM INTO ?", [str(path)])
        path.chmod(0o600)

    def close(self) -> None:
        """Closes this thread's connection."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
            connection.executescript(OPENED)
            self.path.chmod(0o600)
            self._local.connection = connection
        found: sqlite3.Connection = self._local.connection
        return found

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@cache
def vault() -> Vault:
    """The installation's own."""
    return Vault(Path(settings.KEYS) / VAULT)
