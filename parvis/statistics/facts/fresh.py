"""Months that no file holds whole, read from the tables at the moment of asking, into files of their own that only questions read.

What is settled is read once and kept as long as nothing was noticed to have changed: the database's triggers say so, and so does each night. Days
that may still change are read at each question, or once for a whole page or report (:func:`one_reading`). More than what a reader can wait for is
not read: :class:`BeingPrepared` is raised, and the worker is asked to make the files (docs/decisions/0061-late-changes.md).
"""

from __future__ import annotations

import atexit
import os
import shutil
import threading
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.cache import cache as shared_cache
from django.db.models import Count, Max, Q
from django.utils import timezone
from django_tasks import task

from parvis.centres.models import Centre
from parvis.reception.models import Act, Ticket
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts.extract import extracted
from parvis.statistics.facts.refresh import refresh
from parvis.statistics.facts.shelf import store, work_folder
from parvis.statistics.facts.snapshots import next_month
from parvis.statistics.models import Snapshot, Touched

DAY = timedelta(days=1)
SURE = timedelta(days=3)  # by then, whatever changes about a day is noticed by the triggers, on every clock
MOST = (
    120_000  # tickets and acts that a reader waits for: some two seconds; a month of a whole network is less
)
MOST_TOUCHED = 3  # months that changed since the night and are read again at once
KEPT = 60  # readings of settled months
STILL_READ = timedelta(minutes=10)  # what was replaced, by somebody who had just got its name
ASKED_AGAIN = 15 * 60  # seconds until the worker is asked once more

_Key = tuple[Any, ...]
_page: ContextVar[dict[_Key, Path] | None] = ContextVar("_page", default=None)
_kept: OrderedDict[_Key, tuple[_Key, Path]] = OrderedDict()
_left: deque[tuple[datetime, Path]] = deque()
_lock = threading.Lock()


class BeingPrepared(Exception):
    """So many months have no files yet that nobody would wait for them; they are being made."""


@dataclass(frozen=True)
class Stretch:
    """Months that follow each other and are read together."""

    first: date
    last: date
    settled: bool


@contextmanager
def one_reading() -> Iterator[None]:
    """Whatever is asked within it is read once: figures of one page or report are of one moment."""
    if _page.get() is not None:  # within another
        yield
        return
    found: dict[_Key, Path] = {}
    token = _page.set(found)
    try:
        yield
    finally:
        _page.reset(token)
        for path in found.values():
            path.unlink(missing_ok=True)


@contextmanager
def readings(
    unit: Unit, centres: Sequence[Centre], months: Sequence[date], at: datetime
) -> Iterator[list[Path]]:
    """Files with the facts of these months and centres, as long as they are needed. Raises :class:`BeingPrepared`."""
    if not months:
        yield []
        return
    with one_reading():
        yield [_reading(unit, centres, one) for one in stretches(months, at)]


def prepare() -> None:
    """Asks the worker for the files, once in a while."""
    if shared_cache.add("facts:prepare", 1, ASKED_AGAIN):
        make_files.enqueue()


@task()
def make_files() -> int:
    """What the night does, now: months without files get theirs. Returns in how many something was new."""
    return refresh(at=timezone.now())


def touched_months(centre: Centre, first: date, last: date) -> set[date]:
    """The few months of a centre about which something changed since the night: one query. Of many, none: files tell them tomorrow."""
    rows = Touched.objects.filter(centre=centre, first__lte=last, last__gte=first).order_by()
    spans = rows.values_list("first", "last").distinct()[: 31 * MOST_TOUCHED]
    found = {day.replace(day=1) for span in spans for day in span if day is not None}
    return found if len(found) <= MOST_TOUCHED else set()


def without_any(months: Sequence[date]) -> set[date]:
    """Those before the first month that has files: every night looks how far back anything goes, and what came since was noticed. Two queries."""
    earliest = Snapshot.objects.in_force().order_by("month").values_list("month", flat=True).first()
    before = {month for month in months if earliest and month < earliest}
    if before and Touched.objects.filter(Q(first=None) | Q(first__lt=earliest)).exists():
        return set()
    return before


def stretches(months: Sequence[date], at: datetime) -> list[Stretch]:
    """Months in a row together; those that may still change apart from those that are settled."""
    settled = (min(at, timezone.now()) - SURE).date()  # the triggers go by the machine's own clock
    found: list[Stretch] = []
    for month in months:
        last = next_month(month) - DAY
        one = Stretch(month, last, last < settled)
        if found and found[-1].last + DAY == month and found[-1].settled == one.settled:
            one = Stretch(found.pop().first, last, one.settled)
        found.append(one)
    return found


def _reading(unit: Unit, centres: Sequence[Centre], stretch: Stretch) -> Path:
    own = store()  # from now on, triggers notice
    key = (
        unit,
        tuple(sorted(one.pk for one in centres)),
        stretch.first,
        stretch.last,
        own.folder,
        str(work_folder()),
    )
    page = _page.get()
    assert page is not None  # noqa: S101
    if not stretch.settled:
        if key not in page:
            page[key] = _read(unit, centres, stretch, bytes(own.secret))
        return page[key]
    version = _version()  # first: what is read is of after it
    with _lock:
        known = _kept.get(key)
        if known and known[0] == version and known[1].exists():
            _kept.move_to_end(key)
            return known[1]
    path = _read(unit, centres, stretch, bytes(own.secret))
    with _lock:
        _kept[key] = (version, path)
        _kept.move_to_end(key)
        if known:
            _left.append((timezone.now(), known[1]))
        while len(_kept) > KEPT:
            _left.append((timezone.now(), _kept.popitem(last=False)[1][1]))
        while _left and _left[0][0] < timezone.now() - STILL_READ:
            _left.popleft()[1].unlink(missing_ok=True)
    return path


def _read(unit: Unit, centres: Sequence[Centre], stretch: Stretch, secret: bytes) -> Path:
    if _too_many(centres, stretch):
        prepare()
        raise BeingPrepared
    folder = _own_folder(str(work_folder()), os.getpid())
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{uuid4().hex}.parquet"
    with extracted(centres, stretch.first, stretch.last, secret=secret, units=[unit]) as facts:
        facts.keep(unit, path)
    return path


def _too_many(centres: Sequence[Centre], stretch: Stretch) -> bool:
    """Whether there is more to read than a reader would wait for: two queries that count no further."""
    within = {"centre__in": centres, "date__range": (stretch.first, stretch.last)}
    found = 0
    for model in (Ticket, Act):
        found += model._default_manager.filter(**within).order_by().values("pk")[: MOST + 1].count()
    return found > MOST


def _version() -> _Key:
    """Another one whenever something about settled days was noticed, or a night has made files: two queries."""
    touched = Touched.objects.aggregate(n=Count("pk"), last=Max("pk"))
    made = Snapshot.objects.aggregate(
        n=Count("pk", filter=Q(replaced_at=None)), read=Max("as_of"), last=Max("pk")
    )
    return (*touched.values(), *made.values())


@cache
def _own_folder(below: str, pid: int) -> Path:
    """This process's own; of one that was killed, the night takes it away."""
    folder = Path(below) / f"fresh-{pid}-{uuid4().hex[:8]}"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
