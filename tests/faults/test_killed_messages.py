"""kill -9 of the worker that tells everybody of a cancelled session: each hears of it once, whoever takes over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench import BASE, house

pytestmark = pytest.mark.fault
HERE = Path(__file__).parent
KIND = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
READERS = 5


class Messages:
    """The people of a session as the database and the mails have them, asked in a process of its own."""

    def __init__(self, environment):
        self.environment = environment | {"PYTHONPATH": str(BASE)}
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "messages.py")],
            cwd=BASE,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, said):
        self.process.stdin.write(f"{said}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def die(self, count):
        run = [sys.executable, str(HERE / "messages.py"), "die", str(count)]
        return subprocess.run(run, cwd=BASE, env=self.environment, check=False, timeout=120).returncode

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def messages():
    with house(KIND, static=False) as one:
        asked = Messages(one.environment)
        yield asked
        asked.close()


def test_everybody_hears_once_whenever_the_worker_is_killed(messages):
    messages(f"make {READERS}")
    for _twice in range(2):  # clicked twice
        messages("cancel")
    for left in (2, 0, 1):
        assert messages.die(left) == -signal.SIGKILL
        messages("age")
        again = messages("resume")
        assert again["begun"] + again["late"] >= 1
    messages("age")
    assert messages("send")["sent"] == READERS - 3
    for _more in range(2):
        messages("cancel")
        messages("age")
        messages("resume")
        assert messages("send") == {"sent": 0}
    told = messages("told")
    assert told == {"counts": {f"reader{n}@example.org": 1 for n in range(READERS)}, "open": 0}


def test_a_kill_before_the_task_is_made_up_for_within_the_hour(messages):
    messages("make 2")
    messages("cancel")
    assert messages.die(0) == -signal.SIGKILL
    messages("age")
    assert messages("resume")["late"] == 1
    assert messages("send") == {"sent": 2}
    assert messages("told")["open"] == 0
