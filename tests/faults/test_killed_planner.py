"""kill -9 of the worker, or of the solver, while a draft is planned: the published rota stays, and it is planned again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench import BASE, children_of, house

pytestmark = pytest.mark.fault
HERE, PATIENCE = Path(__file__).parent, 60


class Planning:
    """The draft as it is in the database, asked in a process of its own, and the worker that plans it."""

    def __init__(self, environment):
        self.environment, self.worker = environment, None
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "planning.py")],
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

    def start_worker(self):
        """As ``make run`` and the service start it."""
        command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "-v0"]
        self.worker = subprocess.Popen(command, cwd=BASE, env=self.environment, start_new_session=True)

    def solver(self):
        """The number of the process that plans, once there is one."""
        return until(lambda: next(iter(children_of(self.worker.pid)[1:]), None))

    def kill_worker(self):
        """Alone, without its children: as the kernel does it where memory is short."""
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.wait(10)

    def wait(self, stage):
        return until(lambda: found if (found := self("look"))["stage"] == stage else None)

    def close(self):
        if self.worker is not None and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait(10)
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def plan():
    """One house for all: each test has a draft of its own, which it drops."""
    kind = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    with house(kind, static=False) as one:
        made = Planning(one.environment)
        try:
            yield made
        finally:
            made.close()


def until(found):
    ends = time.monotonic() + PATIENCE
    while (value := found()) is None:
        assert time.monotonic() < ends
        time.sleep(0.02)
    return value


def gone(pid):
    """Ended, whether or not somebody has asked how."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return True if state == "Z" else None


def test_a_killed_worker_leaves_the_rota_as_it_was_and_the_next_one_plans(plan):
    plan("make")
    before = plan("rota")
    plan.start_worker()
    solver = plan.solver()
    plan.kill_worker()
    left = plan("look")
    until(lambda: gone(solver))  # it does not outlive who started it
    plan("age")
    plan.start_worker()  # it finds by itself what was left
    told = until(lambda: found if (found := plan("look"))["words"] or found["slots"] else None)
    ready, after = plan.wait("ready"), plan("rota")
    plan("drop")
    assert (left["stage"], left["worker"], left["slots"]) == ("computing", True, 0)
    assert told["words"].startswith("The planner was ended from outside before it had a plan")
    assert (ready["words"], ready["slots"]) == ("", 24)
    assert after == before, "byte for byte"


def test_a_killed_solver_and_a_draft_that_is_stopped_or_dropped_leave_the_worker_alive(plan):
    if plan.worker is None:
        plan.start_worker()
    plan("make")
    before = plan("rota")
    os.kill(plan.solver(), signal.SIGKILL)
    failed = plan.wait("failed")
    plan("again")
    plan.solver()
    plan("stop")
    stopped = plan.wait("ready")
    plan("again")
    last = plan.solver()
    plan("drop")
    until(lambda: gone(last))
    end, after, alive = plan("look"), plan("rota"), plan.worker.poll() is None
    assert failed["words"].startswith("The planner’s process ended before it had a plan")
    assert failed["slots"] == 0
    assert stopped["slots"] > 0
    assert (end, alive) == ({"stage": "gone", "slots": 0}, True)
    assert after == before, "byte for byte"
