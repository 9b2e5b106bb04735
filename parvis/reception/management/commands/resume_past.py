"""``manage.py resume_past``: after a restart, goes on with imports that were cut off, and forgets files nobody needs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.reception.actions import past
from parvis.reception.models import PastImport
from parvis.reception.models.past import WORKING


class Command(BaseCommand):
    help = "Goes on with imports of the past that a restart cut off; deletes files that nobody came back to."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        silent = [row for row in PastImport.objects.filter(stage__in=WORKING) if row.is_silent(now)]
        for row in silent:
            past.resume(past_import=row)
        forgotten = past.forget_old_files(at=now)
        self.stdout.write(f"{len(silent)} resumed, {forgotten} given up")
