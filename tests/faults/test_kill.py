"""kill -9 of the server under load: everything it had said yes to is there, once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from random import Random

import pytest

from bench import BASE, Client, free_port, house, person

pytestmark = pytest.mark.fault

KILLS, CLIENTS = 30, 6
HERE = Path(__file__).parent


class Servers:
    """One server at a time on one port, killed and started again."""

    def __init__(self, environment):
        self.port = free_port()
        self.pid = 0
        command = [sys.executable, str(HERE / "zygote.py"), str(self.port)]
        self.zygote = subprocess.Popen(
            command,
            cwd=BASE,
            env=environment | {"PYTHONPATH": str(BASE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self):
        self.zygote.stdin.write("start\n")
        self.zygote.stdin.flush()
        self.pid = int(self.zygote.stdout.readline())
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                with Client(self.port) as client:
                    client.request("GET", "/live/nothing/now/")
                return
            except OSError:
                time.sleep(0.01)
        raise AssertionError("the server did not come back")

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def close(self):
        if self.pid:
            self.kill()
        self.zygote.stdin.close()
        self.zygote.wait(10)
        self.zygote.stdout.close()


class Reception:
    """People at work who repeat what got no answer, and remember every yes."""

    def __init__(self, port, scene):
        self.port, self.scene, self.base = port, scene, f"/c/{scene['slug']}"
        self.numbers, self.finished, self.repeated = {}, [], 0
        self.refused, self.stopped = [], threading.Event()

    def work(self, who):
        headers = person(self.scene["people"][who]) | {"Accept": "application/json"}
        with Client(self.port, headers) as client:
            while not self.stopped.is_set():
                key = str(uuid.uuid4())
                body = f"key={key}&theme={self.scene['themes'][0]}&language=fr&size=1&arrival=greeter"
                self.numbers[key] = self.insist(client, f"{self.base}/greeter/tickets/", body)["number"]
                visitor = self.insist(client, f"{self.base}/desk/calls/")["ticket"]
                step = f"{self.base}/desk/tickets/{visitor}"
                self.insist(client, f"{step}/start/")
                self.insist(client, f"{step}/finish/")
                self.finished.append(visitor)

    def insist(self, client, path, body=""):
        """The same request until it is answered, as a page or a device does it."""
        while True:
            try:
                status, answer = client.request("POST", path, body.encode())
            except OSError:
                self.repeated += 1
                time.sleep(0.02)
                continue
            if status >= 400:
                self.refused.append((path, status, answer[:200]))
                raise AssertionError(self.refused[-1])
            return json.loads(answer)


def test_thirty_kills_under_load_lose_nothing_and_double_nothing():
    kind, random = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite", Random(7)
    with house(kind, static=False) as one:
        reception = None
        servers = Servers(one.environment)
        try:
            servers.start()
            reception = Reception(servers.port, one.scene("--seats", str(CLIENTS))[0])
            people = [threading.Thread(target=reception.work, args=(who,)) for who in range(CLIENTS)]
            for thread in people:
                thread.start()
            for _ in range(KILLS):
                time.sleep(random.uniform(0.1, 0.5))
                servers.kill()
                servers.start()
            reception.stopped.set()
            for thread in people:
                thread.join(60)
        finally:
            if reception:
                reception.stopped.set()
            servers.close()
        found = outcome(one)
    assert reception.refused == []
    assert reception.repeated >= KILLS // 2, "the kills came in the middle of work"
    assert len(reception.numbers) > KILLS
    check(found, reception)


def outcome(one):
    run = [sys.executable, str(HERE / "outcome.py")]
    environment = one.environment | {"PYTHONPATH": str(BASE)}
    done = subprocess.run(run, cwd=BASE, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def check(found, reception):
    """Every yes once: the same number, no number twice or left out, every finished visit with its four periods."""
    tickets = found["tickets"]
    assert {key: tickets[key]["number"] for key in reception.numbers} == reception.numbers
    assert sorted(ticket["number"] for ticket in tickets.values()) == list(range(1, len(tickets) + 1))
    assert found["last"] == [len(tickets)]
    assert set(tickets) == set(reception.numbers), "whoever was asked again got the ticket of the first time"
    by_pk = {ticket["pk"]: ticket for ticket in tickets.values()}
    assert len(set(reception.finished)) == len(reception.finished)
    steps = {tuple(by_pk[pk]["periods"]) for pk in reception.finished}
    assert steps == {("waiting", "called", "interview", "done")}
    done = [ticket for ticket in by_pk.values() if ticket["state"] == "done"]
    assert sorted(ticket["pk"] for ticket in done) == sorted(reception.finished)
    assert [ticket["open"] for ticket in done] == [0] * len(done)
