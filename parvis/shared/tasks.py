"""Work that comes back every night, and work that was cut off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from parvis.shared.hourly import look_at_all
from parvis.shared.killed import end_short
from parvis.shared.models import Night
from parvis.shared.nightly import run_errands
from parvis.shared.nights import forget_now
from parvis.shared.resuming import resume_all

HOUR = 2  # UTC: nobody works, and a backup before it still holds yesterday
TOO_FAR = timedelta(days=2)  # the next night is never so far
LOOK_AGAIN = timedelta(seconds=60)  # by then, what was killed just before a start counts as dead


@task()
def forget() -> dict[str, int]:
    """Forgets what is due and runs the night's errands, unless the clock has jumped; is back tomorrow night."""
    at = timezone.now()
    if not _nights_waiting(at).exists():  # first, so that a failure does not end the nights
        forget.using(run_after=next_night(at)).enqueue()
    night = forget_now(at=at)
    if night.kind == Night.Kind.RUN:
        run_errands(at=at)
    return dict(night.forgotten)


def next_night(at: datetime) -> datetime:
    """The next time at which :data:`HOUR` begins after ``at``."""
    tonight = at.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > at else tonight + timedelta(days=1)


def see_that_nights_come() -> None:
    """Lets ``forget`` run at once where none is waiting: on a new installation, or after its row was lost.

    The worker asks when it starts and every hour, so that a clock that was set right does not leave nights without one.
    """
    if not _nights_waiting(timezone.now()).exists():
        forget.enqueue()


def _nights_waiting(at: datetime) -> QuerySet[DBTaskResult[Any, Any]]:
    """The nights that are planned. One that a wrong clock planned years ahead is dropped: it would never come."""
    waiting = DBTaskResult.objects.filter(task_path=forget.module_path, status=TaskResultStatus.READY)
    at_once = get_date_max()  # what the library writes for it
    waiting.exclude(run_after=at_once).filter(run_after__gt=at + TOO_FAR).delete()
    return waiting


@task()
def look_around() -> dict[str, int]:
    """Does what is due at this hour."""
    return look_at_all(at=timezone.now())


def see_that_hours_come() -> None:
    """Lets ``look_around`` run where none is waiting. The worker asks when it starts and every hour."""
    waiting = DBTaskResult.objects.filter(task_path=look_around.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        look_around.enqueue()


@task()
def resume_interrupted() -> dict[str, int]:
    """Starts again what a killed worker left."""
    return resume_all(at=timezone.now())


def see_that_work_goes_on() -> None:
    """Starts again what was cut off long enough ago to be sure, and looks once more a little later for the rest.

    Tries of killed workers end here, or where their work is started again, so that they are forgotten like others.
    """
    at = timezone.now()
    end_short(forget, look_around, resume_interrupted, at=at)
    resume_all(at=at)
    waiting = DBTaskResult.objects.filter(
        task_path=resume_interrupted.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        resume_interrupted.using(run_after=at + LOOK_AGAIN).enqueue()
