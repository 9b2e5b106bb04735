"""Facts under way, told and looked at from outside: a command a line on standard input, an answer in JSON a line.

``make 3``: a centre with an act in each of so many months, and the files of them. ``late``: one act more in every month. ``look``: what the files
in force say, read whole. ``refresh``: the next night. ``afresh``: what files made of nothing would be. ``age``: as if three days had
passed, and what lies there after the night that tidies. ``full``: a night on which there is no room for the largest of a month's files.

``python figures.py die MOMENT``: a night whose process kills itself there.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

import duckdb
from django.db import connection, models
from django.db.models import F

from parvis.centres.models import Centre
from parvis.reception.factories import an_act, coded_centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts import extract, refresh, shelf, snapshots
from parvis.statistics.models import LateChange, Snapshot, Touched

FIRST, NIGHT = date(2023, 1, 1), datetime(2026, 6, 1, 2, tzinfo=UTC)


def months() -> list[date]:
    return list(Snapshot.objects.in_force().values_list("month", flat=True).distinct().order_by("month"))


def night() -> datetime:
    """A day after the last one that read anything."""
    last = Snapshot.objects.aggregate(last=models.Max("as_of"))["last"]
    return last + timedelta(days=1) if last else NIGHT


def write_acts(over: list[date]) -> None:
    centre = Centre.objects.get()
    for month in over:
        an_act(centre, datetime(month.year, month.month, 10, 12, tzinfo=centre.zone))


def make(count: int) -> dict[str, Any]:
    coded_centre()
    write_acts([date(FIRST.year + n // 12, n % 12 + 1, 1) for n in range(count)])
    refresh.rebuild(at=NIGHT)
    Touched.objects.all().delete()
    return {}


def late() -> dict[str, Any]:
    write_acts(months())
    return {}


def look() -> dict[str, Any]:
    """Each file in force is there, whole, and as its row says; of each month, what its units count."""
    own, counts, wrong = shelf.folder(), {}, []
    for one in Snapshot.objects.in_force().exclude(file=""):
        content = (own / one.file).read_bytes()
        n, rows = duckdb.execute(
            "SELECT sum(n)::INTEGER, count(*) FROM read_parquet(?)", [str(own / one.file)]
        ).fetchall()[0]
        if (hashlib.sha256(content).hexdigest(), rows) != (one.digest, one.rows):
            wrong.append(one.file)
        counts.setdefault(f"{one.month:%Y-%m}", {})[one.unit] = n
    traces = LateChange.objects.values_list("unit", "before", "after")
    traced = {str(unit): sum(b - a for name, a, b in traces if name == unit) for unit in Unit}
    return {"counts": counts, "wrong": wrong, "touched": Touched.objects.count(), "traced": traced}


def digests() -> dict[str, Any]:
    found = Snapshot.objects.in_force().exclude(file="")
    return {f"{one.unit} {one.month:%Y-%m}": one.digest for one in found}


def refreshed() -> dict[str, Any]:
    refresh.refresh(at=night())
    return digests()


def afresh() -> dict[str, Any]:
    """Digests of the same months read again into a folder of their own."""
    over, found = months(), {}
    last = snapshots.next_month(over[-1]) - timedelta(days=1)
    secret = bytes(shelf.store().secret)
    with (
        tempfile.TemporaryDirectory() as folder,
        extract.extracted(list(Centre.objects.all()), over[0], last, secret=secret, at=NIGHT) as facts,
    ):
        for month in over:
            for unit in Unit:
                one = snapshots.write_month(facts, unit, month, Path(folder))
                if one.file:
                    found[f"{unit} {month:%Y-%m}"] = one.digest
    return found


def age() -> dict[str, Any]:
    """Three days later, tidied: what lies there that is not in force."""
    own, then = shelf.folder(), time.time() - timedelta(days=3).total_seconds()
    for path in [*own.iterdir(), *shelf.work_folder().iterdir()]:
        os.utime(path, (then, then))
    Snapshot.objects.exclude(replaced_at=None).update(replaced_at=F("replaced_at") - timedelta(days=3))
    snapshots.tidy(at=night())
    kept = set(Snapshot.objects.in_force().values_list("file", flat=True))
    return {
        "strays": [one.name for one in own.iterdir() if one.name not in kept],
        "reading": [one.name for one in shelf.work_folder().iterdir()],
        "replaced": Snapshot.objects.exclude(replaced_at=None).count(),
    }


def full() -> dict[str, Any]:
    """A night on which the files of acts cannot be written whole, after those of contacts could."""
    there, limits = set(shelf.folder().iterdir()), resource.getrlimit(resource.RLIMIT_FSIZE)
    size = min(one.stat().st_size for one in there if one.name.startswith("acts-")) - 200
    assert size > max(one.stat().st_size for one in there if one.name.startswith("contacts-"))
    write = extract.Extract.write

    def without_room(*given: Any) -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            return write(*given)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    extract.Extract.write = without_room  # type: ignore[method-assign]
    try:
        refresh.refresh(at=night())
        said = "written"
    except (OSError, duckdb.Error) as error:
        said = type(error).__name__
    finally:
        extract.Extract.write = write  # type: ignore[method-assign]
    left = [one.name for one in shelf.folder().iterdir() if one not in there]
    return {"said": said, "left": left, "reading": [one.name for one in shelf.work_folder().iterdir()]}


def killed(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, *, call: int = 1, then: Callable[..., None] = killed) -> None:
    """The process dies just before the ``call``-th time that this is done."""
    work, calls = getattr(owner, name), iter(range(1, sys.maxsize))

    def done(*given: Any, **named: Any) -> Any:
        if next(calls) == call:
            then(*given, **named)
        return work(*given, **named)

    setattr(owner, name, done)


def after(owner: Any, name: str) -> None:
    """The process dies just after this is done for the first time."""
    work = getattr(owner, name)

    def done(*given: Any, **named: Any) -> Any:
        work(*given, **named)
        killed()

    setattr(owner, name, done)


def torn(*_: Any) -> None:
    """The kernel kills the process in the middle of the next file, when it has grown to so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))


def half_the_lines() -> None:
    """The lines of acts are half written for DuckDB to read."""
    load = extract._load

    def some(duck: Any, path: Path, name: str, columns: Any, lines: Iterator[str]) -> None:
        def until_killed() -> Iterator[str]:
            yield next(lines)
            killed()

        load(duck, path, name, columns, until_killed() if name == "acts" else lines)

    extract._load = some


MOMENTS: dict[str, Callable[[], None]] = {
    "lines half written": half_the_lines,
    "lines read, nothing written": lambda: before(snapshots, "write_month"),
    "a file half written": lambda: before(extract.Extract, "write", call=2, then=torn),
    "two of a month's files written": lambda: before(snapshots, "write_month", call=3),
    "all files written, none in force": lambda: before(snapshots, "put_in_force"),
    "in the transaction": lambda: before(LateChange.objects, "bulk_create"),
    "the first month in force": lambda: after(snapshots, "put_in_force"),
    "all in force, nothing ticked off": lambda: after(refresh, "make_snapshots"),
    "ticked off, not tidied": lambda: before(refresh, "tidy"),
}
COMMANDS = {
    "make": make,
    "late": late,
    "look": look,
    "refresh": refreshed,
    "afresh": afresh,
    "age": age,
    "full": full,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["die"]:
        MOMENTS[sys.argv[2]]()
        refresh.refresh(at=night())
    for said in sys.stdin:
        name, *numbers = said.split()
        with closing(connection):
            told = COMMANDS[name](*map(int, numbers))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
