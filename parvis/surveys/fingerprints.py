"""What a version says, as one text and its digest: whether an opened one is still what it was."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from i18nfield.strings import LazyI18nString

from parvis.surveys.models import Option, Question, Section, Version


def content_of(version: Version) -> dict[str, Any]:
    """All that a ``whole`` version says to people, in each language, as plain data."""
    return {
        "language": version.language,
        "languages": list(version.languages),
        "welcome": words_of(version.welcome),
        "thanks": words_of(version.thanks),
        "sections": [_section(section) for section in version.sections.all()],
    }


def fingerprint_of(version: Version) -> str:
    """The SHA-256 of what a ``whole`` version says."""
    said = json.dumps(content_of(version), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def is_unchanged(version: Version) -> bool:
    """Whether an opened version still says what it said when it was opened."""
    return version.fingerprint == fingerprint_of(version)


def words_of(text: LazyI18nString | str) -> dict[str, str]:
    """A text as language -> wording, without empty ones; a plain text stands under no language."""
    data = getattr(text, "data", text)
    if isinstance(data, dict):
        return {language: said for language, said in data.items() if said}
    return {"": str(data)} if data else {}


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": words_of(section.title),
        "help": words_of(section.help),
        "questions": [_question(question) for question in section.questions.all()],
    }


def _question(question: Question) -> dict[str, Any]:
    plain = ("key", "kind", "required", "minimum", "maximum", "most", "code_list")
    worded = ("text", "help", "low", "high")
    return {
        **{name: getattr(question, name) for name in plain},
        **{name: words_of(getattr(question, name)) for name in worded},
        "options": [_option(option) for option in question.options.all()],
        "only_if": {one.on.key: sorted(one.answers) for one in question.conditions.all()},
    }


def _option(option: Option) -> dict[str, Any]:
    return {"axis": option.axis, "key": option.key, "label": words_of(option.label)}
