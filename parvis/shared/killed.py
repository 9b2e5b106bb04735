"""Tries of background work whose worker was killed: nobody else says that they ended, and they would never be forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

SHORT = timedelta(hours=1)  # work of a few seconds that runs for longer was killed


def end_killed(task: Task[Any, Any], *arguments: object, at: datetime) -> int:
    """Ends the tries of a task with these arguments whose worker is known to be dead: they would run for ever.

    Returns how many. Called where the same work is started again.
    """
    tries = DBTaskResult.objects.running().filter(task_path=task.module_path)
    return _end([row for row in tries if row.args_kwargs["args"] == list(arguments)], at)


def end_short(*tasks: Task[Any, Any], at: datetime) -> int:
    """Ends tries of short tasks that began more than :data:`SHORT` ago. Returns how many."""
    paths = [task.module_path for task in tasks]
    return _end(
        list(DBTaskResult.objects.running().filter(task_path__in=paths, started_at__lt=at - SHORT)), at
    )


def _end(tries: list[DBTaskResult[Any, Any]], at: datetime) -> int:
    return (
        DBTaskResult.objects.running()
        .filter(pk__in=[row.pk for row in tries])
        .update(
            status=TaskResultStatus.FAILED,
            finished_at=at,
            exception_class_path="builtins.InterruptedError",
            traceback="The worker was killed.",
        )
    )
