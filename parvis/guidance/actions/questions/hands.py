"""Who has a question: taken by one adviser, given back, given to a colleague, moved to where it belongs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.questions.errors import (
    AnsweredAlready,
    NotTakenHere,
    NotYours,
    QuestionGone,
    TakenByAnother,
)
from parvis.guidance.actions.questions.keeping import locked, role_of, settings_of, told
from parvis.guidance.models import Question

State = Question.State


@transaction.atomic
def take_question(*, question: Question, person: User) -> Question:
    """Answer it oneself. Again, changes nothing. Raises ``TakenByAnother``: of two, one has it."""
    role_of(question.centre, person)
    free = Question.objects.filter(pk=question.pk, centre=question.centre, state=State.WAITING)
    taken = free.update(state=State.TAKEN, taken_by=person)
    now = locked(question)
    if not taken and (now.state != State.TAKEN or now.taken_by_id != person.pk):
        raise QuestionGone if now.state == State.CLOSED else TakenByAnother
    told(now)
    return now


@transaction.atomic
def give_back(*, question: Question, person: User) -> Question:
    """Let anybody take it. What was drafted stays. Again, changes nothing. Raises ``NotYours``."""
    now = locked(question)
    if now.state == State.WAITING:
        return now
    if now.state != State.TAKEN or now.taken_by_id != person.pk:
        raise NotYours
    return _with(now, None)


@transaction.atomic
def give_to(*, question: Question, seen_with: User | None, colleague: User, person: User) -> Question:
    """Give it to a colleague (or to oneself, where the one who has it is away), as it was ``seen_with`` somebody or nobody.

    Raises ``TakenByAnother`` where somebody else has it meanwhile, ``NotYours`` where the colleague may not answer.
    """
    now = _to_hand_on(question, person)
    role_of(now.centre, colleague)
    if now.taken_by_id == colleague.pk:
        return now
    if now.taken_by_id != (seen_with.pk if seen_with else None):
        raise TakenByAnother
    return _with(now, colleague)


@transaction.atomic
def move_question(*, question: Question, centre: Centre, theme: Theme | None, person: User) -> Question:
    """Hand it to another theme, or to another centre of the network that takes questions; the promised day stays.

    A draft goes along within the centre only. Raises ``NotTakenHere``.
    """
    now = _to_hand_on(question, person)
    if centre.network_id != now.centre.network_id or (theme and theme.centre_id != centre.pk):
        raise NotTakenHere
    settings_of(centre)
    if now.centre_id != centre.pk:
        now.draft, now.centre = b"", centre
    now.theme = theme
    return _with(now, None)


@transaction.atomic
def let_go_all(*, centre: Centre, person: User, at: datetime) -> int:
    """What somebody who leaves had taken waits for anybody; what they wrote for review can still be read by a second."""
    theirs = Question.objects.filter(centre=centre, taken_by=person)
    theirs.filter(state=State.ANSWERED).update(taken_by=None)
    theirs.filter(state=State.REVIEW).update(taken_by=None)
    return theirs.filter(state=State.TAKEN).update(taken_by=None, state=State.WAITING)


def _to_hand_on(question: Question, person: User) -> Question:
    now = locked(question)
    role_of(now.centre, person)
    if now.state == State.ANSWERED:
        raise AnsweredAlready
    if now.state not in (State.WAITING, State.TAKEN):
        raise QuestionGone if now.state == State.CLOSED else NotYours
    return now


def _with(question: Question, person: User | None) -> Question:
    question.taken_by, question.state = person, State.TAKEN if person else State.WAITING
    question.save()
    told(question)
    return question
