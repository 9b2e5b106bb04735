"""Files of the agenda that a cut left without their row. Period and reason: docs/personal-data.md."""

from __future__ import annotations

from datetime import datetime

from parvis.agenda import stored
from parvis.agenda.models import KitFile, Recording, VisitFile
from parvis.shared.retention import rehearsing

ROWS = {stored.KITS: KitFile, stored.CLASS_VISITS: VisitFile, stored.RECORDINGS: Recording}


def forget_left_files(*, at: datetime) -> int:
    """Delete files without a row, and pieces of recordings that nobody completed; returns how many."""
    moment = (at - stored.LEFT_OVER).timestamp()
    left = 0
    for folder, model in ROWS.items():
        old = {path.name: path for path in folder.older_than(moment)}
        known = {key.hex for key in model._default_manager.values_list("key", flat=True)}
        for path in (path for name, path in old.items() if name not in known):
            left += 1
            if not rehearsing():
                path.unlink(missing_ok=True)
    return left
