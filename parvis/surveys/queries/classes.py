"""How the screen of a class stands, and what a class said as totals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from parvis.surveys.models import ClassRound, Collection, Response
from parvis.surveys.queries.results import Results, totals


class Stage(Enum):
    """What the screen shows."""

    EARLY = "early"  # its first day has not come
    READY = "ready"
    OPEN = "open"
    OVER = "over"  # on its last day: the totals
    GONE = "gone"


@dataclass(frozen=True)
class Screen:
    """A class's screen now. ``answered``: how many phones sent something."""

    row: ClassRound
    stage: Stage
    answered: int

    @property
    def is_open(self) -> bool:
        """Whether pupils may answer."""
        return self.stage == Stage.OPEN

    @property
    def missing(self) -> int:
        """How many of those announced have not answered."""
        return max(0, self.row.pupils - self.answered)


@dataclass(frozen=True)
class TotalLine:
    """One answer of a class: about how many, of a hundred; None where so few chose it that it might be somebody."""

    label: str
    n: int | None
    percent: int | None


@dataclass
class Total:
    """One list of answers. ``base``: about how many answered it."""

    question: str
    label: str
    base: int
    lines: list[TotalLine] = field(default_factory=list)


def screen_of(row: ClassRound, at: datetime) -> Screen:
    """One query."""
    answered = Response.objects.filter(collection=row.collection_id).count()
    return Screen(row, stage_of(row, at), answered)


def stage_of(row: ClassRound, at: datetime) -> Stage:
    """From its state, its days and the clock."""
    survey = row.collection
    day = _day(survey, at)
    if row.is_open(at) and survey.takes_answers_on(day):
        return Stage.OPEN
    if day < survey.opens_on:
        return Stage.EARLY
    if row.state == ClassRound.State.READY:
        return Stage.READY if survey.takes_answers_on(day) else Stage.GONE
    last = _day(survey, row.ends_at) if row.ends_at else survey.closes_on
    return Stage.OVER if last is not None and day <= last else Stage.GONE


def _day(survey: Collection, at: datetime) -> date:
    return survey.centre.local_day(at) if survey.centre else at.date()


def class_totals(found: Results) -> list[Total]:
    """What leaves the page about pupils, list by list: rounded, small ones hidden; nothing below ten answers."""
    shown: list[Total] = []
    for question, label, answer, n, percent, base in totals(found):
        if not shown or (shown[-1].question, shown[-1].label) != (question, label):
            shown.append(Total(str(question), str(label), int(str(base))))
        few = None if n is None else int(str(n))
        shown[-1].lines.append(TotalLine(str(answer), few, None if percent is None else int(str(percent))))
    return shown


def is_open_to_the_class(collection: Collection, at: datetime) -> bool:
    """Whether the class of a survey is asked now; always, where it is put to no class: one query."""
    row = ClassRound.objects.filter(collection=collection).first()
    return row is None or row.is_open(at)
