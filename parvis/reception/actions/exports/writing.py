"""One worker writes an export, shows that it is alive, and stops when somebody else took it over or deleted it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from parvis.reception.actions.exports.files import file_of, folder_of, forget_file
from parvis.reception.models import Export
from parvis.reception.models.past import new_folder
from parvis.reception.queries.export import export_tables
from parvis.shared.books import Table, write_csv_zip, write_workbook
from parvis.shared.sheets import Cell

BEAT = 1.0  # seconds between two signs of life
LOOK = 500  # rows between two looks at the clock


class Superseded(Exception):
    """Somebody else writes it now, or it was deleted: stop without a trace."""


@dataclass
class Writing:
    """One worker's hold on one export."""

    export: Export
    done: int = 0
    _beaten: float = field(default_factory=time.monotonic)

    @classmethod
    def claim(cls, pk: int) -> Writing | None:
        """Takes the export where nobody alive writes it, into a folder of its own; else nothing."""
        now = timezone.now()
        with transaction.atomic():
            rows = Export.objects.select_for_update(of=("self",)).select_related("centre")
            row = rows.filter(pk=pk, stage=Export.Stage.RUNNING).first()
            if row is None or (row.worker and not row.is_silent(now)):
                return None
            forget_file(row)  # what a killed worker left
            row.worker, row.beat_at, row.rows_done, row.folder = uuid4().hex, now, 0, new_folder()
            row.save(update_fields=["worker", "beat_at", "rows_done", "folder"])
        return cls(row)

    def write(self) -> None:
        """The whole file, under another name until it is whole."""
        folder = folder_of(self.export)
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        path = folder / "unfinished"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with translation.override(self.export.language), timezone.override(self.export.centre.zone):
            self._fill(path)
        self._mine().update(rows_done=self.done)
        path.rename(file_of(self.export))
        self.finish(Export.Stage.DONE)

    def _fill(self, path: Path) -> None:
        export = self.export
        tables = partial(export_tables, export.centre, export.first_day, export.last_day)
        self.tell(
            rows_total=sum(table.count for table in tables())
        )  # rows are read later, when they are written
        write = write_csv_zip if export.format == Export.Format.CSV else write_workbook
        write(path, (replace(table, rows=self._counted(table)) for table in tables()))

    def _counted(self, table: Table) -> Iterator[Sequence[Cell]]:
        for row in table.rows:
            self.done += 1
            if self.done % LOOK == 0 and time.monotonic() - self._beaten > BEAT:
                self.tell(rows_done=self.done)
            yield row

    def tell(self, **fields: object) -> None:
        """A sign of life. Raises ``Superseded``."""
        self._beaten = time.monotonic()
        if not self._mine().update(beat_at=timezone.now(), **fields):
            raise Superseded

    def finish(self, stage: Export.Stage) -> None:
        """Ready, or stopped for good. Raises ``Superseded``."""
        at = self.export.centre.now()
        if not self._mine().update(stage=stage, worker="", beat_at=None, finished_at=at):
            raise Superseded

    def let_go(self) -> None:
        """The process is told to stop: the next one need not wait until this one is missed."""
        self._mine().update(worker="", beat_at=None)

    def _mine(self) -> QuerySet[Export]:
        return Export.objects.filter(pk=self.export.pk, worker=self.export.worker, stage=Export.Stage.RUNNING)


def write(pk: int) -> None:
    """Claims the export, writes it, and leaves nothing behind where it cannot."""
    work = Writing.claim(pk)
    if work is None:
        return
    try:
        work.write()
    except Superseded:
        forget_file(work.export)
    except Exception:
        forget_file(work.export)
        work.finish(Export.Stage.FAILED)
        raise
    except BaseException:
        work.let_go()
        raise
