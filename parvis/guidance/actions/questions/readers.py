"""Who of a centre read a question: the visitor sees it on their thread, as they see conversations."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from parvis.accounts.models import User
from parvis.guidance.actions.holding import hold
from parvis.guidance.actions.questions.keeping import role_of
from parvis.guidance.models import Grant, Question


@transaction.atomic
def note_reading(*, question: Question, person: User, at: datetime) -> None:
    """The centre read the question on that day, in that role: noted once, and never who.

    A grant that has ended already opens nothing. Raises ``NoSuchThread`` where the thread was erased meanwhile.
    """
    if question.thread is None:
        return
    centre, role = question.centre, role_of(question.centre, person)
    start, end = centre.bounds(centre.local_day(at))
    theirs = Grant.objects.filter(thread=question.thread, centre=centre, role=role)
    if theirs.filter(opened_at__gte=start, opened_at__lt=end).exists():
        return
    hold(question.thread)
    times = {"opened_at": at, "used_at": at, "ended_at": at}
    Grant.objects.create(
        key=uuid4(), thread=question.thread, centre=centre, role=role, version=0, wrapped=b"", **times
    )
