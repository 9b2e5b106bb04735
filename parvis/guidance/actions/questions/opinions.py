"""Two questions about an answer, counted without a tie to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from parvis.guidance.actions.questions.errors import QuestionGone
from parvis.guidance.actions.questions.keeping import locked
from parvis.guidance.models import OpinionCount, Question
from parvis.guidance.opened import Opened
from parvis.guidance.visitor_faces import Face


@transaction.atomic
def give_opinion(*, opened: Opened, question: Question, helped: Face, clear: Face, at: datetime) -> bool:
    """Count what the visitor thinks of their answer, once; returns whether it was counted now. Raises ``QuestionGone``."""
    now = locked(question)
    if now.thread_id != opened.thread.pk or now.first_answered_on is None:
        raise QuestionGone
    if now.opinion_given:
        return False
    now.opinion_given = True
    now.save(update_fields=["opinion_given"])
    month = now.centre.local_day(at).replace(day=1)
    row, _new = OpinionCount.objects.get_or_create(centre=now.centre, month=month, helped=helped, clear=clear)
    OpinionCount.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return True
