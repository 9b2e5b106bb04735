"""How fast is reception? ``make bench NAME=reception`` (``QUICK=1`` for a look).

The real server with all its middleware, on a durable database, asked over HTTP by people who have signed in:

- *visits*: 8 people at 8 seats each bring whole visits through: issue a ticket, call the next visitor, start, finish,
  and list who waits: five requests, four of them transactions;
- *issue*: 16 people give tickets at the same centre at once: the longest waits are what a visitor would feel;
- *peer*: the same two behind plain Django ASGI, as its documentation deploys it, in the same run;
- *bare*: a counter, a ticket and a period written by the database's own driver, without Django or HTTP: the limit.

Requests ask for JSON, as devices do. What the same visits cost when each answer is the page's own HTML
is printed, too, without ``--quick``.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg

from bench import DATABASES, PEER, Client, House, Server, Times, house, person, report, together

JSON = {"Accept": "application/json"}


def visits(port: int, scene: Any, *, clients: int, seconds: float, program: bool = True) -> Times:
    """Whole visits by people at their seats, as many as they can."""
    themes, base = scene["themes"], f"/c/{scene['slug']}"

    def work(number: int, times: Times, goes_on: Callable[[], bool]) -> None:
        headers = person(scene["people"][number]) | (JSON if program else {})
        with Client(port, headers) as client:
            while goes_on():
                start = time.perf_counter()
                done(client, "POST", f"{base}/greeter/tickets/", ticket(themes[number % len(themes)]))
                visitor = called(done(client, "POST", f"{base}/desk/calls/"))
                done(client, "POST", f"{base}/desk/tickets/{visitor}/start/")
                done(client, "POST", f"{base}/desk/tickets/{visitor}/finish/")
                done(client, "GET", f"{base}/desk/turn/")
                times.add("visit", time.perf_counter() - start)

    return together(clients, seconds, work)


def issues(port: int, scene: Any, *, clients: int, seconds: float) -> Times:
    """Tickets given at one centre by many at once."""
    themes, path = scene["themes"], f"/c/{scene['slug']}/greeter/tickets/"

    def work(number: int, times: Times, goes_on: Callable[[], bool]) -> None:
        with Client(port, person(scene["people"][number]) | JSON) as client:
            while goes_on():
                start = time.perf_counter()
                done(client, "POST", path, ticket(themes[number % len(themes)]))
                times.add("issue", time.perf_counter() - start)

    return together(clients, seconds, work)


def ticket(theme: int) -> bytes:
    return f"key={uuid.uuid4()}&theme={theme}&language=fr&size=1&arrival=greeter".encode()


def done(client: Client, method: str, path: str, body: bytes = b"") -> bytes:
    """The answer, which must be a yes."""
    status, answer = client.request(method, path, body)
    if status >= 400:
        raise RuntimeError(f"{method} {path}: {status} {answer[:300]!r}")
    return answer


def called(answer: bytes) -> int:
    """The visitor who was called, from JSON or from the page's next step."""
    if answer.startswith(b"{"):
        return int(json.loads(answer)["ticket"])
    return int(answer.partition(b"/desk/tickets/")[2].partition(b"/")[0])


def bare(house: House, *, clients: int, seconds: float) -> float:
    """Tickets a second by the driver alone: lock and raise a counter, insert a ticket and a period, commit durably."""
    write = bare_sqlite if house.kind == "sqlite" else bare_postgresql

    def work(number: int, times: Times, goes_on: Callable[[], bool]) -> None:
        write(house, times, goes_on)

    return together(clients, seconds, work).rate("ticket")


TABLES = """
    CREATE TABLE IF NOT EXISTS bare_day (id integer PRIMARY KEY, last integer);
    CREATE TABLE IF NOT EXISTS bare_ticket (day integer, number integer, key text UNIQUE, UNIQUE (day, number));
    CREATE TABLE IF NOT EXISTS bare_period (ticket text, state text, at text);
"""
LOCK = threading.Lock()


def bare_sqlite(house: House, times: Times, goes_on: Callable[[], bool]) -> None:
    database = sqlite3.connect(house.folder / "parvis.sqlite3", isolation_level=None, timeout=30)
    database.execute("PRAGMA synchronous=FULL")
    with LOCK:
        database.executescript(TABLES + "INSERT OR IGNORE INTO bare_day VALUES (1, 0);")
    while goes_on():
        with LOCK:  # the same queue of writers, without Django
            key = str(uuid.uuid4())
            database.execute("BEGIN IMMEDIATE")
            number = database.execute("UPDATE bare_day SET last = last + 1 RETURNING last").fetchone()[0]
            database.execute("INSERT INTO bare_ticket VALUES (1, ?, ?)", (number, key))
            database.execute("INSERT INTO bare_period VALUES (?, 'waiting', 'now')", (key,))
            database.execute("COMMIT")
        times.add("ticket", 0)
    database.close()


def bare_postgresql(house: House, times: Times, goes_on: Callable[[], bool]) -> None:
    with psycopg.connect(house.environment["DATABASE_URL"], autocommit=True) as database:
        with LOCK:
            for statement in TABLES.split(";")[:3]:
                database.execute(statement)
            database.execute("INSERT INTO bare_day VALUES (1, 0) ON CONFLICT DO NOTHING")
        while goes_on():
            key = str(uuid.uuid4())
            with database.transaction():
                cursor = database.execute("UPDATE bare_day SET last = last + 1 RETURNING last")
                number = cursor.fetchone()[0]
                database.execute("INSERT INTO bare_ticket VALUES (1, %s, %s)", (number, key))
                database.execute("INSERT INTO bare_period VALUES (%s, 'waiting', 'now')", (key,))
            times.add("ticket", 0)


@contextmanager
def furnished(kind: str, *, pages: bool) -> Iterator[tuple[House, Any, list[Server]]]:
    """A house with a centre of its own for each part of the bench, so that none starts with another's queue.

    And two servers, the product's and the peer's: an idle one costs next to nothing, and they start while others are set up.
    """
    with house(kind, static=pages, migrated=False) as one, ExitStack() as stack:
        scenes = one.scene("--migrate", "--centres", "4", "--seats", "16", "--waiting", "10")
        product = stack.enter_context(one.served(processes=os.cpu_count() or 1))
        peer = stack.enter_context(one.served(application=PEER))  # plain Django ASGI has one process
        yield one, scenes, [product, peer]


def measured(
    house: House, scenes: Any, servers: list[Server], *, seconds: float, pages: bool
) -> dict[str, float]:
    """Every figure of one database, and what it says on the way."""
    found: dict[str, float] = {}
    elsewhere = scenes.pop()
    for name, server in zip(("product", "peer"), servers, strict=True):
        scene = scenes.pop()
        issues(server.port, elsewhere, clients=16, seconds=0.5)  # warm: connections, statements, caches
        visits(server.port, scene, clients=8, seconds=0.5)
        before = server.processor_seconds()
        whole = visits(server.port, scene, clients=8, seconds=seconds)
        used = (server.processor_seconds() - before) / len(whole.taken["visit"])
        tickets = issues(server.port, scene, clients=16, seconds=seconds)
        found[f"{name}_visits"], found[f"{name}_issues"] = whole.rate("visit"), tickets.rate("issue")
        found[f"{name}_p99"] = tickets.ms("issue", 99)
        print(
            f"{house.kind:10} {name:8} {whole.rate('visit'):6.1f} visits/s (p50 {whole.ms('visit', 50):.0f} ms, "
            f"p99 {whole.ms('visit', 99):.0f} ms, {used * 1000:.1f} ms of processor each)   "
            f"{tickets.rate('issue'):6.1f} tickets/s (p50 {tickets.ms('issue', 50):.0f} ms, "
            f"p99 {tickets.ms('issue', 99):.0f} ms)",
            flush=True,
        )
        if name == "product" and pages:
            shown = visits(server.port, scenes.pop(), clients=8, seconds=seconds, program=False)
            print(f"{'':20}{shown.rate('visit'):6.1f} visits/s with the page's own HTML in each answer")
    found["bare"] = bare(house, clients=8, seconds=min(seconds, 3))
    print(f"{house.kind:10} bare     {found['bare']:6.1f} tickets/s by the driver alone", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--database", choices=DATABASES)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    limits: dict[str, tuple[str, float]] = {}
    kinds = [options.database] if options.database else DATABASES
    seconds = 1.2 if options.quick else 10
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        houses = list(
            pool.map(lambda kind: stack.enter_context(furnished(kind, pages=not options.quick)), kinds)
        )
        results = [
            (one.kind, measured(one, scenes, servers, seconds=seconds, pages=not options.quick))
            for one, scenes, servers in houses
        ]
    for kind, found in results:
        figures |= {
            f"{kind}_visits_per_s": found["product_visits"],
            f"{kind}_issue_p99_ms": found["product_p99"],
            f"{kind}_issues_per_s": found["product_issues"],
            f"{kind}_times_plain_asgi": found["product_issues"] / found["peer_issues"],
            f"{kind}_bare_tickets_per_s": found["bare"],
        }
        limits |= {
            f"{kind}_visits_per_s": ("at least", 60),
            f"{kind}_issue_p99_ms": ("under", 150),
            f"{kind}_times_plain_asgi": ("at least", 4),
        }
    report("reception", figures, limits)


if __name__ == "__main__":
    main()
