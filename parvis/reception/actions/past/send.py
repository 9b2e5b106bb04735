"""A file arrives."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.actions.past.errors import AlreadyBroughtIn, TooLarge
from parvis.reception.actions.past.files import folder_of, forget_file, forget_old_files
from parvis.reception.actions.past.steps import begin
from parvis.reception.models import PastImport
from parvis.reception.models.past import Stage, new_folder
from parvis.reception.past.store import SOURCE
from parvis.reception.queries.past import same_file

MOST_BYTES = 120 * 1024 * 1024


def send_file(
    *, centre: Centre, person: User, file_name: str, chunks: Iterable[bytes], at: datetime
) -> PastImport:
    """Keeps a file and starts reading it in the background.

    The same bytes sent again while the first are still being looked at give that import. Raises ``TooLarge``, and
    ``AlreadyBroughtIn`` where they were brought in before.
    """
    forget_old_files(at=at)
    past_import = PastImport(
        centre=centre,
        folder=new_folder(),
        file_name=file_name[:200],
        started_by=person,
        created_at=at,
        stage=Stage.READ,
    )
    try:
        past_import.fingerprint = _write(past_import, chunks)
        with transaction.atomic():
            earlier = same_file(
                Centre.objects.select_for_update(no_key=True).get(pk=centre.pk), past_import.fingerprint
            )
            if earlier is None:
                past_import.save()
                begin(past_import, Stage.READING)
    except BaseException:
        forget_file(past_import)
        raise
    if earlier is not None:
        forget_file(past_import)
        if earlier.stage in (Stage.DONE, Stage.UNDOING):
            raise AlreadyBroughtIn(earlier)
        return earlier
    return past_import


def _write(past_import: PastImport, chunks: Iterable[bytes]) -> str:
    folder = folder_of(past_import)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    digest, size = hashlib.sha256(), 0
    with open(os.open(folder / SOURCE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise TooLarge
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()
