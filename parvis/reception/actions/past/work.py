"""Background work on an import: claimed by one worker, shown alive, taken over when it was killed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from parvis.reception.models import PastImport
from parvis.reception.models.past import Stage
from parvis.reception.past.problems import Problem, UnreadableFile


class Superseded(Exception):
    """Somebody else works on it now, or it was given up: stop without a trace."""


@dataclass
class Work:
    """One worker's hold on one stage of an import."""

    past_import: PastImport
    worker: str
    stage: Stage
    _beaten: float = field(default_factory=time.monotonic)

    @classmethod
    def claim(cls, pk: int, stage: Stage) -> Work | None:
        """Takes the import where it is in ``stage`` and nobody alive works on it; else nothing."""
        now = timezone.now()
        with transaction.atomic():
            row = (
                PastImport.objects.select_for_update(of=("self",))
                .select_related("centre")
                .filter(pk=pk)
                .first()
            )
            if row is None or row.stage != stage or (row.worker and not row.is_silent(now)):
                return None
            row.worker, row.beat_at = uuid4().hex, now
            row.save(update_fields=["worker", "beat_at"])
        return cls(row, row.worker, stage)

    def beat(self, rows_done: int | None = None) -> None:
        """Says that it is alive, at most once a second. Raises ``Superseded``."""
        if rows_done is None and time.monotonic() - self._beaten < 1:
            return
        self._beaten = time.monotonic()
        told = {"beat_at": timezone.now()} | ({} if rows_done is None else {"rows_done": rows_done})
        if not self._mine().update(**told):
            raise Superseded

    def finish(self, stage: Stage, **fields: object) -> None:
        """Moves the import on. Raises ``Superseded``."""
        if not self._mine().update(stage=stage, worker="", beat_at=None, **fields):
            raise Superseded
        self.past_import.refresh_from_db()

    def fail(self, problem: Problem) -> None:
        """Stops the import with a reason that its page says."""
        self._mine().update(
            stage=Stage.FAILED, failed_in=self.stage, problem=problem.value, worker="", beat_at=None
        )

    def let_go(self) -> None:
        """The process is told to stop: the next one need not wait until this one is missed."""
        self._mine().update(worker="", beat_at=None)

    def _mine(self) -> QuerySet[PastImport]:
        return PastImport.objects.filter(pk=self.past_import.pk, worker=self.worker, stage=self.stage)


def do(pk: int, stage: Stage, job: Callable[[Work], None]) -> None:
    """Claims, works, and leaves a reason where it cannot go on."""
    work = Work.claim(pk, stage)
    if work is None:
        return
    try:
        job(work)
    except Superseded:
        return
    except UnreadableFile as refusal:
        work.fail(refusal.problem)
    except Exception:
        work.fail(Problem.INTERRUPTED)
        raise
    except BaseException:
        work.let_go()
        raise
