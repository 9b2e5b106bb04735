"""Forgets at once what is due; the background worker does it every night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from parvis.shared.retention import forget_all


class Command(BaseCommand):
    help = "Forgets what docs/personal-data.md says is no longer kept. The worker does it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in forget_all(at=timezone.now()).items():
            self.stdout.write(f"{count:6} {name}")
