"""Where exports wait to be fetched. No address serves the folder: only the page of their centre does."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from parvis.reception.models import Export
from parvis.reception.models.export import KEPT_FOR
from parvis.shared.retention import rehearsing


def root() -> Path:
    """Where the folders are."""
    return Path(settings.MEDIA_ROOT) / "exports"


def folder_of(export: Export) -> Path:
    """The folder of one export, readable by the server only."""
    return root() / export.folder


def file_of(export: Export) -> Path:
    """The finished file."""
    return folder_of(export) / ("export.zip" if export.format == Export.Format.CSV else "export.xlsx")


def download_name(export: Export) -> str:
    """What the file is called on the person's own computer."""
    days = f"{export.first_day.isoformat()}--{export.last_day.isoformat()}"
    return f"{export.centre.slug}--{days}{file_of(export).suffix}"


def forget_file(export: Export) -> None:
    """Removes what was written."""
    shutil.rmtree(folder_of(export), ignore_errors=True)


def forget_old_exports(*, at: datetime) -> int:
    """Delete exports a day after they were asked for, and folders that no export needs; returns how many exports.

    In a demonstration the day is one of its own clock.
    """
    forgotten = 0
    for export in Export.objects.select_related("centre"):
        now = at if export.centre.clock_set_at is None else export.centre.now()
        if export.created_at <= now - KEPT_FOR:
            export.delete()
            if not rehearsing():
                forget_file(export)
            forgotten += 1
    needed = set(Export.objects.values_list("folder", flat=True))
    if root().exists() and not rehearsing():
        limit = (at - timedelta(hours=1)).timestamp()
        for folder in root().iterdir():
            if folder.name not in needed and folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
    return forgotten
