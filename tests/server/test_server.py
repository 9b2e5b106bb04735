"""The server as it runs in a centre: real processes, real connections, the suite's own database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import connection, transaction

from parvis.shared import live

HOUSE = Path(__file__).with_name("house.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The test database, as another process finds it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**database)


@contextmanager
def served():
    """A server process: its address and the process."""
    port = free_port()
    environment = os.environ | {"DATABASE_URL": database_url(), "PYTHONPATH": str(settings.BASE)}
    process = subprocess.Popen([sys.executable, str(HOUSE), str(port)], cwd=settings.BASE, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{address}/live/nonsense/now/", timeout=2)
                break
            except httpx.TransportError:
                assert process.poll() is None, "the server ended at its start"
                time.sleep(0.1)
        yield address, process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE house (topic varchar(60) PRIMARY KEY, words varchar(60))")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE house")


def say(topic, words):
    """A change by this process, which is not the server's."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO house VALUES (%s, %s) ON CONFLICT (topic) DO UPDATE SET words = excluded.words",
            [topic, words],
        )
        live.changed(topic)


class Follower:
    """A browser that follows one slot."""

    def __init__(self, address, topic, slot):
        self._client = httpx.Client(timeout=10)
        self._stream = self._client.stream("GET", address + live.address(topic, slot))
        self.answer = self._stream.__enter__()
        self._lines = self.answer.iter_lines()

    def next(self):
        """The next event's text; signs of life are passed over."""
        for line in self._lines:
            if line.startswith("data: "):
                return line.removeprefix("data: ")
        return None

    def close(self):
        self._stream.__exit__(None, None, None)
        self._client.close()


def test_what_one_process_changes_is_seen_on_the_streams_of_two_others(table):
    say("house/1", "before")
    with served() as (one, _), served() as (two, _):
        followers = [Follower(one, "house/1", "board"), Follower(two, "house/1", "board")]
        assert [follower.next() for follower in followers] == ["board: before"] * 2
        start = time.monotonic()
        say("house/1", "after")
        assert [follower.next() for follower in followers] == ["board: after"] * 2
        assert time.monotonic() - start < 1
        for follower in followers:
            follower.close()


def test_a_stopping_server_ends_its_streams_at_once_and_leaves_cleanly(table):
    say("house/1", "open")
    with served() as (address, process):
        follower = Follower(address, "house/1", "board")
        assert follower.next() == "board: open"
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert follower.next() is None
        assert process.wait(timeout=10) in (0, -signal.SIGTERM)
        assert time.monotonic() - start < 3
        follower.close()


def test_the_plain_answer_is_the_same_text(table):
    say("house/1", "open")
    with served() as (address, _):
        answer = httpx.get(address + live.address("house/1", "board:fr") + "now/")
        assert (answer.status_code, answer.text) == (200, "board:fr: open")
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert httpx.head(address + live.address("house/1", "board:fr") + "now/").content == b""


def test_a_stream_is_not_kept_by_anything_in_between(table):
    say("house/1", "open")
    with served() as (address, _):
        follower = Follower(address, "house/1", "board")
        assert follower.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert follower.answer.headers["cache-control"] == "no-store"
        assert follower.answer.headers["x-accel-buffering"] == "no"
        follower.close()
        assert httpx.get(f"{address}/live/nonsense/").status_code == 404
        assert httpx.post(f"{address}/live/nonsense/").status_code == 405
