"""The one raw ASGI part: a stream of events. Opening it makes no query and takes no thread."""

from __future__ import annotations

from parvis.shared.bridge import Receive, Scope, Send, refuse
from parvis.shared.live.addresses import BadAddress, opened_together
from parvis.shared.live.hub import Hub
from parvis.shared.live.sources import source_of

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx passes events on as they come
    (b"x-content-type-options", b"nosniff"),
]


def is_stream(scope: Scope) -> bool:
    """Whether a request is for a stream and not for a page."""
    path: str = scope["path"]
    return path.startswith("/live/") and not path.endswith("/now/")


async def stream(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers ``/live/<signed>/`` until the browser leaves or the server stops."""
    if scope["method"] != "GET":
        await refuse(send, 405, b"")
        return
    try:
        names = opened_together(scope["path"])
        for topic, _slot in names:
            source_of(topic)
    except (BadAddress, KeyError):
        await refuse(send, 404, b"")
        return
    if hub.closing or len(hub.clients) >= hub.limit:
        await refuse(send, 503, b"", retry_after=b"10")
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": b": parvis\n\n", "more_body": True})
    client = hub.join(send, names)
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.leave(client)
