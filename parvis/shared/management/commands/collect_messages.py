"""``make messages``: new strings go into the translation files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from parvis.shared import messages


class Command(BaseCommand):
    help = "Writes new strings into each room's translation files and drops those nobody asks for."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in messages.collect():
            self.stdout.write(str(path.relative_to(messages.PACKAGE)))
        self.stdout.write(f"{len(messages.gaps())} strings to translate.")
