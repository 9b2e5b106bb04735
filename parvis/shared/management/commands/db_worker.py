"""The library's background worker, which also sees that nights are planned and that work which was cut off goes on."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.db import DatabaseError, connection
from django_tasks_db.management.commands import db_worker

from parvis.shared.tasks import see_that_hours_come, see_that_nights_come, see_that_work_goes_on

logger = logging.getLogger(__name__)

EVERY = 3600  # seconds that really passed, whatever the clock says meanwhile


class Command(db_worker.Command):
    def handle(self, **options: Any) -> None:
        see_that_nights_come()
        see_that_hours_come()
        see_that_work_goes_on()
        ended = threading.Event()
        watch = threading.Thread(target=watch_nights, args=[ended], name="nights", daemon=True)
        watch.start()
        try:
            super().handle(**options)
        finally:
            ended.set()


def watch_nights(ended: threading.Event, every: float = EVERY) -> None:
    """Looks every hour whether a night is planned, and lets what is due be done, until the worker ends."""
    while not ended.wait(every):
        try:
            see_that_nights_come()
            see_that_hours_come()
        except DatabaseError:
            logger.exception("Whether a night is planned could not be seen; the next look is in an hour.")
        finally:
            connection.close()
