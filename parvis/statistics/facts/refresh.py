"""Every night: the months that can have changed are read again, the others stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db.models import Max

from parvis.agenda.models import ClassVisit, Session
from parvis.centres.models import Centre
from parvis.reception.models import Act, Day, Passage, Profile, Tally, Ticket
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts import triggers
from parvis.statistics.facts.shelf import folder
from parvis.statistics.facts.snapshots import (
    Made,
    Progress,
    make_snapshots,
    month_of,
    months_between,
    next_month,
    tidy,
)
from parvis.statistics.models import Snapshot, Touched

DATED = (Ticket, Act, Passage, Profile, Tally, Day)
LATER = timedelta(days=3)  # a month is read again until so long after its end; the triggers see to the rest
LOT = 500
EARLIEST, AHEAD = date(1980, 1, 1), timedelta(days=366)  # a mistyped day makes no thousand months


def refresh(*, at: datetime) -> int:
    """Brings every snapshot in step with the operational tables. Returns in how many months something was new."""
    triggers.see_that_they_stand()
    touched = list(Touched.objects.values_list("pk", "first", "last"))  # first: what is read below is newer
    held = months_held(at)
    months = stale(held, at=at) | months_touched(((first, last) for _, first, last in touched), held)
    if turn := checked_longest_ago(months):
        months.add(turn)
    return _made(make_snapshots(months, at=at), [pk for pk, _, _ in touched], at=at)


def rebuild(*, at: datetime, told: Progress = lambda month: None, months: list[date] | None = None) -> int:
    """Reads everything again. Where nothing had changed unnoticed, every file stays as it is.

    Only ``months``, where others read the rest meanwhile; what was noticed is left for the night then.
    """
    triggers.see_that_they_stand()
    touched = list(Touched.objects.values_list("pk", flat=True)) if months is None else []
    made = make_snapshots(months_held(at) if months is None else months, at=at, told=told)
    return _made(made, touched, at=at)


def _made(made: Made, touched: list[int], *, at: datetime) -> int:
    """What was read about is done with, unless somebody else's snapshots are in force: theirs may be of before it."""
    if not made.overtaken:
        for start in range(0, len(touched), LOT):
            Touched.objects.filter(pk__in=touched[start : start + LOT]).delete()
    tidy(at=at)
    return made.changed


def months_held(at: datetime) -> list[date]:
    """Every month from the first day that anything is known of to the last, in any centre."""
    days: list[date] = []
    for centre in Centre.objects.all():
        for model in DATED:
            rows = model._default_manager.filter(
                centre=centre, date__range=(EARLIEST, at.date() + AHEAD)
            ).order_by()
            for ends in ("date", "-date"):
                days += rows.order_by(ends).values_list("date", flat=True)[:1]
        for began in (
            Session.objects.filter(centre=centre, state=Session.State.HELD),
            ClassVisit.objects.filter(centre=centre, came__isnull=False),
        ):
            near = began.filter(begins_at__date__range=(EARLIEST, at.date() + AHEAD))
            for ends in ("begins_at", "-begins_at"):
                days += [
                    centre.local_day(when)
                    for when in near.order_by(ends).values_list("begins_at", flat=True)[:1]
                    if when
                ]
    known = Snapshot.objects.in_force().order_by("month").values_list("month", flat=True)
    days += [day for day in (known.first(), known.last()) if day]
    return months_between(min(days), max(days)) if days else []


def stale(months: Iterable[date], *, at: datetime) -> set[date]:
    """Those without a snapshot, whose snapshot was read before the month was long over, or whose file is gone."""
    read: dict[date, datetime] = {}
    whole: dict[date, int] = {}
    gone: set[date] = set()
    there = {path.name for path in Path(folder()).iterdir()}
    for month, as_of, file in Snapshot.objects.in_force().values_list("month", "as_of", "file"):
        read[month] = min(as_of, read.get(month, as_of))
        whole[month] = whole.get(month, 0) + 1
        if file and file not in there:
            gone.add(month)
    return {
        month
        for month in months
        if month in gone
        or whole.get(month, 0) < len(Unit)
        or read[month].astimezone(UTC).date() < next_month(month) + LATER
    }


def months_touched(spans: Iterable[tuple[date | None, date | None]], held: list[date]) -> set[date]:
    """Months with a day about which something changed late."""
    found: set[date] = set()
    for first, last in spans:
        if first is None or last is None:
            return set(held)
        found.update(month for month in held if month_of(first) <= month <= last)
    return found


def checked_longest_ago(besides: set[date]) -> date | None:
    """One settled month more each night, in turn: whatever no trigger can see is found after some time, too."""
    months = (
        Snapshot.objects.in_force().exclude(month__in=besides).values("month").annotate(last=Max("as_of"))
    )
    return months.order_by("last", "month").values_list("month", flat=True).first()
