"""The answers that each question of a version offers on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from i18nfield.strings import LazyI18nString

from parvis.centres.models import Code, Holder
from parvis.surveys.conditions import Asked
from parvis.surveys.models import Question, QuestionKind, Version

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen: what is kept, and how it is worded."""

    key: str
    label: LazyI18nString | str
    is_silence: bool = False  # a list's own entry for “not communicated”


Choices = dict[int, list[Choice]]  # by the question's row number


def choices_of(version: Version, holder: Holder, day: date) -> Choices:
    """What can be chosen in each question of a ``whole`` version: its own options, or ``holder``'s list as it is on ``day``.

    One statement, and none where no question takes its answers from a list.
    """
    questions = questions_of(version)
    listed = {question.code_list for question in questions if question.code_list}
    entries: dict[str, list[Choice]] = defaultdict(list)
    if listed:
        for code in Code.objects.held_by(holder).open_on(day).filter(list__in=listed):
            entries[code.list].append(Choice(code.key, code.label, code.not_communicated))
    return {
        question.pk: entries[question.code_list]
        if question.code_list
        else [Choice(one.key, one.label) for one in question.own_options]
        for question in questions
    }


def questions_of(version: Version) -> list[Question]:
    """The questions of a ``whole`` version in the order in which they are asked."""
    return [question for section in version.sections.all() for question in section.questions.all()]


def path_of(version: Version, choices: Choices) -> list[Asked]:
    """A ``whole`` version as ``parvis.surveys.conditions`` reads it."""
    return [
        Asked(
            question.key,
            frozenset(values_of(question, choices)),
            several=question.kind == QuestionKind.SEVERAL and question.most != 1,
            only_if={one.on.key: frozenset(one.answers) for one in question.conditions.all()},
        )
        for question in questions_of(version)
    ]


def values_of(question: Question, choices: Choices) -> list[str]:
    """What a condition may name of it; nothing for a question whose answers are not counted on one's fingers."""
    if question.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}:
        return [one.key for one in choices[question.pk]]
    if question.kind == QuestionKind.SCALE:
        return [str(point) for point in question.points]
    return [YES, NO] if question.kind == QuestionKind.YES_NO else []
