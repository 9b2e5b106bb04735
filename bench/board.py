"""How soon does everybody see it? ``make bench NAME=board`` (``QUICK=1`` for a look).

500 open streams in one server process, half of them boards, half follow pages of visitors who wait, while ten tickets a
second are given over HTTP: over 40 centres, then all at one. 2,000 streams are printed, too. Each figure is the time
from a ticket's commit to the *last* stream of its centre that shows it.

- *Everybody has news.* The tickets have a reason for priority, so each moves everybody else back by one place: every
  board counts one more, every follow page one ticket more before its own. A stream has a ticket once the number in its
  text says so, whatever else was sent; one that never does ends the bench.
- *The commit* is timed by the database, inside the ticket's own transaction: on PostgreSQL by a deferred trigger, which
  runs when COMMIT has been asked for; on SQLite, which has none, by a trigger on the ticket's first period, written a
  little earlier. Neither has waited for the disk yet, so the figures are a little too long, never too short. (The
  answer to the request comes after the commit, and would flatter.) Reading the streams is in them, too: one thread of
  this process reads them all, on the same clock, and looks at its clock when it has a text in full.
- *Memory* is the server's own memory (no files) after the tickets, with the streams still open, above that before the first
  of them, divided by their number.
"""

from __future__ import annotations

import argparse
import resource
import selectors
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench import DATABASES, Client, House, Server, house, percentile, person, report
from bench.reception import JSON, done, ticket

PER_SECOND = 10
SENDERS = 4  # so that a slow answer does not hold up the next ticket
PATIENCE = 20.0  # seconds; a stream that has heard nothing by then has missed it
PLACE = {
    b'board-more">+ ': b"<",
    b'follow-place"><b>': b"<",
    b'class="follow-next': b'"',
}  # where a number stands

TRIGGER = {
    "sqlite": """
        CREATE TABLE bench_commit (id integer PRIMARY KEY, centre integer, at real);
        CREATE TRIGGER bench_commit AFTER INSERT ON reception_period BEGIN
            INSERT INTO bench_commit (centre, at)
            SELECT centre_id, (julianday('now') - 2440587.5) * 86400.0 FROM reception_ticket WHERE id = NEW.ticket_id;
        END;
    """,
    "postgresql": """
        CREATE TABLE bench_commit (id bigserial PRIMARY KEY, centre bigint, at double precision);
        CREATE FUNCTION bench_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO bench_commit (centre, at) VALUES (NEW.centre_id, extract(epoch FROM clock_timestamp()));
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER bench_commit AFTER INSERT ON reception_ticket DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION bench_commit();
    """,
}


@dataclass
class Stream:
    """One open board or follow page: which number it showed since when."""

    centre: int
    line: socket.socket
    rest: bytes = b""
    seen: list[tuple[float, int]] = field(default_factory=list)

    def hear(self) -> None:
        """Takes what has come. Texts end with an empty line, and each sending of the server is one chunk."""
        piece = self.line.recv(1 << 17)
        if not piece:
            raise ConnectionResetError("the server closed a stream")
        self.rest += piece
        if self.rest.endswith(b"\n\n\r\n"):
            now = time.time()
            for mark, end in PLACE.items():
                if (start := self.rest.rfind(mark)) >= 0:
                    number = self.rest[start + len(mark) :].partition(end)[0]
                    self.seen.append((now, int(number or b"0")))
                    break
            self.rest = b""

    def reached(self, tickets: int) -> list[float]:
        """When each of so many tickets was to be seen, counted from the first text."""
        times, first = [], self.seen[0][1]
        for at, number in self.seen[1:]:
            times += [at] * (number - first - len(times))
        if len(times) < tickets:
            raise RuntimeError(f"a stream has seen {len(times)} of {tickets} tickets")
        return times[:tickets]


class Reader:
    """Reads many streams in one thread."""

    def __init__(self, port: int, addresses: list[tuple[int, str]]) -> None:
        self.streams, self.goes_on = [], True
        self.selector, self.failure = selectors.DefaultSelector(), ""
        for centre, address in addresses:
            line = socket.create_connection(("127.0.0.1", port))
            line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            line.setblocking(False)
            self.streams.append(Stream(centre, line))
            self.selector.register(line, selectors.EVENT_READ, self.streams[-1])
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self) -> None:
        try:
            while self.goes_on:
                for key, _events in self.selector.select(timeout=0.2):
                    key.data.hear()
        except OSError as error:
            self.failure = str(error)

    def wait(self, centre: int | None, tickets: int) -> None:
        """Until every stream (of a centre) shows so many tickets more than at first."""
        until = time.monotonic() + PATIENCE
        for stream in self.streams:
            while centre in (None, stream.centre) and not self.has(stream, tickets):
                if self.failure or time.monotonic() > until:
                    raise RuntimeError(self.failure or f"a stream has not seen {tickets} tickets")
                time.sleep(0.02)

    @staticmethod
    def has(stream: Stream, tickets: int) -> bool:
        return bool(stream.seen) and stream.seen[-1][1] - stream.seen[0][1] >= tickets

    def close(self) -> None:
        self.goes_on = False
        self.thread.join()
        for stream in self.streams:
            stream.line.close()
        self.selector.close()


@contextmanager
def opened(server: Server, scenes: list[Any], streams: int) -> Iterator[Reader]:
    """So many streams that have their first text: board, follow page, board, … of each centre in turn."""
    addresses = []
    for number in range(streams):
        centre, own = number % len(scenes), number // len(scenes)
        scene = scenes[centre]
        pages = scene["follow_streams"]
        addresses.append((centre, pages[own // 2 % len(pages)] if own % 2 else scene["board_stream"]))
    reader = Reader(server.port, addresses)
    try:
        reader.wait(None, 0)
        yield reader
    finally:
        reader.close()


def give(port: int, scenes: list[Any], count: int) -> float:
    """So many tickets at ten a second, to one centre after the other. The rate that came of it."""
    start, failures = time.monotonic(), []

    def sender(first: int) -> None:
        clients: dict[int, Client] = {}
        try:
            for number in range(first, count, SENDERS):
                scene = scenes[number % len(scenes)]
                who = scene["people"][first % len(scene["people"])]
                client = clients.setdefault(number % len(scenes), Client(port, person(who) | JSON))
                theme = scene["themes"][number // len(scenes) % len(scene["themes"])]
                body = ticket(theme) + b"&priority=%d" % scene["priority"]
                time.sleep(max(0.0, start + number / PER_SECOND - time.monotonic()))
                done(client, "POST", f"/c/{scene['slug']}/greeter/tickets/", body)
        except Exception as error:  # noqa: BLE001  told when all have ended
            failures.append(f"{type(error).__name__}: {error}")
        finally:
            for client in clients.values():
                client.close()

    threads = [threading.Thread(target=sender, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(failures[0])
    return count / max(time.monotonic() - start, count / PER_SECOND)


def database(house: House, statement: str) -> list[tuple[Any, ...]]:
    """Asks the house's database directly; of several statements no rows."""
    if house.kind == "postgresql":
        with psycopg.connect(house.environment["DATABASE_URL"]) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []
    connection = sqlite3.connect(house.folder / "parvis.sqlite3", timeout=30)
    try:
        if statement.count(";") > 1:
            connection.executescript(statement)
            return []
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def commits(house: House, scenes: list[Any], since: int) -> list[list[float]]:
    """When the tickets of each centre were committed, in order."""
    rows = database(house, f"SELECT centre, at FROM bench_commit WHERE id > {since} ORDER BY id")
    return [[at for centre, at in rows if centre == scene["pk"]] for scene in scenes]


@dataclass
class Found:
    """One scenario's figures; ``delays`` in milliseconds, ticket by ticket."""

    delays: list[float]
    kilobytes: float
    per_second: float
    processor: float  # the server's milliseconds for a ticket and all that follows from it

    def __str__(self) -> str:
        shown = [f"p{percent} {percentile(self.delays, percent):6.1f} ms" for percent in (50, 99)]
        return (
            f"{'   '.join(shown)}   {self.kilobytes:5.1f} KB a client   "
            f"({len(self.delays)} tickets, {self.per_second:.1f} a second, {self.processor:.0f} ms of processor each)"
        )


def measured(house: House, server: Server, scenes: list[Any], streams: int, seconds: float) -> Found:
    """One scenario on a server that nobody has asked anything, so that nothing of another one is in its memory."""
    count = round(seconds * PER_SECOND)
    with opened(
        server, scenes[:1], 2
    ) as few:  # warm; few, so that what they take is not taken for used before
        give(server.port, scenes[:1], 10)
        few.wait(0, 10)
    before = server.memory()
    with opened(server, scenes, streams) as reader:
        since = database(house, "SELECT max(id) FROM bench_commit")[0][0]
        used = server.processor_seconds()
        rate = give(server.port, scenes, count)
        for centre in range(len(scenes)):
            reader.wait(centre, len(range(centre, count, len(scenes))))
        used = server.processor_seconds() - used
        memory = (server.memory() - before) / streams
    delays = [
        delay
        for centre, times in enumerate(commits(house, scenes, since))
        for delay in last(times, [stream for stream in reader.streams if stream.centre == centre])
    ]
    if len(delays) != count:
        raise RuntimeError(f"{len(delays)} of {count} commits were found")
    return Found(delays, memory / 1024, rate, used / count * 1000)


def last(times: list[float], streams: list[Stream]) -> list[float]:
    """Milliseconds from each commit to the last stream that shows it."""
    reached = [stream.reached(len(times)) for stream in streams]
    return [
        (max(one) - committed) * 1000
        for committed, one in zip(times, zip(*reached, strict=True), strict=True)
    ]


@contextmanager
def furnished(kind: str, servers: int) -> Iterator[tuple[House, Any, list[Server]]]:
    """A house with 40 centres and a crowded one, that notes its commits, and a server for each scenario.

    Idle ones cost next to nothing, and they start while others are set up.
    """
    with house(kind, static=False, migrated=False) as one, ExitStack() as stack:
        scene = one.scene("--migrate", "--centres", "40", "--seats", "2", "--waiting", "8", "--crowd", "250")
        database(one, TRIGGER[kind])
        yield one, scene, [stack.enter_context(one.served()) for _ in range(servers)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--database", choices=DATABASES)
    options = parser.parse_args()
    sys.setswitchinterval(0.0005)  # the reader's clock must not wait for a sender's turn
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16_384)), hard))
    figures: dict[str, float] = {}
    limits: dict[str, tuple[str, float]] = {}
    kinds = [options.database] if options.database else DATABASES
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        sizes = (500,) if options.quick else (500, 2000)
        houses = list(pool.map(lambda kind: stack.enter_context(furnished(kind, 2 * len(sizes))), kinds))
        for one, scene, servers in houses:
            for name, scenes, limit in (("over_40", scene[:40], 50), ("at_one", scene[40:], 250)):
                for streams in sizes:
                    found = measured(one, servers.pop(), scenes, streams, 2 if options.quick else 20)
                    print(f"{one.kind:10} {streams:5} {name:8} {found}", flush=True)
                    short = f"{one.kind}_{name}" if streams == 500 else f"{one.kind}_{name}_{streams}"
                    figures[f"{short}_p99_ms"] = percentile(found.delays, 99)
                    figures[f"{short}_kb"] = found.kilobytes
                limits[f"{one.kind}_{name}_p99_ms"] = ("under", limit)
                limits[f"{one.kind}_{name}_kb"] = ("under", 25)
    report("board", figures, limits)


if __name__ == "__main__":
    main()
