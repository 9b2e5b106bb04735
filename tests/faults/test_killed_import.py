"""kill -9 of the worker in the middle of an import or export: the next worker goes on by itself, and every row is there once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import BASE, house

pytestmark = pytest.mark.fault

ROWS, KILLS = 9_000, (1_000, 3_000, 6_000)  # killed when so many lines were in
HERE = Path(__file__).parent


class Past:
    """The import as it is in the database, asked in a process of its own."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "past.py")],
            cwd=BASE,
            env=environment | {"PYTHONPATH": str(BASE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, said):
        self.process.stdin.write(f"{said}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


def worker(environment):
    """The background worker as ``make run`` and the service start it."""
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "-v0"]
    return subprocess.Popen(command, cwd=BASE, env=environment, start_new_session=True)


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def wait_until(past, good, said="look", patience=90):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if good(found := past(said)):
            return found
        time.sleep(0.05)
    raise AssertionError(past(said))


def test_an_import_killed_three_times_brings_in_every_row_once():
    kind = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    with house(kind, static=False) as one:
        past, running = Past(one.environment), None
        try:
            file = past(f"make {ROWS}")
            killed_at = []
            for lines in KILLS:
                running = worker(one.environment)
                wait_until(past, lambda found, lines=lines: found["done"] >= lines)
                kill(running)
                killed_at.append(past("look"))
                past("age")  # a minute later
            running = worker(one.environment)
            end = wait_until(past, lambda found: found["stage"] == "done")
            found = past("outcome")
        finally:
            if running is not None and running.poll() is None:
                kill(running)
            past.close()
    assert [(seen["stage"], seen["done"] < ROWS) for seen in killed_at] == [("running", True)] * len(KILLS)
    assert [seen["done"] for seen in killed_at] == [seen["acts"] for seen in killed_at], "lots are whole"
    assert end["done"] == ROWS
    assert found == {
        "acts": ROWS,
        "keys": ROWS,
        "profiles": ROWS,
        "codes": ROWS,
        "minutes": file["minutes"],
        "as the file": True,
    }


def test_an_export_killed_half_way_is_written_whole_by_the_next_worker():
    kind = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    with house(kind, static=False) as one:
        past, running = Past(one.environment), None
        try:
            past(f"make {ROWS}")
            running = worker(one.environment)
            wait_until(past, lambda found: found["stage"] == "done")
            past("export")
            wait_until(past, lambda found: "unfinished" in found["files"], "written")
            kill(running)
            half = past("written")
            past("age")
            running = worker(one.environment)
            end = wait_until(past, lambda found: found["stage"] == "done", "written")
        finally:
            if running is not None and running.poll() is None:
                kill(running)
            past.close()
    assert (half["stage"], half["files"]) == ("running", ["unfinished"])
    assert end["lines"] == {"acts": ROWS + 1, "profile-answers": ROWS + 1}
    assert end["files"] == ["export.zip"], "what the killed worker left is gone"
