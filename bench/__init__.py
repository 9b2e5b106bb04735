"""One command per figure we claim: ``make bench NAME=reception`` (``QUICK=1`` for a look).

Only ratios within one run are stable on a shared machine, so each figure stands beside its limit or a peer measured in
the same run. The harness here starts real servers on durable databases and knows no Django: the product runs in
processes of its own, and what a bench needs to know of it comes from ``bench.scene``. Each bench ends with one line of
JSON: name, figures, limits, ok.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

BASE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BASE / "tools"))
from postgres import free_port, program, throw_away

COLLECTING, EMPTY = threading.Lock(), threading.Lock()
DATABASES = ("sqlite", "postgresql")
PRODUCT = "parvis.config.asgi:application"
PEER = "bench.peer:application"  # plain Django ASGI


@dataclass
class House:
    """A centre's installation in a folder of its own: a database, and servers on it."""

    kind: str
    environment: dict[str, str]
    folder: Path

    def manage(self, *command: str) -> None:
        run = [sys.executable, "manage.py", *command]
        subprocess.run(run, cwd=BASE, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def scene(self, *options: str) -> Any:
        """Sets a scene up (``bench.scene``), in an empty house with ``--migrate``, and tells what is there."""
        run = [sys.executable, "-m", "bench.scene", *options]
        done = subprocess.run(run, cwd=BASE, env=self.environment, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)

    @contextmanager
    def served(self, *, application: str = PRODUCT, processes: int = 1) -> Iterator[Server]:
        """A server on this house's database."""
        server = Server(free_port(), self.environment, application, processes)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@dataclass
class Server:
    """A real server in a process of its own."""

    port: int
    environment: dict[str, str]
    application: str = PRODUCT
    processes: int = 1
    process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 90.0) -> None:
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        if self.application != PRODUCT:
            command = [sys.executable, "-m", "uvicorn", self.application, "--port", str(self.port)]
            command += ["--no-access-log", "--log-level", "error", "--loop", "uvloop", "--http", "httptools"]
        if self.processes > 1:
            command += ["--processes", str(self.processes)]
        self.process = subprocess.Popen(command, cwd=BASE, env=self.environment, start_new_session=True)
        until = time.monotonic() + patience
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with Client(self.port) as client:
                    client.request(
                        "GET", "/sensors/passages/"
                    )  # refused without a template: needs no static files
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError("the server did not start")
        used = -1.0
        while self.processes > 1 and self.processor_seconds() > used + 0.02:  # the others are still starting
            used = self.processor_seconds()
            time.sleep(0.5)

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        assert self.process is not None
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def processor_seconds(self) -> float:
        """What the server and its children have used so far."""
        assert self.process is not None
        own = children_of(self.process.pid)
        ticks = sum(sum(map(int, stat(pid)[11:13])) for pid in own)
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Bytes of memory of its own, without files: whether their pages are shared depends on who else runs."""
        assert self.process is not None
        text = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return (
            sum(
                int(line.split()[1]) for line in text.splitlines() if line.startswith(("Anonymous:", "Swap:"))
            )
            * 1024
        )


def stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(grandchild for child in map(int, listed) for grandchild in children_of(child))]


@contextmanager
def house(kind: str, *, static: bool = True, migrated: bool = True) -> Iterator[House]:
    """An empty, migrated and durable house on SQLite or PostgreSQL, removed afterwards.

    Without ``static`` files it cannot show pages, but is there sooner; so it is where a scene makes its tables.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"parvis-bench-{kind}-"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    environment |= {"PARVIS_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
    environment.pop("DATABASE_URL", None)
    try:
        if kind == "sqlite":
            yield made(House(kind, environment, folder), static, migrated)
        else:
            with throw_away(durable=True) as url:
                yield made(House(kind, environment | {"DATABASE_URL": url}, folder), static, migrated)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def made(house: House, static: bool, migrated: bool) -> House:
    if migrated:
        with EMPTY:
            furnish(house)
    if static:
        collected = Path(tempfile.gettempdir()) / f"parvis-bench-static-{os.getpid()}"
        with COLLECTING:
            if not collected.exists():  # once for both databases
                house.manage("collectstatic", "--noinput", "-v0")
                (house.folder / "static").rename(collected)
                atexit.register(shutil.rmtree, collected, ignore_errors=True)
        shutil.rmtree(house.folder / "static", ignore_errors=True)
        (house.folder / "static").symlink_to(collected)
    return house


def furnish(house: House) -> None:
    """Every table: by the migrations in the first house of this process, as a copy of that one in the next."""
    kept = Path(tempfile.gettempdir()) / f"parvis-bench-empty-{os.getpid()}.{house.kind}"
    known = kept.exists()
    if not known:
        house.manage("migrate", "-v0")
        atexit.register(kept.unlink, missing_ok=True)
    if house.kind == "sqlite":
        own = house.folder / "parvis.sqlite3"  # closed by the command: nothing is left in its write-ahead log
        shutil.copyfile(*((kept, own) if known else (own, kept)))
    else:
        url = house.environment["DATABASE_URL"]
        way = ["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-f"] if known else ["pg_dump", "--no-owner", "-f"]
        command = [program(way[0]), *way[1:], str(kept), "-d", url]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class Client:
    """A keep-alive HTTP/1.1 client that costs little processor time: the server shares the machine with it."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.port = port
        self.common = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self.socket: socket.socket | None = None
        self.rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body. Raises ``OSError`` where the connection breaks."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.rest = b""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        length = f"Content-Length: {len(body)}\r\n" if method != "GET" else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.common}{kind}{length}\r\n"
        try:
            self.socket.sendall(head.encode() + body)
            return self.answer()
        except OSError:
            self.close()
            raise

    def answer(self) -> tuple[int, bytes]:
        data = self.rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self.more()
        head = data[:end].lower()
        start = head.find(b"content-length:")
        length = int(head[start + 15 : head.find(b"\r", start) if b"\r" in head[start:] else None])
        data = data[end + 4 :]
        while len(data) < length:
            data += self.more()
        self.rest = data[length:]
        status = int(head[9:12])
        if b"connection: close" in head:
            self.close()
        return status, data[:length]

    def more(self) -> bytes:
        assert self.socket is not None
        if piece := self.socket.recv(1 << 16):
            return piece
        raise ConnectionResetError("the server closed the connection")


def person(session: str) -> dict[str, str]:
    """Headers of somebody signed in, on a page of ours."""
    token = "b" * 32
    return {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "HX-Request": "true",
        "Accept-Language": "fr",
    }


@dataclass
class Times:
    """How long things took, by name, from many threads."""

    seconds: float = 0.0
    taken: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, name: str, seconds: float) -> None:
        self.taken.setdefault(name, []).append(seconds)

    def rate(self, name: str) -> float:
        return len(self.taken.get(name, ())) / self.seconds

    def ms(self, name: str, percent: float) -> float:
        return percentile(self.taken[name], percent) * 1000


def percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def together(count: int, seconds: float, work: Callable[[int, Times, Callable[[], bool]], None]) -> Times:
    """``work(number, times, goes_on)`` in ``count`` threads at once for some seconds."""
    times, until = Times(), time.monotonic() + seconds
    start, gate = time.monotonic(), threading.Barrier(count)

    def one(number: int) -> None:
        gate.wait()
        try:
            work(number, times, lambda: time.monotonic() < until)
        except Exception as error:  # noqa: BLE001  told when all have ended
            times.failures.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.seconds = time.monotonic() - start
    if times.failures:
        raise RuntimeError(f"{len(times.failures)} clients failed, the first with {times.failures[0]}")
    return times


def report(name: str, figures: dict[str, float], limits: dict[str, tuple[str, float]]) -> None:
    """The last line: figures against limits, ``("at least", 60)`` or ``("under", 150)``. Ends non-zero where one is missed."""
    missed = [
        figure
        for figure, (way, limit) in limits.items()
        if (figures[figure] < limit if way == "at least" else figures[figure] >= limit)
    ]
    for figure in missed:
        print(f"MISSED: {figure} is {figures[figure]:g}, should be {limits[figure][0]} {limits[figure][1]:g}")
    said = {figure: f"{way} {limit:g}" for figure, (way, limit) in limits.items()}
    rounded = {figure: round(value, 3) for figure, value in figures.items()}
    print(json.dumps({"name": name, "figures": rounded, "limits": said, "ok": not missed}))
    sys.exit(1 if missed else 0)
