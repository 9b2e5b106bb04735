"""Questionnaires for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from i18nfield.strings import LazyI18nString

from parvis.centres.factories import LONG_AGO, words
from parvis.centres.models import Centre, Holder
from parvis.surveys.actions import answering, classes, collections, paper, questionnaires, versions
from parvis.surveys.models import (
    Audience,
    ClassRound,
    Collection,
    Condition,
    Option,
    PaperBatch,
    Purpose,
    Question,
    QuestionKind,
    Response,
    Section,
    Version,
    Way,
)


def a_draft(holder: Holder, title: LazyI18nString | None = None, **said: Any) -> Version:
    """The first draft of a questionnaire about satisfaction, with one empty section, in English and French."""
    usual: dict[str, Any] = {
        "title": title or words("Your visit", "Votre visite"),
        "purpose": Purpose.SATISFACTION,
        "audience": Audience.VISITOR,
    }
    wanted = questionnaires.Said(**usual | said)
    return questionnaires.begin_questionnaire(holder=holder, key=uuid4(), said=wanted, language="en")


def a_question_in(
    version: Version,
    key: str,
    kind: QuestionKind = QuestionKind.YES_NO,
    *,
    options: Sequence[str] = (),
    lines: Sequence[str] = (),
    only_if: Mapping[str, Sequence[str]] | None = None,
    **said: Any,
) -> Question:
    """One more question at the end of the last section; options and lines are worded by their keys.

    Scales and pairs go from 1 to 5 unless said otherwise.
    """
    section = Section.objects.filter(version=version).last() or Section.objects.create(version=version)
    scaled = kind in {QuestionKind.SCALE, QuestionKind.PAIR}
    usual: dict[str, Any] = {
        "text": words(f"About {key}?", f"À propos de {key} ?"),
        "position": section.questions.count(),
    } | ({"minimum": 1, "maximum": 5} if scaled else {})
    question = Question.objects.create(version=version, section=section, key=key, kind=kind, **usual | said)
    for axis, keys in ((Option.Axis.ANSWER, options), (Option.Axis.LINE, lines)):
        for position, one in enumerate(keys):
            label = words(f"{one} (en)", f"{one} (fr)")
            Option.objects.create(question=question, axis=axis, position=position, key=one, label=label)
    for on, answers in (only_if or {}).items():
        Condition.objects.create(
            question=question, on=Question.objects.get(version=version, key=on), answers=list(answers)
        )
    return question


def an_open_version(holder: Holder, **said: Any) -> Version:
    """Opened long ago in English and French, asking one question of each kind that needs no list.

    “again” (yes or no), then “why_not” (choice) only if not, “themes” (several), “welcome” (scale), “hours” (number), “since”
    (date), “places” (grid), “sure” (pair), “more” (text).
    """
    version = a_draft(holder, **said)
    kinds = QuestionKind
    a_question_in(version, "again", kinds.YES_NO)
    a_question_in(version, "why_not", kinds.CHOICE, options=["far", "wait"], only_if={"again": ["no"]})
    a_question_in(version, "themes", kinds.SEVERAL, options=["choose", "train", "job"])
    a_question_in(version, "welcome", kinds.SCALE)
    a_question_in(version, "hours", kinds.NUMBER, minimum=0, maximum=24)
    a_question_in(version, "since", kinds.DATE)
    a_question_in(version, "places", kinds.GRID, options=["good", "bad"], lines=["desk", "library"])
    a_question_in(version, "sure", kinds.PAIR)
    a_question_in(version, "more", kinds.TEXT)
    return versions.open_version(version=version, languages=["en", "fr"], on=LONG_AGO)


def a_collection(version: Version, holder: Holder | None = None, **put: Any) -> Collection:
    """By a link, since long ago, without an end, in all the version's languages, unless said otherwise."""
    usual: dict[str, Any] = {"way": Way.LINK, "opens_on": LONG_AGO, "languages": version.languages}
    return collections.open_collection(
        version=version,
        holder=holder or version.questionnaire.holder,
        key=uuid4(),
        put=collections.Put(**usual | put),
    )


def answered(collection: Collection, given: Mapping[str, Any], day: date, language: str = "en") -> Response:
    """Somebody answered on ``day``."""
    return answering.record_answers(
        collection=collection, key=uuid4(), language=language, given=given, day=day
    )


def asked_in(centre: Centre, **put: Any) -> Collection:
    """A centre asks each kind of question."""
    return a_collection(an_open_version(centre), **put)


def a_pile(collection: Collection, day: date, language: str = "en", sheets: int | None = None) -> PaperBatch:
    """Sheets filled in on ``day``, begun on that day."""
    pile = paper.Pile(day, language, sheets)
    return paper.begin_batch(collection=collection, key=uuid4(), pile=pile, on=day)


def a_class(
    version: Version, centre: Centre, day: date, *, pupils: int = 24, minutes: int = 30
) -> ClassRound:
    """The screen of a class, not begun, for ``day`` and the day after it."""
    put = collections.Put(
        way=Way.CLASS, opens_on=day, closes_on=day + timedelta(days=1), languages=version.languages
    )
    wanted = classes.Wanted(pupils, minutes)
    return classes.prepare_class(version=version, centre=centre, key=uuid4(), put=put, wanted=wanted)
