"""``manage.py resume_past``: goes on with imports and exports that were cut off, as the worker does when it starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.reception.actions import exports, past


class Command(BaseCommand):
    help = "Goes on with imports and exports that a restart cut off, as the worker does when it starts; deletes files that nobody came back to."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        resumed = past.resume_interrupted(at=now) + exports.revive_interrupted(at=now)
        forgotten = past.forget_old_files(at=now)
        self.stdout.write(f"{resumed} resumed, {forgotten} given up")
