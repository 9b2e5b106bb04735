"""Files of a kit: cleaned before they are kept, copied with it, gone with it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda import stored
from parvis.agenda.actions.kit_versions import locked_draft
from parvis.agenda.models import KitFile, KitVersion
from parvis.shared.attachments import Clean

MOST = 12


class EnoughFiles(Exception):
    """There are twelve already."""


@transaction.atomic
def add_file(
    *, version: KitVersion, key: UUID, title: str, clean: Clean, by: User | None, at: datetime
) -> KitFile:
    """Keep a cleaned file with a draft. The same ``key`` again returns the first. Raises ``VersionIsFixed``, ``EnoughFiles``."""
    now = locked_draft(version)
    if before := KitFile.objects.filter(key=key, version=now).first():
        return before
    if now.files.count() >= MOST:
        raise EnoughFiles
    stored.KITS.write(key, clean.data)  # of the two, only a file may be left over
    return KitFile.objects.create(
        key=key,
        version=now,
        title=title,
        kind=clean.kind.value,
        size=len(clean.data),
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def remove_file(*, file: KitFile) -> None:
    """A draft goes without it; versions that were in use keep theirs. Said twice, it is gone once. Raises ``VersionIsFixed``."""
    locked_draft(file.version)
    if KitFile.objects.filter(pk=file.pk).delete()[0]:
        transaction.on_commit(partial(stored.KITS.remove, [file.key]))
