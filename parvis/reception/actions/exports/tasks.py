"""The background task of an export. It claims its export first, so that a task that comes twice does nothing."""

from __future__ import annotations

from django_tasks import task

from parvis.reception.actions.exports.writing import write


@task()
def write_export(pk: int) -> None:
    """Writes the file."""
    write(pk)
