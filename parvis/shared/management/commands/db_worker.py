"""The library's background worker, which also sees that the nightly forgetting is planned."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from parvis.shared.tasks import see_that_nights_come


class Command(db_worker.Command):
    def handle(self, **options: Any) -> None:
        see_that_nights_come()
        super().handle(**options)
