"""The engine: Django looks for a class of this name in a module of this name."""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction  # type: ignore[attr-defined]
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server as few times as it can: each question is a walk to another process and back.

    A transaction's ``BEGIN`` leaves with its first statement, and writes given to :meth:`later` leave with the next
    statement or with ``COMMIT``; the statements of a :meth:`together` block leave in one walk
    (docs/decisions/0026-fewer-walks.md).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begins = False  # Django has begun a transaction of which the server has not heard
        self._waiting: list[tuple[str, Sequence[Any]]] = []
        self._together = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Statements that need no answer of each other. Their answers are there after the block, which raises their errors."""
        if self._together:
            yield
            return
        self.ensure_connection()
        with self.wrap_database_errors, self.connection.pipeline():
            self._together = True
            try:
                yield
            finally:
                self._together = False

    def later(self, sql: str, parameters: Sequence[Any]) -> None:
        """A write of this transaction whose answer nobody needs. Its error comes with the statement that it leaves with."""
        self._waiting.append((sql, parameters))
        if not self.in_atomic_block:
            self._send_waiting()

    def is_usable(self) -> bool:
        """Whether the connection still works; asks the server only where the socket has something to say.

        A server that restarts closes its connections, and a closed socket is readable: a silent one is as it was left.
        """
        if self.connection is None or self.connection.pgconn.status != ConnStatus.OK:
            return False
        waiting = select.poll()
        waiting.register(self.connection.pgconn.socket, select.POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True

    def _send_waiting(self) -> None:
        """What the server has not heard yet, before anything else is said."""
        begins, waiting = self._begins, self._waiting
        self._begins, self._waiting = False, []
        if not waiting:
            if begins:
                self._say("BEGIN")
            return
        with self.together():
            if begins:
                self._say("BEGIN")
            with self.cursor() as cursor:
                for sql, parameters in waiting:
                    cursor.execute(sql, parameters)

    def _say(self, command: str) -> None:
        with self.wrap_database_errors:
            self.connection.execute(command, prepare=False)

    def _cursor(self, name: str | None = None) -> Any:
        if self._begins or self._waiting:
            self._send_waiting()
        return super()._cursor(name)  # type: ignore[misc]

    def _set_autocommit(self, autocommit: bool) -> None:
        """The driver stays in autocommit: its own ``BEGIN`` would be a walk of its own."""
        self._begins = not autocommit
        if autocommit and not self.connection.autocommit:
            super()._set_autocommit(True)  # type: ignore[misc]

    def _commit(self) -> None:
        if self._waiting:
            with debug_transaction(self, "COMMIT"), self.together():
                self._send_waiting()
                self._say("COMMIT")
        elif not self._begins:
            super()._commit()  # type: ignore[misc]
        self._begins = not self.autocommit  # outside of ``atomic`` the next transaction begins by itself

    def _rollback(self) -> None:
        self._waiting.clear()
        super()._rollback()  # type: ignore[misc]
        self._begins = not self.autocommit

    def _savepoint_rollback(self, sid: str) -> None:
        self._waiting.clear()  # all of them came after the savepoint, which had sent those before
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def _close(self) -> None:
        self._begins = False
        self._waiting.clear()
        super()._close()  # type: ignore[misc]
