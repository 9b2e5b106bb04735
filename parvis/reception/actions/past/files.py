"""The folders in which files wait until they are brought in. No address serves them."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from parvis.reception.models import PastImport
from parvis.reception.models.past import HOLDS_FILE, Stage
from parvis.shared.retention import rehearsing

FORGOTTEN_AFTER = timedelta(days=14)  # a file whose assistant nobody came back to


def root() -> Path:
    """Where the folders are."""
    return Path(settings.MEDIA_ROOT) / "past"


def folder_of(past_import: PastImport) -> Path:
    """The folder of one import, readable by the server only."""
    return root() / past_import.folder


def forget_file(past_import: PastImport) -> None:
    """Removes the file and everything that was read from it."""
    shutil.rmtree(folder_of(past_import), ignore_errors=True)


def forget_old_files(*, at: datetime) -> int:
    """Gives up imports that nobody came back to for two weeks, and removes folders that no import needs."""
    waiting = [stage for stage in HOLDS_FILE if stage not in (Stage.RUNNING, Stage.FAILED)]
    old = PastImport.objects.filter(stage__in=waiting, created_at__lt=at - FORGOTTEN_AFTER)
    given_up = old.update(stage=Stage.DROPPED, finished_at=at, layout={}, mapping={}, report={}, worker="")
    needed = set(PastImport.objects.filter(stage__in=HOLDS_FILE).values_list("folder", flat=True))
    if root().exists() and not rehearsing():
        limit = (at - timedelta(hours=1)).timestamp()
        for folder in root().iterdir():
            if folder.name not in needed and folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
    return given_up
