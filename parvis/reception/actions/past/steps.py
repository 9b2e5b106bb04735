"""From one stage to the next. Each step checks where the import is, so that a second click changes nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from parvis.centres.models import Centre
from parvis.reception.actions.past.errors import AnotherIsRunning, Incomplete, NotPossibleNow
from parvis.reception.actions.past.files import forget_file
from parvis.reception.actions.past.tasks import TASKS
from parvis.reception.models import PastImport
from parvis.reception.models.past import WORKING, Stage
from parvis.reception.past.headings import Role
from parvis.reception.past.outcome import Verdict
from parvis.reception.past.plan import TALLIES, VISITS, Plan
from parvis.shared.killed import end_killed

OPEN = [Stage.READ, Stage.CHECKED]


def begin(past_import: PastImport, stage: Stage, **fields: object) -> None:
    """Puts the import into a stage that a background task works on, inside the caller's transaction."""
    told = {
        "stage": stage,
        "failed_in": "",
        "problem": "",
        "worker": "",
        "beat_at": timezone.now(),
        "rows_done": 0,
    }
    for name, value in (told | fields).items():
        setattr(past_import, name, value)
    past_import.save()
    transaction.on_commit(partial(TASKS[stage].enqueue, past_import.pk))


def locked(past_import: PastImport, *stages: Stage) -> PastImport:
    """The row, locked, in one of ``stages``. Raises ``NotPossibleNow``."""
    found = (
        PastImport.objects.select_for_update(no_key=True, of=("self",))
        .select_related("centre")
        .get(pk=past_import.pk)
    )
    if found.stage not in stages:
        raise NotPossibleNow
    return found


@transaction.atomic
def read_again(*, past_import: PastImport, hints: dict[str, Any]) -> PastImport:
    """Reads the file once more with what a person corrected: encoding, separator, sheets, heading row, shape, year."""
    row = locked(past_import, *OPEN, Stage.FAILED)
    if row.stage == Stage.FAILED and row.failed_in not in (Stage.READING, Stage.CHECKING):
        raise NotPossibleNow
    kept = row.layout.get("hints", {})
    reopen = any(hints.get(name, "") != kept.get(name, "") for name in ("encoding", "separator"))
    begin(row, Stage.READING, layout=row.layout | {"hints": hints | ({"reopen": True} if reopen else {})})
    return row


@transaction.atomic
def check(*, past_import: PastImport) -> PastImport:
    """Starts the rehearsal. Raises ``Incomplete`` where a choice is missing."""
    row = locked(past_import, *OPEN)
    require_complete(Plan.from_json(row.mapping))
    begin(row, Stage.CHECKING, report={})
    return row


def require_complete(plan: Plan) -> None:
    """Raises ``Incomplete`` for the first choice that is missing."""
    dated = plan.of_role(Role.DATE, Role.YEAR, Role.MONTH, Role.DAY)
    if not dated and not all(use.year for use in plan.sheets if use.used):
        raise Incomplete("date")
    if plan.needs_year and not all(use.year for use in plan.sheets if use.used):
        raise Incomplete("year")
    if plan.shape == TALLIES and not plan.of_role(Role.COUNT):
        raise Incomplete("count")
    if plan.shape == TALLIES and len(plan.of_role(Role.CODE)) > 1:
        raise Incomplete("lists", plan.of_role(Role.CODE)[1].index)
    if plan.shape == VISITS and not plan.channel:
        raise Incomplete("channel")


@transaction.atomic
def bring_in(*, past_import: PastImport, overlap: bool = False) -> PastImport:
    """Starts writing. ``overlap``: a person has seen that another file brought in some of these days.

    Raises ``Incomplete``, or ``AnotherIsRunning`` where the centre has another import in the middle of it.
    """
    row = locked(past_import, Stage.CHECKED)
    verdicts = row.report.get("verdicts", {})
    if not verdicts.get(Verdict.NEW, 0) + verdicts.get(Verdict.ODD, 0):
        raise Incomplete("nothing")
    if row.report.get("overlaps") and not overlap:
        raise Incomplete("overlap")
    _begin_alone(row, Stage.RUNNING)
    return row


@transaction.atomic
def undo(*, past_import: PastImport) -> PastImport:
    """Starts taking everything away again; also half of it, where bringing in was stopped."""
    row = locked(past_import, Stage.DONE, Stage.FAILED)
    if row.stage == Stage.FAILED and row.failed_in not in (Stage.RUNNING, Stage.UNDOING):
        raise NotPossibleNow
    total = row.acts.count() + row.profiles.count() + row.tallies.count()
    _begin_alone(row, Stage.UNDOING, rows_total=total)
    return row


def _begin_alone(row: PastImport, stage: Stage, **fields: object) -> None:
    Centre.objects.select_for_update(no_key=True).get(pk=row.centre_id)
    half_way = Q(stage__in=[Stage.RUNNING, Stage.UNDOING]) | Q(
        stage=Stage.FAILED, failed_in__in=[Stage.RUNNING, Stage.UNDOING]
    )
    if PastImport.objects.filter(half_way, centre=row.centre_id).exclude(pk=row.pk).exists():
        raise AnotherIsRunning
    try:
        with transaction.atomic():
            begin(row, stage, **fields)
    except IntegrityError as error:
        raise AnotherIsRunning from error


@transaction.atomic
def resume(*, past_import: PastImport) -> PastImport:
    """Starts work again that was killed or stopped, from the last line that is in. Does nothing while it is alive."""
    row = locked(past_import, *WORKING, Stage.FAILED)
    if row.stage == Stage.FAILED:
        begin(row, Stage(row.failed_in), rows_done=row.rows_done if row.failed_in == Stage.RUNNING else 0)
    elif row.is_silent(at := timezone.now()):
        end_killed(TASKS[Stage(row.stage)], row.pk, at=at)
        begin(row, Stage(row.stage), rows_done=row.rows_done)
    return row


def revive(*, past_import: PastImport) -> PastImport:
    """Resumes work whose worker has been silent for too long; otherwise nothing is even locked."""
    return resume(past_import=past_import) if past_import.is_silent(timezone.now()) else past_import


def resume_interrupted(*, at: datetime) -> int:
    """Resumes every import whose worker was killed, or told to stop; returns how many."""
    silent = [row for row in PastImport.objects.filter(stage__in=WORKING) if row.is_silent(at)]
    for row in silent:
        resume(past_import=row)
    return len(silent)


@transaction.atomic
def drop(*, past_import: PastImport, at: datetime) -> PastImport:
    """Gives the file up: it is deleted, and nothing was brought in."""
    row = locked(past_import, Stage.READING, Stage.READ, Stage.CHECKING, Stage.CHECKED, Stage.FAILED)
    if row.stage == Stage.FAILED and row.failed_in not in (Stage.READING, Stage.CHECKING):
        raise NotPossibleNow
    row.stage, row.failed_in, row.worker, row.finished_at = Stage.DROPPED, "", "", at
    row.layout, row.mapping, row.report = {}, {}, {}
    row.save()
    transaction.on_commit(partial(forget_file, row))
    return row
