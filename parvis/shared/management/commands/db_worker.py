"""The library's background worker, which also sees that nights are planned and that work which was cut off goes on."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from parvis.shared.tasks import see_that_nights_come, see_that_work_goes_on


class Command(db_worker.Command):
    def handle(self, **options: Any) -> None:
        see_that_nights_come()
        see_that_work_goes_on()
        super().handle(**options)
