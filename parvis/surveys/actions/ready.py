"""A questionnaire is begun from a ready model."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Holder
from parvis.surveys.actions.questionnaires import Said, begin_questionnaire
from parvis.surveys.models import Condition, Option, Question, Section, Version
from parvis.surveys.ready import ReadyModel, ReadyQuestion


@transaction.atomic
def begin_ready(*, holder: Holder, key: UUID, model: ReadyModel, language: str) -> Version:
    """A new questionnaire whose first draft says what ``model`` says, in all its languages. The same ``key`` again returns the first.

    ``language`` is in which it is then written further, if the model speaks it. Raises ``OfAnother``.
    """
    said = Said(LazyI18nString(model.title), model.purpose, model.audience, model.anonymous)
    written = language if language in model.languages else "en"
    draft = begin_questionnaire(holder=holder, key=key, said=said, language=written, ready_model=model.key)
    if draft.sections.exists() or not draft.is_draft:
        return draft  # sent twice
    draft.welcome, draft.thanks = LazyI18nString(model.welcome), LazyI18nString(model.thanks)
    draft.save()
    written_so_far: dict[str, Question] = {}
    for position, part in enumerate(model.sections):
        section = Section.objects.create(version=draft, position=position, title=LazyI18nString(part.title))
        for place, one in enumerate(part.questions):
            written_so_far[one.key] = _question(section, place, one)
            for on, answers in one.only_if.items():
                Condition.objects.create(
                    question=written_so_far[one.key], on=written_so_far[on], answers=answers
                )
    return draft


def _question(section: Section, position: int, said: ReadyQuestion) -> Question:
    question = Question.objects.create(
        version=section.version,
        section=section,
        position=position,
        key=said.key,
        kind=said.kind,
        text=LazyI18nString(said.text),
        help=LazyI18nString(said.help),
        low=LazyI18nString(said.low),
        high=LazyI18nString(said.high),
        minimum=said.minimum,
        maximum=said.maximum,
        most=said.most,
        code_list=said.code_list,
    )
    for axis, rows in ((Option.Axis.ANSWER, said.answers), (Option.Axis.LINE, said.lines)):
        for place, (key, label) in enumerate(rows.items()):
            Option.objects.create(
                question=question, axis=axis, position=place, key=key, label=LazyI18nString(label)
            )
    return question
