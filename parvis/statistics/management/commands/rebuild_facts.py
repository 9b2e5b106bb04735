"""``manage.py rebuild_facts``: every snapshot is made again from the operational tables."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from parvis.statistics.facts.refresh import months_held, rebuild, refresh
from parvis.statistics.facts.snapshots import make_snapshots
from parvis.statistics.models import Snapshot

WORTH_SHARING = 12  # months; below, another process takes longer to start than it saves


class Command(BaseCommand):
    help = "Reads all facts again from the operational tables. What is the same stays the same, to the byte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only-changed", action="store_true", help="what the worker does every night")
        parser.add_argument("--processes", type=int, default=2, help="that read side by side (default: 2)")
        parser.add_argument(
            "--months", nargs="+", type=date.fromisoformat, help="only these, by their first day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet, self.done, self.total = not options["verbosity"], 0, 0
        at, started = timezone.now(), time.perf_counter()
        if options["months"]:
            make_snapshots(options["months"], at=at, told=self.tell)
            return
        processes = options["processes"]
        changed = refresh(at=at) if options["only_changed"] else self.rebuild(at, processes)
        if not self.quiet:
            in_force = Snapshot.objects.in_force()
            rows, files = sum(in_force.values_list("rows", flat=True)), in_force.exclude(file="").count()
            seconds = time.perf_counter() - started
            self.stdout.write(f"{rows:,} facts in {files} files; {changed} months changed; {seconds:.1f} s.")

    def rebuild(self, at: datetime, processes: int) -> int:
        """Everything; what others have made is then looked at no more than to see that it is there."""
        months = months_held(at)
        self.total = len(months)
        if processes < 2 or len(months) < WORTH_SHARING:
            return rebuild(at=at, told=self.tell)
        share = -(-len(months) // processes)
        made = at.replace(microsecond=0)
        others = [self.elsewhere(months[n : n + share]) for n in range(share, len(months), share)]
        rebuild(at=at, told=self.tell, months=months[:share])
        failed = [other.wait() for other in others]
        if any(failed):
            raise CommandError("Another process could not finish its part; what it said is above.")
        changed = Snapshot.objects.in_force().filter(made_at__gte=made).values("month").distinct()
        return changed.count()

    def elsewhere(self, months: Sequence[date]) -> subprocess.Popen[bytes]:
        """A process of its own for some of the months."""
        command = [sys.executable, "-m", "django", "rebuild_facts", "-v0", "--months", *map(str, months)]
        return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})  # noqa: S603  ours

    def tell(self, month: date) -> None:
        """One line that goes on; over a file, one line a month."""
        self.done += 1
        if not self.quiet:
            said = f"{month:%Y-%m}: {self.done}" + (f" of {self.total}" if self.total else "")
            self.stdout.write(said, ending="\r" if self.stdout.isatty() else "\n")
