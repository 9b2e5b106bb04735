"""What the others share: the lock, the seals, and when an answer is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role, roles_with
from parvis.centres.models import Centre
from parvis.guidance import live_questions, live_threads
from parvis.guidance.actions.questions.errors import NotTakenHere, NotYours, QuestionGone
from parvis.guidance.models import Question, QuestionSettings
from parvis.guidance.opened import Opened, wrap_for_house
from parvis.guidance.queries.due import due_day
from parvis.guidance.queries.question_keys import about_draft, opened_question
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import seal_json
from parvis.shared.sealing.vault import vault

ANSWERERS = [role for role in Role if role in roles_with(Permission.ANSWER)]  # as a visitor reads them


def locked(question: Question) -> Question:
    """The row as it is now, nobody else's until the transaction ends. Raises ``QuestionGone``."""
    rows = Question.objects.select_for_update(no_key=True, of=("self",)).select_related("centre", "thread")
    now = rows.filter(pk=question.pk).first()
    if now is None:
        raise QuestionGone
    return now


def opened_for(question: Question) -> Opened:
    """Its thread, open for the centre. Raises ``QuestionGone``."""
    opened = opened_question(question)
    if opened is None:
        raise QuestionGone
    return opened


def told(question: Question) -> None:
    """Pages that show the question or its thread look again once this commits."""
    live_questions.changed(question.pk)
    if question.thread_id:
        live_threads.changed(question.thread_id)


def settings_of(centre: Centre) -> QuestionSettings:
    """How the centre takes questions. Raises ``NotTakenHere`` where it takes none."""
    found = QuestionSettings.objects.filter(centre=centre, taken=True).first()
    if found is None:
        raise NotTakenHere
    return found


def role_of(centre: Centre, person: User) -> Role:
    """In which role somebody answers. Raises ``NotYours`` where they may not."""
    held = set(person.assignments.at(centre).values_list("role", flat=True))
    role = next((role for role in ANSWERERS if role in held), None)
    if role is None:
        raise NotYours
    return role


def promise(question: Question, settings: QuestionSettings, at: datetime) -> None:
    """The question waits from ``at``, and is due by the centre's promise."""
    day = question.centre.local_day(at)
    question.asked_on, question.asked_at, question.said_on = day, at, day
    question.due_on = due_day(question.centre, day, settings.promise)


def wrap(question: Question, key: bytes, at: datetime) -> None:
    """The centre can open the thread, with a share that nobody had before."""
    question.share_key, question.version = uuid4(), keys.newest()
    share = vault().put(question.share_key, on=at.date())
    question.wrapped = wrap_for_house(question.share_key, key, question.version, share)


def sealed_draft(opened: Opened, key: UUID, text: str, remark: str = "") -> bytes:
    """The draft as the row holds it."""
    said: dict[str, Any] = {"text": text, "remark": remark}
    return seal_json(opened.key, said, about=about_draft(key))
