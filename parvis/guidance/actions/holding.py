"""Who writes in a thread and who erases it wait for each other: first its question, then the thread, then its conversations."""

from __future__ import annotations

from parvis.guidance.actions.errors import NoSuchThread
from parvis.guidance.models import Thread


def hold(thread: Thread) -> None:
    """Keeps the thread as it is until the transaction ends. Raises ``NoSuchThread`` where it was erased meanwhile."""
    rows = Thread.objects.select_for_update(no_key=True).filter(pk=thread.pk)
    if rows.values_list("pk", flat=True).first() is None:
        raise NoSuchThread


def hold_all(pks: list[int]) -> None:
    """The same for threads that are about to go: nobody begins to write in them any more."""
    list(Thread.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))
