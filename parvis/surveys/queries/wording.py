"""The texts of a version, in which languages they are worded, and which lack one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from i18nfield.strings import LazyI18nString

from parvis.surveys.fingerprints import words_of
from parvis.surveys.models import Question, Section, Version


@dataclass(frozen=True)
class Text:
    """One text of a version: the row and the column that hold it, and its wording by language."""

    name: str  # what a form calls it: “question-12-text”
    row: Model
    column: str
    words: dict[str, str]
    long: bool = False

    def in_language(self, language: str) -> str:
        """Its wording, or nothing."""
        return self.words.get(language, "")


def texts_of(version: Version) -> list[Text]:
    """Every text of a ``whole`` version that says something in some language, in the order of the page."""
    return [text for text in _all_texts(version) if text.words]


def missing_in(version: Version, language: str) -> list[Text]:
    """The texts of a ``whole`` version without a wording in ``language``."""
    return [text for text in texts_of(version) if not text.in_language(language)]


def _all_texts(version: Version) -> Iterator[Text]:
    yield _text("questionnaire", version.questionnaire, "title")
    yield _text("version", version, "welcome", long=True)
    for section in version.sections.all():
        yield from _of_section(section)
    yield _text("version", version, "thanks", long=True)


def _of_section(section: Section) -> Iterator[Text]:
    yield _text("section", section, "title")
    yield _text("section", section, "help")
    for question in section.questions.all():
        yield from _of_question(question)


def _of_question(question: Question) -> Iterator[Text]:
    for column in ("text", "help", "low", "high"):
        yield _text("question", question, column)
    for option in question.options.all():
        yield _text("option", option, "label")


def _text(kind: str, row: Model, column: str, *, long: bool = False) -> Text:
    value: LazyI18nString | str = getattr(row, column)
    return Text(f"{kind}-{row.pk}-{column}", row, column, words_of(value), long)
