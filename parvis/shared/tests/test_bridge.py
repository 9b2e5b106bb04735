"""Pages through the bridge: bodies, long answers, clients that go away; driven as a server drives it."""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
import threading
import time
from types import SimpleNamespace

import pytest

from parvis.shared.bridge import Pages

LEFT_BEHIND = contextvars.ContextVar("left_behind", default="nothing")


class Answer(list):
    """What Django gives a WSGI server: chunks, whether they stream, and a close."""

    def __init__(self, chunks, streaming=False, closed=None):
        super().__init__(chunks)
        self.streaming, self.closed = streaming, closed

    def close(self):
        if self.closed is not None:
            self.closed.append(threading.current_thread().name)


def echo(environ, start):
    """Says what it was asked."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("X-Body", hashlib.sha256(body).hexdigest())])
    words = [
        environ["REQUEST_METHOD"],
        environ["PATH_INFO"],
        environ["QUERY_STRING"],
        environ["CONTENT_LENGTH"],
    ]
    return Answer([" ".join(words).encode("latin-1")])


def request(pages, *, method="GET", path=b"/", query=b"", headers=(), messages=None, slow=0.0):
    """One request as an ASGI server would bring it: status, headers and body of its answer."""
    said = SimpleNamespace(status=None, headers={}, body=b"", complete=False)
    incoming = list(messages or [{"type": "http.request", "body": b"", "more_body": False}])

    async def receive():
        return incoming.pop(0) if incoming else {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.start":
            said.status, said.headers = message["status"], dict(message["headers"])
        else:
            await asyncio.sleep(slow)
            said.body += message["body"]
            said.complete = not message.get("more_body")

    scope = {
        "type": "http",
        "method": method,
        "path": path.decode("latin-1"),
        "raw_path": path,
        "query_string": query,
        "http_version": "1.1",
        "scheme": "http",
        "server": ("localhost", 8000),
        "client": ("127.0.0.1", 40000),
        "headers": list(headers),
    }
    asyncio.run(pages(scope, receive, send))
    return said


def pages(wsgi=echo, **options):
    return Pages(wsgi, **{"threads": 2, "at_once": 2, "largest_body": 10_000_000} | options)


def parts(*bodies):
    return [
        {"type": "http.request", "body": body, "more_body": number < len(bodies)}
        for number, body in enumerate(bodies, 1)
    ]


def test_a_page_is_asked_and_answered():
    said = request(pages(), path=b"/c/marseille/", query=b"day=2026-11-22")
    assert (said.status, said.body, said.complete) == (200, b"GET /c/marseille/ day=2026-11-22 ", True)


def test_the_bytes_of_a_path_arrive_as_they_were():
    assert request(pages(), path=b"/caf%C3%A9/%ff/").body == "GET /café/".encode() + b"\xff/  "


def test_a_body_in_pieces_arrives_whole():
    body = b"0123456789" * 300_000  # more than is kept in memory
    messages = parts(*(body[start : start + 65_536] for start in range(0, len(body), 65_536)))
    said = request(
        pages(), method="POST", headers=[(b"content-length", b"%d" % len(body))], messages=messages
    )
    assert said.headers[b"x-body"] == hashlib.sha256(body).hexdigest().encode()
    assert said.body.endswith(b" 3000000")


def test_a_body_without_an_announced_length_arrives_whole():
    said = request(
        pages(), method="POST", headers=[(b"transfer-encoding", b"chunked")], messages=parts(b"a=1", b"&b=2")
    )
    assert said.headers[b"x-body"] == hashlib.sha256(b"a=1&b=2").hexdigest().encode()
    assert said.body.endswith(b" 7")


def test_half_a_form_is_never_a_form():
    called = []

    def page(environ, start):
        called.append(environ)
        return echo(environ, start)

    messages = [{"type": "http.request", "body": b"theme=3&lang", "more_body": True}]
    said = request(pages(page), method="POST", headers=[(b"content-length", b"24")], messages=messages)
    assert (called, said.status) == ([], None)


@pytest.mark.parametrize(
    ("headers", "bodies"),
    [
        ([(b"content-length", b"101")], [b""]),
        ([(b"content-length", b"-1")], [b""]),
        ([(b"content-length", b"many")], [b""]),
        ([(b"transfer-encoding", b"chunked")], [b"0" * 60, b"0" * 60]),
    ],
)
def test_too_large_a_body_is_refused(headers, bodies):
    said = request(pages(largest_body=100), method="POST", headers=headers, messages=parts(*bodies))
    assert (said.status, said.headers[b"connection"]) == (413, b"close")


def test_a_head_request_has_no_body():
    closed = []

    def page(environ, start):
        start("200 OK", [("Content-Length", "5")])
        return Answer([b"hello"], streaming=True, closed=closed)

    one = pages(page)
    said = request(one, method="HEAD")
    one.close()
    assert (said.body, said.headers[b"content-length"], len(closed)) == (b"", b"5", 1)


def test_a_long_answer_comes_in_pieces_and_whole():
    chunks = [bytes([number]) * 100_000 for number in range(40)]
    closed = []

    def page(environ, start):
        start("200 OK", [("Content-Type", "text/csv")])
        return Answer(chunks, streaming=True, closed=closed)

    one = pages(page)
    said = request(one, slow=0.001)
    one.close()
    assert said.body == b"".join(chunks)
    assert said.complete
    assert len(closed) == 1


def test_a_slow_reader_holds_no_thread():
    one = pages(streamer, threads=1)

    async def story():
        blocked, other = asyncio.Event(), []

        async def slow(message):
            if message["type"] == "http.response.body":
                await blocked.wait()

        async def quick(message):
            other.append(message)

        reader = asyncio.create_task(one(scope_of(b"/long/"), receive_nothing, slow))
        await asyncio.sleep(0.1)
        async with asyncio.timeout(2):
            await one(scope_of(b"/"), receive_nothing, quick)
        assert other[-1]["body"] == b"short"
        blocked.set()
        await reader

    asyncio.run(story())


def streamer(environ, start):
    start("200 OK", [])
    long = environ["PATH_INFO"] == "/long/"
    return Answer([b"x" * 100_000] * 50 if long else [b"short"], streaming=long)


def scope_of(path):
    return {
        "method": "GET",
        "path": "",
        "raw_path": path,
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
    }


async def receive_nothing():
    return {"type": "http.request", "body": b"", "more_body": False}


class Torn(Answer):
    def __iter__(self):
        yield from super().__iter__()
        raise ValueError("the table is gone")


def test_an_answer_that_fails_half_way_is_seen_to_be_cut(caplog):
    def page(environ, start):
        start("200 OK", [])

        return Torn([b"date;acts\n"], streaming=True)

    with pytest.raises(RuntimeError, match="failed while it was being sent"):
        request(pages(page))
    assert "the table is gone" in caplog.text


def test_nothing_is_left_behind_for_the_next_request_of_a_thread():
    seen = []

    def page(environ, start):
        seen.append((threading.current_thread().name, LEFT_BEHIND.get()))
        LEFT_BEHIND.set("a language")
        return echo(environ, start)

    one = pages(page, threads=1)
    request(one)
    request(one)
    assert seen == [("page_0", "nothing")] * 2


def test_beyond_its_queue_the_server_says_so_at_once():
    going, waiting = threading.Event(), threading.Event()

    def page(environ, start):
        waiting.set()
        going.wait(5)
        return echo(environ, start)

    one = pages(page, threads=1, queue=2)

    async def story():
        sent = []

        async def send(message):
            sent.append(message)

        first = [asyncio.create_task(one(scope_of(b"/"), receive_nothing, send)) for _ in range(2)]
        while not waiting.is_set():
            await asyncio.sleep(0.01)
        start = time.monotonic()
        await one(scope_of(b"/"), receive_nothing, send)
        assert time.monotonic() - start < 1
        assert (sent[0]["status"], dict(sent[0]["headers"])[b"retry-after"]) == (503, b"2")
        going.set()
        await asyncio.gather(*first)

    asyncio.run(story())


@pytest.mark.parametrize(("seconds", "together"), [(0.0, 1), (0.2, 3)])
def test_quick_pages_wait_for_each_other_and_nobody_waits_for_a_slow_one(seconds, together):
    lock, going, most = threading.Lock(), 0, 0

    def page(environ, start):
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        time.sleep(seconds)
        with lock:
            going -= 1
        return echo(environ, start)

    one = pages(page, threads=4, at_once=1)

    async def story():
        async def send(message):
            pass

        await asyncio.gather(*(one(scope_of(b"/"), receive_nothing, send) for _ in range(3)))

    asyncio.run(story())
    assert most == together


def test_headers_that_pass_for_others_are_dropped():
    seen = {}

    def page(environ, start):
        seen.update(environ)
        return echo(environ, start)

    request(
        pages(page),
        headers=[
            (b"x_forwarded_proto", b"https"),
            (b"x-forwarded-for", b"192.0.2.1"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
            (b"content-type", b"text/plain"),
        ],
    )
    assert "HTTP_X_FORWARDED_PROTO" not in seen
    assert (seen["HTTP_X_FORWARDED_FOR"], seen["HTTP_COOKIE"]) == ("192.0.2.1", "a=1; b=2")
    assert seen["CONTENT_TYPE"] == "text/plain"
