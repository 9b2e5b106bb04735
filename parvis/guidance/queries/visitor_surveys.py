"""Which questionnaire a thread offers to whoever opened it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parvis.guidance.opened import Opened, read_surveys
from parvis.surveys.models import Collection
from parvis.surveys.queries.asking import offered_in_threads


@dataclass(frozen=True)
class OfferedSurvey:
    """One survey of the centre where the thread was begun. ``is_new``: it was neither taken up nor put aside."""

    survey: Collection
    is_new: bool


def offered_survey(opened: Opened, today: date) -> OfferedSurvey | None:
    """The first that is new, else the last that was seen and still takes answers: one query."""
    thread = opened.thread
    offered = list(offered_in_threads(thread.centre, thread.agreed_on, today))
    seen = read_surveys(thread, opened.key)
    new = next((one for one in offered if one.key not in seen), None)
    if new:
        return OfferedSurvey(new, is_new=True)
    return OfferedSurvey(offered[-1], is_new=False) if offered else None
