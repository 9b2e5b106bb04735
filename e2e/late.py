"""A server whose answers come late: what a journey forgot to wait for then fails each time, not once in a hundred runs.

``PARVIS_LATE=0.6 pytest -m journey``: every page takes 0.6 s more, half of it before anything is written and half after.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable

from parvis.shared.bridge import Message, Receive, Scope, Send

App = Callable[[Scope, Receive, Send], Awaitable[None]]

SECONDS = float(os.environ.get("PARVIS_LATE", "0"))


def late(server: App) -> App:
    """The server itself, or one that is late where ``PARVIS_LATE`` says so; files of the house come at once."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await server(scope, receive, send)
            return

        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(SECONDS / 2)
            await send(message)

        await asyncio.sleep(SECONDS / 2)
        await server(scope, receive, send_late)

    return answer if SECONDS else server
