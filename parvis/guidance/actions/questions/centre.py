"""How a centre takes questions."""

from __future__ import annotations

from django.db import transaction

from parvis.centres.models import Centre
from parvis.guidance.models import QuestionSettings


@transaction.atomic
def set_questions(*, centre: Centre, taken: bool, promise: int, reviewed: bool) -> QuestionSettings:
    """Take questions online or no longer, with which promise, read by a second adviser or not.

    What was asked before keeps its promised day, and is answered.
    """
    said = {"taken": taken, "promise": promise, "reviewed": reviewed}
    return QuestionSettings.objects.update_or_create(centre=centre, defaults=said)[0]
