"""The engine: Django looks for a class of this name in a module of this name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from parvis.shared.sqlite.turnstile import Turnstile, Waited, turnstile

T = TypeVar("T")

READS = ("SELECT", "PRAGMA", "EXPLAI", "SAVEPO", "RELEAS", "ROLLBA", "COMMIT", "END", "VALUES")


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the file's turn to write from ``BEGIN IMMEDIATE`` to the end of the transaction, or for one statement.

    Only the process's own threads queue here; another process waits on SQLite's own lock, within its ``timeout``.
    """

    inside = False

    @property
    def line(self) -> Turnstile:
        """The line for this connection's file: found when needed, since tests change the file's name."""
        return turnstile(str(self.settings_dict["NAME"]))

    def enter(self) -> None:
        """Takes the turn. Raises ``OperationalError`` where it does not come."""
        if self.inside or self.is_in_memory_db():
            return
        timeout = self.settings_dict["OPTIONS"].get("timeout", 5.0)
        self._entered = self.line
        try:
            self._entered.enter(self, timeout)
        except Waited as error:
            raise OperationalError(f"database is locked: {error}") from error
        self.inside = True

    def leave(self) -> None:
        """Gives the turn back, if it has it."""
        if self.inside:
            self.inside = False
            self._entered.leave(self)

    def abandoned(self) -> None:
        """Rolls back and closes, for a thread that has ended. sqlite3 allows it: Django opens it for all threads."""
        self.inside = False
        if self.connection is not None:
            self.connection.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The turn for one statement, unless a transaction has it already."""
        if self.inside:
            yield
            return
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.database = self
        return cursor

    # Transactions: each way in and each way out

    def _start_transaction_under_autocommit(self) -> None:
        self.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self.leave()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        """Without autocommit, sqlite3 begins a transaction by itself at the first write: the turn is taken before."""
        if not autocommit:
            self.enter()
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        except BaseException:
            self.leave()
            raise
        if autocommit:
            self.leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        if self.get_autocommit_now():
            self.leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            if self.get_autocommit_now():
                self.leave()

    def get_autocommit_now(self) -> bool:
        """Whether the connection is back in autocommit at SQLite's level."""
        return self.connection is None or self.connection.isolation_level is None

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self.leave()


class Cursor(base.SQLiteCursorWrapper):
    """Queues for a write outside a transaction, and finishes it before the next one's turn.

    SQLite commits such a statement when its last row has been read, so the rows of a ``RETURNING`` are read at once.
    """

    database: DatabaseWrapper
    rows: list[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        return self._run(query, lambda: super(Cursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        return self._run(query, lambda: super(Cursor, self).executemany(query, param_list))

    def _run(self, query: str, run: Callable[[], T]) -> T:
        self.rows = None
        if self.database.inside or not writes(query):
            return run()
        with self.database.turn():
            done = run()
            if self.description is not None:
                self.rows = super().fetchall()[::-1]
            return done

    def fetchone(self) -> Any:
        if self.rows is None:
            return super().fetchone()
        return self.rows.pop() if self.rows else None

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        if self.rows is None:
            return super().fetchmany(size)
        return [self.rows.pop() for _ in range(min(size or 1, len(self.rows)))]

    def fetchall(self) -> list[Any]:
        if self.rows is None:
            return super().fetchall()
        rows, self.rows = self.rows[::-1], []
        return rows

    def __iter__(self) -> Any:
        return super().__iter__() if self.rows is None else iter(self.fetchall())


def writes(query: str) -> bool:
    """Whether a statement may write. In doubt it does: it then merely waits for its turn."""
    word = query.lstrip(" \n\t(")[:6].upper()
    if word[:4] == "WITH":
        upper = query.upper()
        return any(verb in upper for verb in ("INSERT", "UPDATE", "DELETE", "REPLACE"))
    return not word.startswith(READS)
