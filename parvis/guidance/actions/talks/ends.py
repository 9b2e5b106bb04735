"""How a talk ends. Its question stays where it is, with every word: waiting, taken or answered, due on its day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from parvis.guidance import live_talks, live_threads
from parvis.guidance.actions.questions.keeping import locked
from parvis.guidance.actions.questions.mails import tell_answer
from parvis.guidance.models import Question, QuestionSettings, Talk
from parvis.guidance.queries.talks import talk_of, why_over

A_DAY = timedelta(days=1)
TIMES = ("opened_at", "waits_since", "visitor_at", "adviser_at", "read_at")


@transaction.atomic
def end_talk(*, question: Question, end: Talk.End, link: str = "") -> Talk | None:
    """Either side ends it, or its time is over. Again, changes nothing.

    Where the last words came from an adviser and never reached the visitor's page, a mail goes to whoever left an address.
    """
    now = locked(question)
    talk = talk_of(now)
    if talk is None:
        return None
    unread = talk.adviser_at is not None and talk.read_at is None
    _over(talk, end)
    if unread and now.state == Question.State.ANSWERED and now.reply_to:
        Question.objects.filter(pk=now.pk).update(mail_due=True)
        transaction.on_commit(partial(tell_answer.enqueue, now.pk, link))
    live_talks.changed(now.centre_id)
    if now.thread_id:
        live_threads.changed(now.thread_id)
    return talk


def settle(*, question: Question, at: datetime, link: str = "") -> Talk | None:
    """End the talk of a question if its time is over; returns the one that still goes on. Four queries while it does."""
    talk = talk_of(question)
    if talk is None:
        return None
    settings = QuestionSettings.objects.select_related("centre").filter(centre=talk.question.centre).first()
    end = why_over(talk, settings, at)
    if end is None:
        return talk
    end_talk(question=question, end=end, link=link)
    return None


@transaction.atomic
def end_left_talks(*, at: datetime) -> int:
    """Talks that no page asked about any more; returns how many."""
    left = list(Talk.objects.open().filter(visitor_at__lt=at - A_DAY))
    for talk in left:
        _over(talk, Talk.End.SILENCE)
    return len(left)


def _over(talk: Talk, end: Talk.End) -> None:
    talk.end = end
    for name in TIMES:
        setattr(talk, name, None)
    talk.save()
