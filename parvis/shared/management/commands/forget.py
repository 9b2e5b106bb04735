"""Forgets at once what is due, or tells what would be; the background worker does it every night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from parvis.shared import nights
from parvis.shared.models import Night
from parvis.shared.retention import Outcome, rehearse


class Command(BaseCommand):
    help = "Forgets what docs/personal-data.md says is no longer kept. The worker does it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="tell how much would go, and change nothing")
        how.add_argument(
            "--clock-is-right",
            action="store_true",
            help="go on after a stop: the last night was more than two days away, and the clock is right all the same",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["dry_run"]:
            self._say(rehearse(at=at))
            if nights.has_jumped(at=at):
                self.stdout.write(
                    "Tonight nothing of it would go: the clock has jumped since the last night."
                )
            return
        if options["clock_is_right"] and not nights.confirm_clock(at=at):
            self.stdout.write("Nothing had stopped.")
        night = nights.forget_now(at=at)
        if night.kind == Night.Kind.STOPPED:
            raise CommandError(
                f"Nothing was forgotten: it is {at:%Y-%m-%d %H:%M} (UTC) here, and the last night was"
                f" {night.since:%Y-%m-%d %H:%M}. Look at the clock; if it is right: manage.py forget --clock-is-right"
            )
        self._say([Outcome(name, count) for name, count in night.forgotten.items()])
        for name, why in night.failed.items():
            self.stderr.write(f"Not forgotten: {name}. {why['says'] % why}")
        if night.failed:
            raise CommandError("Not everything was forgotten.")

    def _say(self, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.why is None:
                self.stdout.write(f"{outcome.count:6} {outcome.name}")
            else:
                self.stdout.write(f"     – {outcome.name}: {outcome.why['says'] % outcome.why}")
