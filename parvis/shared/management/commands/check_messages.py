"""Fails where a page would not speak a language that it should."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.shared import messages


class Command(BaseCommand):
    help = "Lists missing and forgotten translations; ends with an error if there are any."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if found := messages.gaps():
            raise CommandError("\n".join(map(str, found)) + f"\n{len(found)} gaps. Start with: make messages")
        self.stdout.write("Every string is translated.")
