"""The engine: Django looks for a class of this name in a module of this name."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that restarts closes its connections, and a closed socket is readable: a silent one is as it was left."""

    def is_usable(self) -> bool:
        """Whether the connection still works; asks the server only where the socket has something to say."""
        if self.connection is None or self.connection.pgconn.status != ConnStatus.OK:
            return False
        waiting = select.poll()
        waiting.register(self.connection.pgconn.socket, select.POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True
