"""A throw-away PostgreSQL from the programs on this machine: ``with throw_away() as url``, or run as a command."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import programs


def program(name: str) -> str:
    """The newest ``name`` of PostgreSQL on this machine. Ends the program where there is none."""
    found = programs.postgres(name)
    if not found:
        sys.exit(f"PostgreSQL's {name} was not found. Please run: sudo apt-get install postgresql")
    return found


def as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: another account of the machine runs it then."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid", owner(), "--regid", owner(), "--clear-groups", *command]


def owner() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[str]:
    """A cluster in a temporary folder, on a free port of this machine only; removed afterwards.

    ``durable`` keeps fsync on, as a real centre has it: for benches and kills.
    """
    folder = Path(tempfile.mkdtemp(prefix="parvis-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, owner())
    port, data = free_port(), folder / "data"
    quick = (
        [] if durable else ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    )
    options = [
        "-c",
        f"port={port}",
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        f"unix_socket_directories={folder}",
    ]
    options += ["-c", "max_connections=200", *quick]
    initdb = [
        program("initdb"),
        "-D",
        str(data),
        "-U",
        "parvis",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(as_owner(initdb), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    start = [
        program("pg_ctl"),
        "-D",
        str(data),
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        " ".join(options),
        "start",
    ]
    subprocess.run(as_owner(start), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        createdb = [program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "parvis", "parvis"]
        subprocess.run(createdb, check=True, cwd=folder)
        yield f"postgresql://parvis@127.0.0.1:{port}/parvis"
    finally:
        stop = [program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run(as_owner(stop), check=False, stdout=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with throw_away() as url:
        print(url, flush=True)
        if sys.argv[1:]:
            sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": url}))
        input("Enter stops it. ")
