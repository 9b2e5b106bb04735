"""Files that a visitor adds to a question."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.guidance import sealed_files
from parvis.guidance.actions.errors import GuidanceError, SaidOtherwise
from parvis.guidance.actions.questions.errors import QuestionGone
from parvis.guidance.actions.questions.keeping import locked, told
from parvis.guidance.models import Attachment, Question
from parvis.guidance.opened import Opened
from parvis.shared.attachments import Clean
from parvis.shared.retention import rehearsing

MOST = 3
LEFT_OVER = timedelta(hours=6)  # after which a file without a row was left by a cut


class EnoughFiles(GuidanceError):
    """Three are there."""

    sentence = _("There are three files already.")


@transaction.atomic
def add_file(*, opened: Opened, question: Question, key: UUID, clean: Clean) -> Attachment:
    """Keep a cleaned file with a question, sealed. The same ``key`` again returns the first.

    Raises ``EnoughFiles``, and ``QuestionGone`` where the question is closed or another thread's.
    """
    now = locked(question)
    if before := Attachment.objects.filter(key=key).first():
        if before.thread_id != opened.thread.pk:
            raise SaidOtherwise
        return before
    if now.thread_id != opened.thread.pk or now.state == Question.State.CLOSED:
        raise QuestionGone
    if now.attachments.count() >= MOST:
        raise EnoughFiles
    kept = Attachment(
        thread=opened.thread,
        question=now,
        key=key,
        kind=clean.kind.value,
        pages=clean.pages,
        size=len(clean.data),
    )
    sealed_files.write(kept.name, clean.data, key=opened.key)  # of the two, only a file may be left over
    kept.save()
    told(now)
    return kept


@transaction.atomic
def remove_file(*, opened: Opened, attachment: Attachment) -> None:
    """The visitor takes a file back. Again, changes nothing."""
    if Attachment.objects.filter(pk=attachment.pk, thread=opened.thread).delete()[0]:
        transaction.on_commit(partial(sealed_files.remove, [attachment.name]))
        told(attachment.question)


def forget_left_files(*, at: datetime) -> int:
    """Delete files without a row, left by a cut in between; returns how many."""
    old = {path.name: path for path in sealed_files.older_than((at - LEFT_OVER).timestamp())}
    known = {name.hex for name in Attachment.objects.values_list("name", flat=True)}
    left = [path for name, path in old.items() if name not in known]
    if not rehearsing():
        for path in left:
            path.unlink(missing_ok=True)
    return len(left)
