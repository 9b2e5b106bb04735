"""A talk: a visitor and an adviser write to each other. Each message is an entry of the question's thread, under a key that the page
made before its first try: sent again it is the same, and nothing is said before what was said before it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.guidance import live_talks, live_threads
from parvis.guidance.actions.errors import SaidOtherwise
from parvis.guidance.actions.questions.answering import write_answer
from parvis.guidance.actions.questions.asking import ask_further
from parvis.guidance.actions.questions.errors import NotYours, QuestionGone, TakenByAnother
from parvis.guidance.actions.questions.hands import take_question
from parvis.guidance.actions.questions.keeping import locked, opened_for, role_of
from parvis.guidance.actions.talks.errors import NobodyThere, OutOfOrder, TalkOver
from parvis.guidance.models import Entry, Question, Talk
from parvis.guidance.opened import Opened
from parvis.guidance.queries.due import open_hours_between
from parvis.guidance.queries.talks import is_silent, offer, talk_of

State = Question.State
MINUTE = timedelta(minutes=1)


@transaction.atomic
def open_talk(*, opened: Opened, question: Question, at: datetime) -> Talk:
    """The visitor would rather talk now. Again, the same talk. Raises ``NobodyThere`` and ``QuestionGone``."""
    now = locked(question)
    if now.thread_id != opened.thread.pk or now.state not in (State.WAITING, State.TAKEN, State.ANSWERED):
        raise QuestionGone
    if before := talk_of(now):
        return before
    if offer(now.centre, now.theme, now.language, at) is None:
        raise NobodyThere
    talk = Talk.objects.create(
        question=now, day=now.centre.local_day(at), opened_at=at, waits_since=at, visitor_at=at
    )
    _told(now)
    return talk


@transaction.atomic
def take_talk(*, question: Question, person: User, at: datetime) -> Talk:
    """Talk with the visitor. Of two who try, one does; the other hears ``TakenByAnother``. Raises ``TalkOver``."""
    now = take_question(question=question, person=person)
    talk = talk_of(now)
    if talk is None:
        raise TalkOver
    talk.adviser_at = at
    talk.save(update_fields=["adviser_at"])
    live_talks.changed(now.centre_id)
    return talk


@transaction.atomic
def take_over(*, question: Question, person: User, at: datetime) -> Talk:
    """Go on where a colleague has fallen silent. Raises ``TakenByAnother`` while they are there, and ``TalkOver``."""
    now = locked(question)
    role_of(now.centre, person)
    talk = talk_of(now)
    if talk is None or now.state not in (State.TAKEN, State.ANSWERED):
        raise TalkOver
    if now.taken_by_id != person.pk:
        if not is_silent(talk, at):
            raise TakenByAnother
        now.taken_by = person
        now.save(update_fields=["taken_by"])
    talk.adviser_at = at
    talk.save(update_fields=["adviser_at"])
    _told(now)
    return talk


@transaction.atomic
def say_live(
    *,
    opened: Opened,
    question: Question,
    key: UUID,
    text: str,
    at: datetime,
    after: UUID | None = None,
    dangers: tuple[str, ...] = (),
) -> Question:
    """The visitor says something; when the talk is over meanwhile, it belongs to the question all the same.

    ``after`` is what the same page said before. Raises ``OutOfOrder`` where that has not arrived, and what ``ask_further`` does.
    """
    _in_order(opened, after)
    now = ask_further(opened=opened, question=question, key=key, text=text, at=at, dangers=dangers)
    Talk.objects.open().filter(question=now).update(visitor_at=at)
    return now


@transaction.atomic
def answer_live(
    *, question: Question, key: UUID, person: User, text: str, at: datetime, after: UUID | None = None
) -> Entry:
    """The adviser says something. No second adviser reads it first: it is a talk. The same ``key`` again is the same.

    Raises ``TalkOver`` (the words belong in a written answer then), ``NotYours``, ``OutOfOrder``, ``SaidOtherwise``, ``QuestionGone``.
    """
    now = locked(question)
    opened = opened_for(now)
    if before := Entry.objects.filter(key=key).first():
        if before.thread_id != now.thread_id or opened.read(before).get("text") != text:
            raise SaidOtherwise
        return before
    talk = talk_of(now)
    if talk is None:
        raise TalkOver
    if now.taken_by_id != person.pk or now.state not in (State.TAKEN, State.ANSWERED):
        raise NotYours
    _in_order(opened, after)
    entry = write_answer(opened, now, key=key, person=person, text=text, at=at)
    _first(now, talk, entry, at)
    now.state, now.said_on = State.ANSWERED, entry.day
    now.save()
    talk.adviser_at, talk.read_at = at, None
    talk.save()
    live_threads.changed(opened.thread.pk)
    return entry


def _first(question: Question, talk: Talk, entry: Entry, at: datetime) -> None:
    if talk.waited is None and talk.opened_at:
        talk.waited = max(0, -(-(at - talk.opened_at) // MINUTE))
    if question.first_answered_on is None:
        question.first_answered_on, question.in_time = entry.day, entry.day <= question.due_on
        asked_at = question.asked_at
        question.first_hours = open_hours_between(question.centre, asked_at, at) if asked_at else 0


@transaction.atomic
def heard_visitor(*, question: Question, at: datetime) -> None:
    """Their page asked for what is new, and gets every word; whoever wrote the last one hears of it."""
    theirs = Talk.objects.open().filter(question=question)
    news = theirs.filter(read_at=None).update(read_at=at)
    theirs.update(visitor_at=at)
    if news and question.thread_id:
        live_threads.changed(question.thread_id)


@transaction.atomic
def heard_adviser(*, question: Question, person: User, at: datetime) -> None:
    """The page of whoever has the talk is there."""
    Talk.objects.open().filter(question=question, question__taken_by=person).update(adviser_at=at)


def _in_order(opened: Opened, after: UUID | None) -> None:
    if after and not Entry.objects.filter(thread=opened.thread, key=after).exists():
        raise OutOfOrder


def _told(question: Question) -> None:
    live_talks.changed(question.centre_id)
    if question.thread_id:
        live_threads.changed(question.thread_id)
