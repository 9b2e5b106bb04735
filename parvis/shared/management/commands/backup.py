"""``manage.py backup``: a whole copy of a running SQLite database."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Copies the SQLite database as it is at one moment, while the centre works on. PostgreSQL: use pg_dump."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="the new file; an older copy of that name is replaced at the end"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("This database is PostgreSQL's: use pg_dump (docs/operating.md).")
        path: Path = options["path"]
        draft = path.with_name(path.name + ".part")
        draft.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(draft)])
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(path)
        self.stdout.write(f"{path}: {path.stat().st_size // 1024} kB")
