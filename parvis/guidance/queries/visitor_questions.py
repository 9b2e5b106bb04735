"""What a visitor sees before they ask, and of a question that they asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from parvis.centres.models import Centre, Network, Theme
from parvis.guidance.models import Attachment, Question, QuestionSettings, Thread
from parvis.guidance.opened import Opened
from parvis.guidance.queries.due import due_day
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.queries.threads import Line


@dataclass(frozen=True)
class Place:
    """A centre that takes questions, and when the answer to one of now is due."""

    centre: Centre
    due_on: date
    live: QuestionSettings | None  # when somebody answers at once


def centres_that_answer(network: Network | None = None) -> list[Centre]:
    """Every centre of the house, or of one network, that takes questions, by name: one query."""
    found = Centre.objects.filter(question_settings__taken=True).order_by("name")
    return list(found.filter(network=network) if network else found)


def takes_questions(centre: Centre) -> bool:
    """Whether the centre takes questions now: one query."""
    return QuestionSettings.objects.filter(centre=centre, taken=True).exists()


def place_to_ask(slug: str, at: datetime | None = None) -> Place | None:
    """The centre of that address, if it takes questions: at most five queries."""
    settings = QuestionSettings.objects.filter(centre__slug=slug, taken=True).select_related("centre").first()
    if settings is None:
        return None
    centre = settings.centre
    day = centre.local_day(at or centre.now())
    return Place(centre, due_day(centre, day, settings.promise), settings if settings.live else None)


def themes_to_ask(centre: Centre) -> list[Theme]:
    """What can be asked about: one query."""
    return list(centre.themes.open_on(centre.local_day(centre.now())))


@dataclass(frozen=True)
class Asked:
    """A question as whoever asked it sees it."""

    question: Question
    lines: list[Line]
    files: list[Attachment]
    late: bool

    @property
    def waits(self) -> bool:
        return self.question.state in Question.UNANSWERED

    @property
    def closed(self) -> bool:
        return self.question.state == Question.State.CLOSED

    @property
    def may_talk(self) -> bool:
        return self.question.state in (
            Question.State.WAITING,
            Question.State.TAKEN,
            Question.State.ANSWERED,
        )

    @property
    def asks_opinion(self) -> bool:
        return self.question.first_answered_on is not None and not self.question.opinion_given


def asked_by(opened: Opened, key: UUID) -> Asked | None:
    """One question of a thread, read: three queries."""
    rows = Question.objects.filter(thread=opened.thread, key=key).select_related("centre", "theme", "thread")
    question = rows.first()
    if question is None:
        return None
    day = question.centre.local_day(question.centre.now())
    files = list(question.attachments.all())
    return Asked(question, lines_of(opened, question), files, question.is_overdue(day))


def questions_in(thread: Thread) -> list[Question]:
    """The questions of a thread, newest first: one query."""
    return list(Question.objects.filter(thread=thread).select_related("centre").order_by("-pk"))
