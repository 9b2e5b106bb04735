"""Compiles the translation files; ``make setup`` calls it where one has changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from parvis.shared import messages


class Command(BaseCommand):
    help = "Compiles the translation files."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        messages.build()
