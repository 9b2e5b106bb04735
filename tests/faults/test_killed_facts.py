"""kill -9 of the night that writes facts, and a full disk: no half of anything is read, the next night makes it whole, nothing stays behind."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import BASE, house

pytestmark = pytest.mark.fault
HERE = Path(__file__).parent
KIND = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
MOMENTS = (
    "lines half written",
    "lines read, nothing written",
    "a file half written",
    "two of a month's files written",
    "all files written, none in force",
    "in the transaction",
    "the first month in force",
    "all in force, nothing ticked off",
    "ticked off, not tidied",
)
MONTHS, MANY, KILLS = 3, 30, 6


class Figures:
    """Facts as they are on the disk and in the database, asked in a process of its own."""

    def __init__(self, environment):
        self.environment = environment | {"PYTHONPATH": str(BASE)}
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "figures.py")],
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

    def die(self, moment):
        """A night that is killed there; what ended it."""
        run = [sys.executable, str(HERE / "figures.py"), "die", moment]
        return subprocess.run(run, cwd=BASE, env=self.environment, check=False, timeout=120).returncode

    def rebuild(self):
        """As somebody at the machine starts it: two processes side by side."""
        run = [sys.executable, "manage.py", "rebuild_facts", "-v0"]
        return subprocess.Popen(run, cwd=BASE, env=self.environment, start_new_session=True)

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def figures():
    with house(KIND, static=False) as one:
        asked = Figures(one.environment)
        yield asked
        asked.close()


def acts_by_month(found):
    """Of each month its acts; its units are all of the same reading."""
    told = {}
    for month, counts in found["counts"].items():
        assert counts["acts"] == counts["contacts"], f"{month} is of two readings"
        told[month] = counts["acts"]
    return told


def assert_whole(figures, acts):
    """After a night that was not killed: everything is told, once, as if it had been read for the first time."""
    told = figures("refresh")
    assert told == figures("afresh")
    found = figures("look")
    assert (found["wrong"], found["touched"]) == ([], 0)
    assert set(acts_by_month(found).values()) == {acts}
    return found


def test_a_night_killed_anywhere_leaves_whole_files_and_the_next_one_makes_up_for_it(figures):
    figures(f"make {MONTHS}")
    for acts, moment in enumerate(MOMENTS, start=1):
        figures("late")
        ended = -signal.SIGXFSZ if moment == "a file half written" else -signal.SIGKILL
        assert figures.die(moment) == ended, moment
        found = figures("look")
        assert found["wrong"] == [], moment
        seen = acts_by_month(found)
        assert set(seen.values()) <= {acts, acts + 1}, moment
        done = "the first month" in moment
        assert len(set(seen.values())) == (2 if done else 1), moment
        assert found["touched"] or set(seen.values()) == {acts + 1}, moment
        found = assert_whole(figures, acts + 1)
        traced = found["traced"]
        assert traced["acts"] == traced["contacts"] == MONTHS * acts, f"{moment}: each change is told once"
    assert figures("age") == {"strays": [], "reading": [], "replaced": 0}


def test_a_rebuild_by_two_processes_killed_at_any_time_is_made_up_for(figures):
    figures(f"make {MANY}")
    drawn = random.Random(61)
    for kill in range(1, KILLS + 1):
        figures("late")
        running = figures.rebuild()
        time.sleep(drawn.uniform(0.5, 6))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait(20)
        found = figures("look")
        assert found["wrong"] == []
        assert set(acts_by_month(found).values()) <= {kill, kill + 1}
        assert_whole(figures, kill + 1)
    assert figures("age") == {"strays": [], "reading": [], "replaced": 0}


def test_a_full_disk_leaves_the_old_files_and_no_halves(figures):
    figures(f"make {MONTHS}")
    figures("late")
    before = figures("look")
    for _night in range(3):
        told = figures("full")
        assert told["said"] != "written"
        assert (told["left"], told["reading"]) == ([], [])
        assert figures("look") == before
    assert_whole(figures, 2)
    assert figures("age") == {"strays": [], "reading": [], "replaced": 0}
