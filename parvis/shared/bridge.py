"""Pages on the event loop's server: Django's WSGI application in a fixed pool of threads that keep their connections.

Plain Django ASGI gives each request a fresh thread and database connection; here a request costs one hop to a thread and
one back. The body is read to its end before a thread takes the request, so a slow sender holds none, and a body cut off
half-way is dropped instead of becoming half a form. A slow reader holds no thread either: what a long answer has ready
waits in a :class:`Spool`. (docs/decisions/0004-server.md)
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import logging
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from parvis.shared.threads import Threads

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

logger = logging.getLogger(__name__)

IN_MEMORY = 1 << 20  # bytes of a body kept in memory before a temporary file takes over
PIECE = 1 << 18
QUICK = 0.02  # seconds within which a page should be done; the next one waits that long for it
LONGEST_SENDING = 300  # seconds for one request body


class BodyTooLarge(Exception):
    """The request announces or sends more than the server takes."""


class ClientGone(Exception):
    """The client went away before its request was complete."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a thread hands back: a whole body, or a spool that is still being filled."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    spool: Spool | None = None


class Spool:
    """Bytes written by a thread and read by the event loop behind it, on disk once they are many."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._lock, self._grown = loop, threading.Lock(), asyncio.Event()
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  see ``let_go``
        self._ended, self._failed, self._abandoned = False, False, False
        self._hands = 2  # the thread's and the loop's

    def fill(self, chunks: Iterable[bytes]) -> None:
        """Runs in the page's thread, at the page's own pace, until it ends or nobody reads any more."""
        try:
            for chunk in chunks:
                if self._abandoned:
                    break
                with self._lock:
                    self._file.seek(0, io.SEEK_END)
                    self._file.write(chunk)
                self._loop.call_soon_threadsafe(self._grown.set)
        except Exception:
            self._failed = True
            logger.exception("A page failed while it was being sent")
        finally:
            self._ended = True
            self._loop.call_soon_threadsafe(self._grown.set)
            self._let_go()

    async def pieces(self) -> AsyncIterator[bytes]:
        """Runs on the loop. Raises ``RuntimeError`` where the page failed, so that the client sees a cut answer."""
        position = 0
        while True:
            self._grown.clear()
            ended = self._ended
            with self._lock:
                self._file.seek(position)
                piece = self._file.read(PIECE)
            if piece:
                position += len(piece)
                yield piece
            elif ended:
                break
            else:
                await self._grown.wait()
        if self._failed:
            raise RuntimeError("the page failed while it was being sent")

    def abandon(self) -> None:
        """On the loop: nobody reads any more, the end having come or not."""
        self._abandoned = True
        self._let_go()

    def _let_go(self) -> None:
        """Whoever is last closes the file."""
        with self._lock:
            self._hands -= 1
            if self._hands == 0:
                self._file.close()


class Pages:
    """An ASGI application for HTTP requests around a WSGI one."""

    def __init__(
        self, wsgi: Callable[..., Any], *, threads: int, largest_body: int, at_once: int, queue: int = 512
    ) -> None:
        self._wsgi, self._largest_body, self._queue = wsgi, largest_body, queue
        self._pool = Threads(threads, name="page")
        self._waiting, self._turn = 0, asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._waiting >= self._queue:
            await refuse(send, 503, b"Too busy. Please try again in a moment.", retry_after=b"2")
            return
        try:
            async with asyncio.timeout(LONGEST_SENDING):
                body, size = await self._body(scope, receive)
        except BodyTooLarge:
            await refuse(send, 413, b"That is more than this server takes.")
        except TimeoutError:
            await refuse(send, 408, b"That took too long to send.")
        except ClientGone:
            pass
        else:
            with body:
                await self._answer(scope, environ_of(scope, body, size), send)

    async def _body(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not announced.isdigit() or int(announced) > self._largest_body:
            raise BodyTooLarge
        message = await receive() if announced != b"0" or chunked(scope) else {"type": "http.request"}
        if message["type"] == "http.request" and not message.get("more_body"):
            whole = message.get("body", b"")
            return io.BytesIO(whole), len(whole)
        with ExitStack() as stack:
            body, size = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)), 0
            while True:
                if message["type"] == "http.disconnect":
                    raise ClientGone
                size += len(message.get("body", b""))
                if size > self._largest_body:
                    raise BodyTooLarge
                body.write(message.get("body", b""))
                if not message.get("more_body"):
                    body.seek(0)
                    stack.pop_all()
                    return body, size
                message = await receive()

    async def _answer(self, scope: Scope, environ: dict[str, Any], send: Send) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[Answer] = loop.create_future()
        self._waiting += 1
        try:
            async with self._turn:
                # An empty context: nothing that one request activated is left for the next one in this thread.
                self._pool.run(partial(contextvars.Context().run, self._work, environ, loop, ready))
                await asyncio.wait((ready,), timeout=QUICK)
            answer = await ready
        finally:
            self._waiting -= 1
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if answer.spool is not None:
            try:
                async for piece in answer.spool.pieces():
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            finally:
                answer.spool.abandon()
        await send({"type": "http.response.body", "body": answer.body})

    def _work(
        self, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, ready: asyncio.Future[Answer]
    ) -> None:
        """In a thread of the pool: one request from start to end."""

        def hand_over(answer: Answer | BaseException) -> None:
            if ready.done():
                return  # the server is stopping
            if isinstance(answer, Answer):
                ready.set_result(answer)
            else:
                ready.set_exception(answer)

        try:
            status, headers, response = call(self._wsgi, environ)
            try:
                if environ["REQUEST_METHOD"] == "HEAD":
                    loop.call_soon_threadsafe(hand_over, Answer(status, headers, b""))
                elif getattr(response, "streaming", False):
                    spool = Spool(loop)
                    loop.call_soon_threadsafe(hand_over, Answer(status, headers, b"", spool))
                    spool.fill(response)
                else:
                    loop.call_soon_threadsafe(hand_over, Answer(status, headers, b"".join(response)))
            finally:
                response.close()
        except BaseException as error:  # noqa: BLE001  the loop answers for it
            loop.call_soon_threadsafe(hand_over, error)

    def close(self) -> None:
        """Waits for the pages being made."""
        self._pool.close()


def call(wsgi: Callable[..., Any], environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], Any]:
    """Calls a WSGI application: its status, its headers as ASGI wants them, and its iterable."""
    head: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        head[:] = int(status[:3]), [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]

    response = wsgi(environ, start)
    return head[0], head[1], response


def chunked(scope: Scope) -> bool:
    return any(name == b"transfer-encoding" for name, _value in scope["headers"])


def environ_of(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """The WSGI environment of an HTTP request (PEP 3333) whose whole body is in ``body``."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": path_of(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # would pass for the header with a hyphen, which a proxy may have cleaned
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name == "CONTENT_TYPE":
            environ[name] = value
        elif name not in ("CONTENT_LENGTH", "TRANSFER_ENCODING"):
            before = environ.get(f"HTTP_{name}")
            glue = "; " if name == "COOKIE" else ","
            environ[f"HTTP_{name}"] = value if before is None else f"{before}{glue}{value}"
    environ["CONTENT_LENGTH"] = str(size) if size else ""
    return environ


def path_of(scope: Scope) -> str:
    """The path's own bytes, as WSGI has them: the server's decoded form has lost what is not UTF-8."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return unquote_to_bytes(raw).decode("latin-1")


async def refuse(send: Send, status: int, words: bytes, retry_after: bytes | None = None) -> None:
    """A short answer of the server itself, before any page. The connection ends with it."""
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", b"%d" % len(words)),
        (b"connection", b"close"),
    ]
    if retry_after:
        headers.append((b"retry-after", retry_after))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})
