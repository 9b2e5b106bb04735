"""``manage.py ballast``: disk space set aside for the day the disk is full."""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

MB = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Keeps a file of 256 MB beside the data. On a full disk SQLite cannot even delete: --release gives the space"
        " back, so that one can tidy up. --check ends with an error while the disk or the ballast runs low."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--megabytes", type=int, default=256)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--release", action="store_true", help="give the space back")
        what.add_argument("--check", action="store_true", help="for a timer: fail while space runs low")

    def handle(self, *args: Any, **options: Any) -> None:
        path, size = Path(settings.DATA) / "ballast", options["megabytes"] * MB
        if options["release"]:
            path.unlink(missing_ok=True)
            self.stdout.write(f"Given back. Free now: {free(path)} MB. Tidy up, then run “ballast” again.")
        elif options["check"]:
            check(path, size)
            self.stdout.write(f"Ballast in place, {free(path)} MB free beside it.")
        else:
            lay(path, size)
            self.stdout.write(f"{size // MB} MB set aside in {path}; {free(path)} MB free beside it.")


def free(path: Path) -> int:
    """Megabytes that are free on the disk of the data."""
    return shutil.disk_usage(path.parent).free // MB


def lay(path: Path, size: int) -> None:
    """Sets the space aside for real: a file with holes would hold nothing. Raises ``CommandError`` on a full disk."""
    try:
        with path.open("ab") as file:
            os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise CommandError(f"No room for the ballast: {error}. Free now: {free(path)} MB.") from error


def check(path: Path, size: int) -> None:
    """Raises ``CommandError`` where the ballast is not there, or less than its size is free beside it."""
    if not path.exists() or path.stat().st_blocks * 512 < size:
        raise CommandError("There is no ballast. Run: manage.py ballast")
    if free(path) * MB < size:
        raise CommandError(
            f"The disk runs full: {free(path)} MB free. Tidy up now; the ballast is still there."
        )
