"""The engine: Django looks for a class of this name in a module of this name."""

from __future__ import annotations

import threading
from typing import Any

from django.db.backends.sqlite3 import base

_writers: dict[str, threading.Lock] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds the database file's lock of this process from ``BEGIN IMMEDIATE`` to the end of the transaction."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        self._lock = _writers.setdefault(str(settings_dict["NAME"]), threading.Lock())
        self._holds = False

    def _start_transaction_under_autocommit(self) -> None:
        self._lock.acquire()
        self._holds = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._release()
            raise

    def _release(self) -> None:
        if self._holds:
            self._holds = False
            self._lock.release()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._release()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._release()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._release()
