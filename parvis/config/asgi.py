"""The server's entry: event streams on the loop, every page through WSGI in a fixed pool of threads.

``manage.py serve`` runs it; so does any other ASGI server that knows lifespan.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from parvis.shared.bridge import Pages, Receive, Scope, Send
from parvis.shared.live.hub import Hub
from parvis.shared.live.stream import is_stream, stream
from parvis.shared.live.versions import publisher
from parvis.shared.live.watch import Watcher
from parvis.shared.settling import settle, stir


class Server:
    """One process of Parvis."""

    def __init__(self, wsgi: Callable[..., Any]) -> None:
        self.pages = Pages(
            wsgi,
            threads=settings.SERVER_THREADS,
            at_once=settings.SERVER_AT_ONCE,
            largest_body=settings.SERVER_LARGEST_BODY,
        )
        self.hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if self.hub is not None and is_stream(scope):
                await stream(self.hub, scope, receive, send)
            else:
                await self.pages(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def live(self, receive: Receive, send: Send) -> None:
        """From the server's start to its stop."""
        await receive()
        allow_many_connections()
        self.hub, watcher = Hub(), Watcher()
        watcher.start()
        if connection.vendor == "postgresql":
            publisher.start()
        end_streams_on_signals(self.hub)
        settle()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        stir()
        self.hub.close()
        await asyncio.to_thread(self.pages.close)
        await asyncio.to_thread(publisher.stop)
        await asyncio.to_thread(watcher.stop)
        await send({"type": "lifespan.shutdown.complete"})


def allow_many_connections() -> None:
    """Raises the soft limit of open files, 1,024 on most machines: each stream is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def end_streams_on_signals(hub: Hub) -> None:
    """A server waits for open answers before it tells the application to stop, and a stream never ends by itself."""
    if threading.current_thread() is not threading.main_thread():
        return  # a server inside a test; it stops without a signal
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def stop(signum: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(hub.close)
            if callable(before):
                before(signum, frame)

        signal.signal(number, stop)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
application = Server(get_wsgi_application())
