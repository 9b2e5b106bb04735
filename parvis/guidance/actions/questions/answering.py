"""The answer: drafted as it is typed, read by a second adviser where the centre wants it, sent once."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.guidance.actions.errors import SaidOtherwise
from parvis.guidance.actions.questions.errors import (
    AnswerUnreviewed,
    DraftChanged,
    NotYours,
    OwnAnswer,
    QuestionGone,
)
from parvis.guidance.actions.questions.keeping import locked, opened_for, role_of, sealed_draft, told
from parvis.guidance.actions.questions.mails import tell_answer
from parvis.guidance.models import Entry, Kind, Question, QuestionSettings
from parvis.guidance.opened import Opened, about_entry
from parvis.guidance.queries.due import due_day, open_hours_between
from parvis.guidance.queries.question_keys import draft_of, opened_question
from parvis.shared.sealing.cipher import seal_json

State = Question.State


@transaction.atomic
def keep_draft(*, question: Question, person: User, text: str, revision: int) -> int:
    """Keep what was typed so far, sealed; returns the revision it has now. The same text again changes nothing.

    Raises ``NotYours``, ``DraftChanged`` where another page wrote since ``revision``, and ``QuestionGone``.
    """
    now = locked(question)
    if now.state == State.CLOSED:
        raise QuestionGone
    if now.state != State.TAKEN or now.taken_by_id != person.pk:
        raise NotYours
    opened = opened_for(now)
    kept = draft_of(opened, now)
    if kept["text"] == text:
        return now.draft_revision
    if now.draft_revision != revision:
        raise DraftChanged
    now.draft = sealed_draft(opened, now.key, text, kept["remark"])
    now.draft_revision += 1
    now.save(update_fields=["draft", "draft_revision"])
    return now.draft_revision


@transaction.atomic
def ask_review(*, question: Question, person: User, text: str, at: datetime) -> Question:
    """The answer is written: a second adviser reads it before it is sent. Again, changes nothing. Raises ``NotYours``."""
    now = locked(question)
    if now.state == State.REVIEW and now.written_by_id == person.pk:
        return now
    _mine(now, person)
    if now.state == State.ANSWERED:  # something to add: nobody waits for it since the day that was promised
        now.due_on = due_day(now.centre, now.centre.local_day(at), 1)
    now.draft = sealed_draft(opened_for(now), now.key, text)
    now.state, now.written_by = State.REVIEW, person
    now.draft_revision += 1
    now.save()
    told(now)
    return now


@transaction.atomic
def approve_not(*, question: Question, person: User, remark: str) -> Question:
    """The second adviser gives it back with a remark: whoever wrote it goes on. Raises ``OwnAnswer`` and ``NotYours``."""
    now = locked(question)
    role_of(now.centre, person)
    if now.state != State.REVIEW:
        raise QuestionGone if now.state == State.CLOSED else NotYours
    if now.written_by_id == person.pk:
        raise OwnAnswer
    opened = opened_for(now)
    now.draft = sealed_draft(opened, now.key, draft_of(opened, now)["text"], remark)
    now.state = State.TAKEN if now.taken_by_id else State.WAITING
    now.written_by = None
    now.draft_revision += 1
    now.save()
    told(now)
    return now


@transaction.atomic
def send_answer(
    *, question: Question, key: UUID, person: User, text: str, at: datetime, link: str = ""
) -> Entry:
    """Write the answer in the thread; where an e-mail was given, a mail says that it is there, at ``link``.

    The same ``key`` again returns the first. Raises ``NotYours``, ``AnswerUnreviewed``, ``OwnAnswer``, ``QuestionGone``;
    ``SaidOtherwise`` where that key was sent with another text.
    """
    now = locked(question)
    if before := Entry.objects.filter(key=key).first():
        return _same(now, before, text)
    _may_send(now, person)
    opened = opened_for(now)
    entry = write_answer(opened, now, key=key, person=person, text=text, at=at)
    now.said_on = day = entry.day
    if now.first_answered_on is None:
        now.first_answered_on, now.in_time = day, day <= now.due_on
        now.first_hours = open_hours_between(now.centre, now.asked_at, at) if now.asked_at else 0
    now.taken_by = now.taken_by or person
    now.state, now.written_by, now.draft = State.ANSWERED, None, b""
    now.draft_revision += 1
    now.mail_due = bool(now.reply_to)
    now.save()
    if now.mail_due:
        transaction.on_commit(partial(tell_answer.enqueue, now.pk, link))
    told(now)
    return entry


def _same(question: Question, entry: Entry, text: str) -> Entry:
    opened = opened_question(question)  # nothing, where it is closed meanwhile
    if entry.thread_id != question.thread_id or (opened and opened.read(entry)["text"] != text):
        raise SaidOtherwise
    return entry


def write_answer(
    opened: Opened, question: Question, *, key: UUID, person: User, text: str, at: datetime
) -> Entry:
    """The answer's entry in the thread. Within the caller's transaction."""
    said = {"text": text, "question": str(question.key)}
    return Entry.objects.create(
        thread=opened.thread,
        key=key,
        kind=Kind.ANSWER,
        day=question.centre.local_day(at),
        centre=question.centre,
        role=role_of(question.centre, person),
        sealed=seal_json(opened.key, said, about=about_entry(opened.thread, key)),
    )


def _may_send(question: Question, person: User) -> None:
    if question.state == State.REVIEW:
        role_of(question.centre, person)
        if question.written_by_id == person.pk:
            raise OwnAnswer
        return
    _mine(question, person)
    if QuestionSettings.objects.filter(centre=question.centre, reviewed=True).exists():
        raise AnswerUnreviewed


def _mine(question: Question, person: User) -> None:
    if question.state == State.CLOSED:
        raise QuestionGone
    # After an answer, whoever gave it may add to it.
    if question.state not in (State.TAKEN, State.ANSWERED) or question.taken_by_id != person.pk:
        raise NotYours
