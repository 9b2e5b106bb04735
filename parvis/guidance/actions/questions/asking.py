"""A visitor asks, and asks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.entries import write_entry
from parvis.guidance.actions.errors import SaidOtherwise
from parvis.guidance.actions.questions.errors import NotTakenHere, QuestionGone
from parvis.guidance.actions.questions.keeping import locked, promise, settings_of, told, wrap
from parvis.guidance.models import Kind, Question
from parvis.guidance.opened import Opened
from parvis.guidance.queries.question_keys import about_reply_to
from parvis.shared.sealing.cipher import seal

State = Question.State


@dataclass(frozen=True)
class Asking:
    """What a visitor asks. ``reply_to`` is an e-mail address, or empty where they come back with their code."""

    centre: Centre
    theme: Theme | None
    language: str
    text: str
    reply_to: str = ""
    dangers: tuple[str, ...] = ()


@transaction.atomic
def ask(*, opened: Opened, key: UUID, asking: Asking, at: datetime) -> Question:
    """Ask a centre in a thread. The same ``key`` again returns the first.

    Raises ``NotTakenHere``, and ``SaidOtherwise`` where that key asks something else.
    """
    settings = settings_of(asking.centre)
    if asking.theme and asking.theme.centre_id != asking.centre.pk:
        raise NotTakenHere
    said = {"text": asking.text, "question": str(key)}
    entry = write_entry(opened=opened, key=key, kind=Kind.QUESTION, said=said, at=at)
    if before := Question.objects.filter(key=key).first():
        return _same(opened, before)
    question = Question(
        thread=opened.thread,
        centre=asking.centre,
        theme=asking.theme,
        key=key,
        language=asking.language,
        state=State.WAITING,
        dangers=sorted(set(asking.dangers)),
    )
    if asking.reply_to:
        question.way = Question.Way.MAIL
        question.reply_to = seal(opened.key, asking.reply_to.encode(), about=about_reply_to(key))
    promise(question, settings, at)
    wrap(question, opened.key, at)
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError:  # the same page sent twice at once
        if before := Question.objects.filter(key=entry.key).first():
            return _same(opened, before)
        raise
    return question


@transaction.atomic
def ask_further(
    *, opened: Opened, question: Question, key: UUID, text: str, at: datetime, dangers: tuple[str, ...] = ()
) -> Question:
    """Say more, or ask once more, after a question. The same ``key`` again changes nothing.

    Before the answer it belongs to what is waited for; after it, it waits for an answer of its own: with whoever answered
    if the question is still open, else with anybody. Raises ``NotTakenHere``.
    """
    question = locked(question)
    if question.thread_id != opened.thread.pk:
        raise QuestionGone
    repeated = opened.thread.entries.filter(key=key).exists()
    said = {"text": text, "question": str(question.key)}
    write_entry(opened=opened, key=key, kind=Kind.QUESTION, said=said, at=at)
    if repeated:
        return question
    question.said_on = question.centre.local_day(at)
    question.dangers = sorted({*question.dangers, *dangers})
    if question.state in (State.ANSWERED, State.CLOSED):
        promise(question, settings_of(question.centre), at)
        if question.state == State.CLOSED:
            wrap(question, opened.key, at)
            question.opinion_given = False
        question.state = State.TAKEN if question.taken_by_id else State.WAITING
    question.save()
    told(question)
    return question


def _same(opened: Opened, question: Question) -> Question:
    if question.thread_id != opened.thread.pk:
        raise SaidOtherwise
    return question
