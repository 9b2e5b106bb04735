"""A survey was offered in a thread: it is not offered a second time."""

from __future__ import annotations

from django.db import transaction

from parvis.guidance.actions.holding import hold
from parvis.guidance.models import Thread
from parvis.guidance.opened import Opened, about_surveys, read_surveys
from parvis.shared.sealing.cipher import seal_json
from parvis.surveys.models import Collection


@transaction.atomic
def put_survey_aside(*, opened: Opened, survey: Collection) -> None:
    """The visitor took it up, or would rather not: the thread keeps, sealed, only that it was offered. Again, changes nothing.

    Raises ``NoSuchThread`` where the thread was erased meanwhile.
    """
    hold(opened.thread)
    now = Thread.objects.get(pk=opened.thread.pk)
    seen = read_surveys(now, opened.key)
    if survey.key not in seen:
        keys = sorted([*map(str, seen), str(survey.key)])  # sorted: no order is kept
        now.surveys_seen = seal_json(opened.key, keys, about=about_surveys(now))
        now.save(update_fields=["surveys_seen"])
