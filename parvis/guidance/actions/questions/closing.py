"""The end of a question: the centre can no longer read its thread, and the e-mail address is gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from parvis.accounts.models import User
from parvis.guidance import live_questions, sealed_files
from parvis.guidance.actions.questions.errors import MailNotGone
from parvis.guidance.actions.questions.keeping import locked, role_of, told
from parvis.guidance.models import Attachment, Question, Thread
from parvis.shared.sealing.vault import vault

State = Question.State
SILENCE = timedelta(days=14)  # after an answer, until the question closes by itself


@transaction.atomic
def close_question(*, question: Question, person: User) -> Question:
    """The centre has nothing to add. Again, changes nothing. Raises ``MailNotGone``."""
    now = locked(question)
    if now.state == State.CLOSED:
        return now
    role_of(now.centre, person)
    if now.mail_due:
        raise MailNotGone
    _close([now])
    return now


def close_silent(*, at: datetime) -> int:
    """Close what was answered and then not spoken of for two weeks; returns how many. Within the caller's transaction."""
    day = at.date()
    silent = Question.objects.select_for_update(no_key=True, of=("self",)).filter(
        state=State.ANSWERED, said_on__lte=day - SILENCE
    )
    return _close(list(silent.order_by("pk")))


def forget_questions(threads: list[Thread]) -> list[UUID]:
    """Cut the questions of threads that are erased loose from them; returns the shares to destroy with the threads' own.

    A row without any tie stays, for the figures. Within the caller's transaction.
    """
    theirs = Question.objects.select_for_update(no_key=True, of=("self",)).filter(thread__in=threads)
    found = list(theirs.order_by("pk"))
    shares = [question.share_key for question in found if question.wrapped]
    for question in found:
        _empty(question)
        question.thread, question.key, question.dangers = None, uuid4(), []
        live_questions.changed(question.pk)
    Question.objects.bulk_update(found, [*EMPTIED, "thread", "key", "dangers"])
    files = list(Attachment.objects.filter(thread__in=threads).values_list("name", flat=True))
    transaction.on_commit(partial(sealed_files.remove, files))
    return shares


EMPTIED = [
    *("state", "wrapped", "reply_to", "draft", "asked_at", "taken_by", "written_by"),
    *("mail_due", "share_key"),
]


def _empty(question: Question) -> None:
    question.state = State.CLOSED
    question.wrapped = question.reply_to = question.draft = b""
    question.asked_at = question.taken_by = question.written_by = None
    question.mail_due, question.share_key = False, uuid4()


def _close(questions: list[Question]) -> int:
    vault().destroy([question.share_key for question in questions])
    for question in questions:
        _empty(question)
        told(question)
    Question.objects.bulk_update(questions, EMPTIED)
    return len(questions)
