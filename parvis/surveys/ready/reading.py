"""Reads the ready models."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from i18nfield.strings import LazyI18nString

from parvis.surveys.models import Audience, Purpose, QuestionKind

HERE = Path(__file__).parent
SHARED = "words"
# In the order in which they are offered.
KEYS = (
    "visitor_satisfaction",
    "participant_satisfaction",
    "teacher_satisfaction",
    "partner_satisfaction",
    "trainee_satisfaction",
    "impact_before",
    "impact_after",
    "impact_three_months",
    "profile",
    "cooperation",
    "class_expectations",
)

Words = dict[str, str]  # language -> wording


@dataclass(frozen=True)
class ReadyQuestion:
    """One question. ``answers`` and ``lines`` by their keys, ``only_if`` by an earlier question's."""

    key: str
    kind: QuestionKind
    text: Words
    help: Words = field(default_factory=dict)
    low: Words = field(default_factory=dict)
    high: Words = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    most: int | None = None
    code_list: str = ""
    answers: Mapping[str, Words] = field(default_factory=dict)
    lines: Mapping[str, Words] = field(default_factory=dict)
    only_if: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadySection:
    """Questions under one heading, or under none."""

    title: Words
    questions: list[ReadyQuestion]


@dataclass(frozen=True)
class ReadyModel:
    """A whole questionnaire to start from."""

    key: str
    purpose: Purpose
    audience: Audience
    anonymous: bool
    title: Words
    welcome: Words
    thanks: Words
    sections: list[ReadySection]

    @property
    def shown_title(self) -> LazyI18nString:
        """Its title in the reader's language."""
        return LazyI18nString(self.title)

    @property
    def questions(self) -> int:
        """How many it asks."""
        return sum(len(section.questions) for section in self.sections)

    @property
    def languages(self) -> list[str]:
        """Those in which each of its texts is worded, in the settings' order."""
        texts = list(self.texts())
        return [code for code, _name in settings.LANGUAGES if all(code in text for text in texts)]

    def texts(self) -> Iterator[Words]:
        """Every text that it says."""
        yield from (text for text in (self.title, self.welcome, self.thanks) if text)
        for section in self.sections:
            yield from [section.title] if section.title else []
            for one in section.questions:
                yield from (text for text in (one.text, one.help, one.low, one.high) if text)
                yield from [*one.answers.values(), *one.lines.values()]


def ready_models() -> list[ReadyModel]:
    """All of them, in order."""
    return [ready_model(key) for key in KEYS]


@cache
def ready_model(key: str) -> ReadyModel:
    """One of them."""
    data = _read(key)
    return ReadyModel(
        key=key,
        purpose=Purpose(data["purpose"]),
        audience=Audience(data["audience"]),
        anonymous=data.get("anonymous", True),
        title=_words(data["title"]),
        welcome=_words(data.get("welcome", {})),
        thanks=_words(data.get("thanks", {})),
        sections=[
            ReadySection(_words(part.get("title", {})), [_question(one) for one in part["questions"]])
            for part in data["sections"]
        ],
    )


def _question(data: dict[str, Any]) -> ReadyQuestion:
    low, high = data.get("ends", [None, None])
    return ReadyQuestion(
        key=data["key"],
        kind=QuestionKind(data["kind"]),
        text=_words(data["text"]),
        help=_words(data.get("help", {})),
        low=_words(data.get("low", {})),
        high=_words(data.get("high", {})),
        minimum=low,
        maximum=high,
        most=data.get("most"),
        code_list=data.get("code_list", ""),
        answers={key: _words(text) for key, text in data.get("answers", {}).items()},
        lines={key: _words(text) for key, text in data.get("lines", {}).items()},
        only_if=data.get("only_if", {}),
    )


def _words(text: Words | str) -> Words:
    words: Words = _read(SHARED)[text] if isinstance(text, str) else text
    return words


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text())
