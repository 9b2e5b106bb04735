"""A draft is written: sections, questions, what can be answered, when a question is asked, and translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.db import transaction
from django.db.models import Max, Model
from i18nfield.strings import LazyI18nString

from parvis.centres.models import CodeList
from parvis.surveys.actions.versions import CannotBeReached, locked_draft
from parvis.surveys.conditions import Fault, faults
from parvis.surveys.fingerprints import words_of
from parvis.surveys.models import Condition, Option, Question, QuestionKind, Section, Version
from parvis.surveys.queries.choices import choices_of, path_of
from parvis.surveys.queries.wording import texts_of

Row = tuple[str, str]  # the key of an answer or a line, empty for a new one, and its wording


class StillUsed(Exception):
    """Other questions are asked only after this one, or the section has questions."""


@dataclass(frozen=True)
class QuestionSaid:
    """A question as it is written, in the language of its version; what its kind does not need is left out."""

    kind: QuestionKind
    text: LazyI18nString
    help: LazyI18nString | str = ""
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    low: LazyI18nString | str = ""
    high: LazyI18nString | str = ""
    most: int | None = None
    code_list: CodeList | str = ""
    answers: Sequence[Row] = field(default_factory=list)
    lines: Sequence[Row] = field(default_factory=list)


@transaction.atomic
def add_section(*, version: Version, title: LazyI18nString, help: LazyI18nString | str = "") -> Section:
    """One more section at the end; one of the same title is not added twice. Raises ``VersionIsFixed``."""
    version = locked_draft(version)
    for section in version.sections.all():
        if words_of(section.title) == words_of(title):
            return section
    last = version.sections.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return Section.objects.create(version=version, position=position, title=title, help=help)


@transaction.atomic
def change_section(*, section: Section, title: LazyI18nString, help: LazyI18nString | str = "") -> Section:
    """Word a section otherwise. Raises ``VersionIsFixed``."""
    section.version = locked_draft(section.version)
    section.title, section.help = title, help
    section.save()
    return section


@transaction.atomic
def remove_section(*, section: Section) -> None:
    """An empty section goes. Raises ``VersionIsFixed``, ``StillUsed``."""
    section.version = locked_draft(section.version)
    if section.questions.exists():
        raise StillUsed
    section.delete()


@transaction.atomic
def add_question(*, section: Section, key: str, said: QuestionSaid) -> Question:
    """One more question at the end of a section; the same ``key`` again returns the first. Raises ``VersionIsFixed``."""
    version = locked_draft(section.version)
    if before := Question.objects.filter(version=version, key=key).first():
        return before
    last = section.questions.aggregate(last=Max("position"))["last"]
    question = Question(
        version=version, section=section, key=key, kind=said.kind, position=0 if last is None else last + 1
    )
    _write(question, said)
    return question


@transaction.atomic
def change_question(*, question: Question, said: QuestionSaid) -> Question:
    """Write a question otherwise; its kind stays. Raises ``VersionIsFixed``."""
    question.version = locked_draft(question.version)
    _write(question, said)
    return question


def _write(question: Question, said: QuestionSaid) -> None:
    question.text, question.help, question.required = said.text, said.help, said.required
    question.minimum, question.maximum = said.minimum, said.maximum
    question.low, question.high = said.low, said.high
    question.most, question.code_list = said.most, said.code_list
    question.save()
    _write_rows(question, Option.Axis.ANSWER, said.answers)
    _write_rows(question, Option.Axis.LINE, said.lines)


def _write_rows(question: Question, axis: Option.Axis, rows: Sequence[Row]) -> None:
    """Those in ``rows`` stay or come, in their order; the others go. A changed wording drops its translations."""
    language = question.version.language
    there = {one.key: one for one in question.options.filter(axis=axis)}
    unused = {words_of(one.label).get(language): key for key, one in there.items()}
    kept: list[Option] = []
    for key, wording in rows:
        key = key or unused.get(wording, "")  # sent twice, a new one is there once
        option = there.get(key) or Option(
            question=question, axis=axis, key=_free_key(question, axis, kept), label=""
        )
        if option in kept:
            continue
        if words_of(option.label).get(language) != wording:
            option.label = LazyI18nString({language: wording})
        option.position = len(kept)
        option.save()
        kept.append(option)
    for option in there.values():
        if option not in kept:
            option.delete()


def _free_key(question: Question, axis: Option.Axis, kept: Sequence[Option]) -> str:
    """A key that no version of the questionnaire ever used in this question: an old answer never means something new."""
    versions = question.version.questionnaire.versions.all()
    used = Option.objects.filter(axis=axis, question__key=question.key, question__version__in=versions)
    taken = {*used.values_list("key", flat=True), *(one.key for one in kept)}
    return next(key for n in count(1) if (key := f"{axis[0]}{n}") not in taken)


@transaction.atomic
def remove_question(*, question: Question) -> None:
    """A question goes. Raises ``VersionIsFixed``, ``StillUsed`` where others are asked only after it."""
    question.version = locked_draft(question.version)
    if question.leads_to.exists():
        raise StillUsed
    question.delete()


@transaction.atomic
def ask_only_if(*, question: Question, conditions: Mapping[int, Sequence[str]], on_day: date) -> None:
    """When a question is asked: after which answers (row number of an earlier question -> values); always where there are none.

    Raises ``VersionIsFixed``, ``CannotBeReached``.
    """
    version = locked_draft(question.version)
    question.version = version
    for condition in question.conditions.all():
        condition.delete()
    for on in Question.objects.filter(version=version, pk__in=conditions):
        Condition.objects.create(question=question, on=on, answers=list(conditions[on.pk]))
    _refuse_what_cannot_be(version, [question.key], on_day)


@transaction.atomic
def put_in_order(
    *, version: Version, sections: Sequence[int], questions: Mapping[int, int], on_day: date
) -> None:
    """Sections in the order of their row numbers, and each question (in order) in its section (question -> section).

    What is left out stays behind, where it was. Raises ``VersionIsFixed``, ``CannotBeReached`` where a question would come
    before one on whose answer it depends.
    """
    version = locked_draft(version)
    own = {section.pk: section for section in version.sections.all()}
    order = [pk for pk in sections if pk in own]
    for position, pk in enumerate([*order, *(pk for pk in own if pk not in order)]):
        own[pk].position = position
        own[pk].save()
    there = {question.pk: question for question in version.questions.all()}
    order = [pk for pk in questions if pk in there]
    for position, pk in enumerate([*order, *(pk for pk in there if pk not in order)]):
        question = there[pk]
        question.position = position
        question.section_id = questions[pk] if questions.get(pk) in own else question.section_id
        question.save()
    _refuse_what_cannot_be(version, [question.key for question in there.values()], on_day)


def _refuse_what_cannot_be(version: Version, keys: Sequence[str], day: date) -> None:
    """Of these questions, one that comes too early or that no answers lead to."""
    whole = Version.objects.whole().get(pk=version.pk)
    holder = whole.questionnaire.holder
    wrong = faults(path_of(whole, choices_of(whole, holder, day)))
    refused = {key: fault for key, fault in wrong.items() if key in keys and fault != Fault.NO_SUCH_ANSWER}
    if refused:
        raise CannotBeReached(refused)


@transaction.atomic
def translate(*, version: Version, language: str, words: Mapping[str, str]) -> int:
    """Put wordings in ``language`` beside the others, by the names of ``texts_of``; an empty one takes it away.

    Returns how many changed. The language in which the version is written is not changed here. Raises ``VersionIsFixed``.
    """
    locked_draft(version)
    changed: dict[tuple[type[Model], int], Model] = {}
    n = 0
    whole = Version.objects.whole().get(pk=version.pk)
    for text in texts_of(whole):
        wording = words.get(text.name)
        if language == whole.language or wording is None or wording == text.in_language(language):
            continue
        said = {code: one for code, one in text.words.items() if code != language}
        setattr(text.row, text.column, LazyI18nString(said | ({language: wording} if wording else {})))
        changed[type(text.row), int(text.row.pk)] = text.row
        n += 1
    for row in changed.values():
        row.save()
    return n


@transaction.atomic
def write_around(*, version: Version, welcome: LazyI18nString, thanks: LazyI18nString) -> Version:
    """What stands before the first question and after the last one. Raises ``VersionIsFixed``."""
    now = locked_draft(version)
    now.welcome, now.thanks = welcome, thanks
    now.save()
    return now
