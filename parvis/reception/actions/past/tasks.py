"""The background tasks of an import. Each claims its import first, so that a task that comes twice does nothing."""

from __future__ import annotations

from django_tasks import task

from parvis.reception.actions.past.bringing import bring_in_file
from parvis.reception.actions.past.checking import check_file
from parvis.reception.actions.past.reading import read_file
from parvis.reception.actions.past.undoing import undo_file
from parvis.reception.actions.past.work import do
from parvis.reception.models.past import Stage


@task()
def read_past(pk: int) -> None:
    """Opens the file and proposes how to read it."""
    do(pk, Stage.READING, read_file)


@task()
def check_past(pk: int) -> None:
    """Rehearses the import."""
    do(pk, Stage.CHECKING, check_file)


@task()
def bring_in_past(pk: int) -> None:
    """Writes the rows."""
    do(pk, Stage.RUNNING, bring_in_file)


@task()
def undo_past(pk: int) -> None:
    """Takes the rows away again."""
    do(pk, Stage.UNDOING, undo_file)


TASKS = {
    Stage.READING: read_past,
    Stage.CHECKING: check_past,
    Stage.RUNNING: bring_in_past,
    Stage.UNDOING: undo_past,
}
