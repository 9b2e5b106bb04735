"""A month's facts as files, and which files are in force. They hold settled days; open ones are told from the tables.

A file is written under a name that nobody knew, then all units of its month are swapped in one transaction: who dies before it
leaves a file that nobody reads. Readers keep the files that they opened; what was replaced is deleted two nights later.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.store import Partition
from parvis.statistics.facts import late
from parvis.statistics.facts.clocks import settled_before
from parvis.statistics.facts.extract import Extract, Row, extracted
from parvis.statistics.facts.shelf import folder, store, work_folder
from parvis.statistics.models import LateChange, Snapshot

AT_ONCE = 6  # months that are read together: fewer statements, and no more than half a year in memory
KEPT = timedelta(days=2)  # what was replaced, for whoever still reads it
Progress = Callable[[date], None]


@dataclass(frozen=True)
class Held:
    """What a question is asked of: files of settled days, and the rows of days that are in none of them."""

    partitions: list[Partition]
    open_rows: dict[Unit, list[Row]]


class Overtaken(Exception):
    """Somebody else has made a newer snapshot of the month meanwhile; theirs stays."""


@dataclass(frozen=True)
class Written:
    """A month of one unit, written and not yet in force."""

    unit: Unit
    file: str
    rows: int
    digest: str


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """Every month with a day from ``first`` to ``last``."""
    months, month = [], month_of(first)
    while month <= last:
        months.append(month)
        month = next_month(month)
    return months


def held(first: date, last: date, units: Iterable[Unit] = Unit, centre: Centre | None = None) -> Held:
    """The files in force with facts of these units from ``first`` to ``last``: whole months, oldest first.

    With a ``centre``, its open days beside them, as they stand now: for its own team only. A day that changed after it was
    settled is as the last night left it.
    """
    units = list(units)
    within = {"unit__in": [unit.value for unit in units], "month__range": (month_of(first), last)}
    found = list(Snapshot.objects.in_force().filter(**within).order_by("month", "unit"))
    own = folder()
    files = [Partition(Unit(one.unit), one.month, own / one.file, one.rows) for one in found if one.file]
    rows: dict[Unit, list[Row]] = {unit: [] for unit in units}
    for start, end in _runs_of_days(open_days(centre, found, first, last)) if centre else ():
        with extracted([centre], start, end, secret=bytes(store().secret), units=units) as facts:  # type: ignore[list-item]
            for unit in units:
                rows[unit] += facts.rows(unit)
    return Held(files, rows)


def partitions(first: date, last: date, units: Iterable[Unit] = Unit) -> list[Partition]:
    """The files alone."""
    return held(first, last, units).partitions


def open_days(centre: Centre, found: Sequence[Snapshot], first: date, last: date) -> list[date]:
    """Days of a centre that none of these snapshots holds."""
    read: dict[date, datetime] = {}
    for one in found:
        read[one.month] = min(one.as_of, read.get(one.month, one.as_of))
    settled = {month: settled_before(centre, at) for month, at in read.items()}
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day >= settled.get(month_of(day), day)]


def _runs_of_days(days: Sequence[date]) -> Iterable[tuple[date, date]]:
    """First and last of each stretch without a gap."""
    starts = [day for n, day in enumerate(days) if n == 0 or days[n - 1] + timedelta(days=1) != day]
    ends = [day for n, day in enumerate(days) if n + 1 == len(days) or days[n + 1] - timedelta(days=1) != day]
    return zip(starts, ends, strict=True)


@dataclass
class Made:
    """In how many months something is new, and how many somebody else made meanwhile: theirs stay."""

    changed: int = 0
    overtaken: int = 0


def make_snapshots(months: Iterable[date], *, at: datetime, told: Progress = lambda month: None) -> Made:
    """Reads the months and puts what they say in force. ``told`` after each month."""
    made = Made()
    for together in _runs(sorted(set(months))):
        before = _in_force(together)
        centres = list(Centre.objects.order_by("pk"))
        last = next_month(together[-1]) - timedelta(days=1)
        with extracted(centres, together[0], last, secret=bytes(store().secret), at=at) as facts:
            for month in together:
                try:
                    made.changed += _make(facts, month, before[month], centres, at=at)
                except Overtaken:
                    made.overtaken += 1
                told(month)
    return made


def _runs(months: Sequence[date]) -> Iterable[list[date]]:
    """Months that follow each other, a few at once."""
    run: list[date] = []
    for month in months:
        if run and (len(run) == AT_ONCE or month != next_month(run[-1])):
            yield run
            run = []
        run.append(month)
    if run:
        yield run


def _in_force(months: Sequence[date]) -> dict[date, dict[str, Snapshot]]:
    found: dict[date, dict[str, Snapshot]] = {month: {} for month in months}
    for one in Snapshot.objects.in_force().filter(month__in=months):
        found[one.month][one.unit] = one
    return found


def _make(
    facts: Extract, month: date, before: dict[str, Snapshot], centres: Sequence[Centre], *, at: datetime
) -> bool:
    own = folder()
    written: list[Written] = []
    changes: list[LateChange] = []
    try:
        for unit in Unit:
            written.append(write_month(facts, unit, month, own))
        new = [one for one in written if not _says_the_same(before.get(one.unit.value), one, own)]
        for one in new:
            if (old := before.get(one.unit.value)) is not None:
                there = own / one.file if one.file else None
                changes += late.changes(one.unit, old, own, there, centres, at=at)
    except BaseException:  # a full disk above all: each night would leave more on it
        _drop_all(own, written)
        raise
    _drop_all(own, set(written) - set(new))
    _sync(own)
    try:
        put_in_force(month, new, before, changes, at=at)
    except Overtaken:
        _drop_all(own, new)
        raise
    return bool(new)


def _says_the_same(old: Snapshot | None, one: Written, own: Path) -> bool:
    """Whether it need not be replaced: the same facts, and the file is still there (a restored house has none)."""
    return old is not None and old.digest == one.digest and (not old.file or (own / old.file).exists())


def write_month(facts: Extract, unit: Unit, month: date, own: Path) -> Written:
    """A new file, whole on the disk; no file where nothing was counted."""
    name = f"{unit.value}-{month:%Y-%m}-{secrets.token_hex(6)}.parquet"
    try:
        rows = facts.write(unit, month, own / name)
        if not rows:
            return Written(unit, "", 0, "")
        with (own / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        (own / name).chmod(0o600)
    except BaseException:
        _drop(own, name)
        raise
    return Written(unit, name, rows, digest)


def _sync(own: Path) -> None:
    """The names of new files are on the disk, too, before a row says that they are there."""
    there = os.open(own, os.O_RDONLY)
    try:
        os.fsync(there)
    finally:
        os.close(there)


def put_in_force(
    month: date,
    new: Sequence[Written],
    before: dict[str, Snapshot],
    changes: Sequence[LateChange],
    *,
    at: datetime,
) -> None:
    """All units of a month at once, with the trace of what changed late. Raises ``Overtaken``."""
    try:
        with transaction.atomic():
            current = Snapshot.objects.select_for_update(no_key=True).in_force().filter(month=month)
            if {one.unit: one.version for one in current} != {
                unit: one.version for unit, one in before.items()
            }:
                raise Overtaken
            replaced = [one.unit.value for one in new]
            current.filter(unit__in=replaced).update(replaced_at=at)
            Snapshot.objects.in_force().filter(month=month, as_of__lt=at).update(as_of=at)
            Snapshot.objects.bulk_create(
                Snapshot(
                    unit=one.unit.value,
                    month=month,
                    version=before[one.unit.value].version + 1 if one.unit.value in before else 1,
                    file=one.file,
                    rows=one.rows,
                    digest=one.digest,
                    made_at=at,
                    as_of=at,
                )
                for one in new
            )
            LateChange.objects.bulk_create(changes)
    except IntegrityError as twice:  # the first snapshot of a month, made by two at once
        raise Overtaken from twice


def tidy(*, at: datetime) -> int:
    """Deletes what was replaced long enough ago, and files that no snapshot knows. Returns how many files went."""
    own = folder()
    old = Snapshot.objects.filter(replaced_at__lt=at - KEPT)
    gone = sum(_drop(own, file) for file in old.values_list("file", flat=True))
    old.delete()
    known = set(Snapshot.objects.values_list("file", flat=True))
    too_old = time.time() - KEPT.total_seconds()  # the disk's own clock
    strays = [path for path in own.iterdir() if path.name not in known and path.stat().st_mtime < too_old]
    for left in work_folder().iterdir():  # of a process that was killed
        if left.stat().st_mtime < too_old:
            shutil.rmtree(left, ignore_errors=True)
    return gone + sum(_drop(own, path.name) for path in strays)


def _drop_all(own: Path, written: Iterable[Written]) -> None:
    for one in written:
        _drop(own, one.file)


def _drop(own: Path, file: str) -> bool:
    if not file:
        return False
    there = (own / file).exists()
    (own / file).unlink(missing_ok=True)
    return there
