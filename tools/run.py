"""``make run``: the web server and the background worker together, on a database that is ready; Ctrl-C stops both.

The first start makes tables, static files and a demonstration centre; later ones skip what has not changed. Only
Python's own library here: what Django must do is done by ``manage.py`` in processes of their own.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PARVIS_DATA", BASE / "var"))
MANAGE = [sys.executable, str(BASE / "manage.py")]
LIBRARIES = BASE / "requirements" / "run.txt"
STOPPED_WITHIN = 12  # seconds, then by force


def main() -> None:
    DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each start would compile every library again
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job has it ignored
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(0))
    port = free_port(int(os.environ.get("PORT", "8000")))
    address = f"http://localhost:{port}/"
    if not os.environ.get("PARVIS_ORIGINS"):
        os.environ.setdefault("PARVIS_ADDRESS", address)  # mails of the worker lead here
    children: list[subprocess.Popen[bytes]] = []
    players: list[subprocess.Popen[bytes]] = []  # the centre goes on without its demonstration's visitors
    try:
        prepare()
        print("· server", flush=True)
        children.append(start("serve", "--port", str(port)))
        wait_until_served(address, children[0])
        children.append(start("db_worker", "--no-reload", "--no-startup-delay", "-v0"))
        if demonstrates():
            players.append(start("play_day"))
        say_where(address)
        watch(children)
    except KeyboardInterrupt:
        print()
    finally:
        stop(players + children)


def demonstrates() -> bool:
    """Unless a real centre said no."""
    return os.environ.get("PARVIS_DEMONSTRATION", "1") != "0"


def prepare() -> None:
    """Tables, static files and the demonstration: each only where what it is made from has changed."""
    once("tables", lambda: [*database(), *migrations()], "migrate", "-v0")
    once("static files", static_files, "collectstatic", "--noinput", "-v0")
    if demonstrates():
        once("demonstration centre with a past year (a minute or so)", database, "demonstrate", "-v0")


def once(name: str, sources: Callable[[], Iterable[str]], *command: str) -> None:
    """Runs a command of ``manage.py`` unless it was done for the same sources."""
    stamp = DATA / "done" / name.split()[0]
    if stamp.exists() and stamp.read_text() == digest(sources()):
        return
    print(f"· {name}", flush=True)
    subprocess.run([*MANAGE, *command], cwd=BASE, check=True)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest(sources()))


def digest(sources: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()


def database() -> list[str]:
    """Differs for another database, and when SQLite's file was removed and made anew."""
    file = DATA / "parvis.sqlite3"
    return [os.environ.get("DATABASE_URL", ""), str(file.stat().st_ino) if file.exists() else "none"]


def migrations() -> list[str]:
    return [str(path) for path in sorted(BASE.glob("parvis/*/migrations/*.py"))] + [changed_at(LIBRARIES)]


def static_files() -> list[str]:
    own = [path for path in sorted(BASE.glob("parvis/*/static/**/*")) if path.is_file()]
    return [
        changed_at(path)
        for path in [*own, BASE / "package-lock.json", BASE / "parvis/shared/assets.py", LIBRARIES]
    ]


def changed_at(path: Path) -> str:
    return f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" if path.exists() else f"{path} -"


def free_port(wanted: int) -> int:
    """``wanted``, or the next free one; says so then."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            print(f"Port {wanted} is taken; using {port}.", flush=True)
        return port
    sys.exit(f"No free port from {wanted} to {wanted + 49}. Try: make run PORT=…")


def start(*command: str) -> subprocess.Popen[bytes]:
    """A child that hears of Ctrl-C from us only, and does not outlive us."""
    return subprocess.Popen(
        [*MANAGE, *command],
        cwd=BASE,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  there are no threads here
    )


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def wait_until_served(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=10)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("The server did not start; its message is above.")


def say_where(address: str) -> None:
    print(f"\nParvis is open: {address}\n", flush=True)
    accounts = DATA / "demonstration.txt"
    if accounts.exists():
        print(accounts.read_text().strip().replace("http://localhost:8000/", address) + "\n", flush=True)
    print("Ctrl-C stops it.", flush=True)


def watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Until Ctrl-C. When one ends by itself, the other is stopped too."""
    while all(child.poll() is None for child in children):
        time.sleep(0.3)
    sys.exit("The server or the worker ended by itself; its message is above.")


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOPPED_WITHIN
    for child in children:
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    main()
