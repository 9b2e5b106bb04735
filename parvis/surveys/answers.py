"""Answers as they are kept, and what is wrong with them as they were given.

What is kept for a question's key, by its kind: ``choice`` the key of the answer; ``several`` a list of keys in the order of the page;
``scale`` and ``number`` a whole number; ``yes_no`` “yes” or “no”; ``date`` a day as 2026-05-01; ``grid`` the key of an answer for the key
of each line; ``pair`` numbers for “before” and “now”; ``text`` true: the words themselves are kept apart. A question without an answer
is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from parvis.shared.free_text import Spotted, spot
from parvis.surveys.conditions import asked
from parvis.surveys.models import LONGEST, Question, QuestionKind, Version
from parvis.surveys.queries.choices import NO, YES, Choices, path_of, questions_of

PAIR = ("before", "now")


class Wrong(Enum):
    """What is wrong with an answer; ``parvis.surveys.visitor_messages`` has the sentences."""

    NEEDED = "needed"
    NOT_OFFERED = "not_offered"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DAY = "not_a_day"
    TOO_LONG = "too_long"
    NAMES_SOMEBODY = "names_somebody"


@dataclass(frozen=True)
class Fault:
    """What is wrong with the answer to one question, and the numbers or the words that the sentence about it quotes."""

    wrong: Wrong
    question: Question
    found: tuple[Spotted, ...] = ()


@dataclass
class Checked:
    """Answers to the questions that were asked; those to others are dropped."""

    answers: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)  # question's key -> what was written
    faults: dict[str, Fault] = field(default_factory=dict)


class _NotRight(Exception):
    def __init__(self, wrong: Wrong, found: tuple[Spotted, ...] = ()) -> None:
        self.wrong, self.found = wrong, found


def check(version: Version, choices: Choices, given: Mapping[str, Any], *, country: str) -> Checked:
    """``given`` (question's key -> what the page sent: texts, lists and mappings of texts) as it would be kept.

    Names are spotted as they are written in ``country``.
    """
    result = Checked()
    for question in questions_of(version):
        try:
            value = _value(question, choices, given.get(question.key), country)
        except _NotRight as refusal:
            result.faults[question.key] = Fault(refusal.wrong, question, refusal.found)
            continue
        if value in (None, [], {}, ""):
            if question.required:
                result.faults[question.key] = Fault(Wrong.NEEDED, question)
        elif question.kind == QuestionKind.TEXT:
            result.answers[question.key], result.words[question.key] = True, value
        else:
            result.answers[question.key] = value
    shown = set(asked(path_of(version, choices), result.answers))
    for part in (result.answers, result.words, result.faults):
        for key in part.keys() - shown:
            del part[key]
    return result


def _value(question: Question, choices: Choices, given: Any, country: str) -> Any:
    offered = [one.key for one in choices[question.pk]]
    match question.kind:
        case QuestionKind.CHOICE:
            return _one_of(given, offered)
        case QuestionKind.YES_NO:
            return _one_of(given, [YES, NO])
        case QuestionKind.SEVERAL:
            return _several(question, given, offered)
        case QuestionKind.SCALE | QuestionKind.NUMBER:
            return _number(question, given)
        case QuestionKind.PAIR:
            return _each(given, PAIR, lambda one: _number(question, one), whole=True)
        case QuestionKind.GRID:
            lines = [line.key for line in question.lines]
            return _each(given, lines, lambda one: _one_of(one, offered), whole=question.required)
        case QuestionKind.DATE:
            return _day(given)
        case _:
            return _text(given, country)


def _one_of(given: Any, offered: list[str]) -> str | None:
    if given in (None, ""):
        return None
    if not isinstance(given, str) or given not in offered:
        raise _NotRight(Wrong.NOT_OFFERED)
    return given


def _several(question: Question, given: Any, offered: list[str]) -> list[str]:
    chosen = [given] if isinstance(given, str) and given else list(given or [])
    if any(one not in offered for one in chosen):
        raise _NotRight(Wrong.NOT_OFFERED)
    if question.most and len(set(chosen)) > question.most:
        raise _NotRight(Wrong.TOO_MANY)
    return [one for one in offered if one in chosen]


def _number(question: Question, given: Any) -> int | None:
    if given in (None, ""):
        return None
    text = str(given).strip()
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise _NotRight(Wrong.NOT_A_NUMBER)
    number = int(text)
    too_low = question.minimum is not None and number < question.minimum
    if too_low or (question.maximum is not None and number > question.maximum):
        raise _NotRight(Wrong.OUT_OF_RANGE)
    return number


def _each(given: Any, lines: Any, read: Any, *, whole: bool) -> dict[str, Any]:
    """A value for each of ``lines``. Where it has to be ``whole``, one that is missing is asked for."""
    said = given if isinstance(given, Mapping) else {}
    if any(key not in lines for key in said):
        raise _NotRight(Wrong.NOT_OFFERED)
    found = {key: value for key in lines if (value := read(said.get(key))) is not None}
    if whole and found and len(found) < len(lines):
        raise _NotRight(Wrong.NEEDED)
    return found


def _day(given: Any) -> str | None:
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(str(given)).isoformat()
    except ValueError:
        raise _NotRight(Wrong.NOT_A_DAY) from None


def _text(given: Any, country: str) -> str | None:
    text = " ".join(str(given or "").replace("\x00", "").split())
    if len(text) > LONGEST:
        raise _NotRight(Wrong.TOO_LONG)
    if found := spot(text, country=country):
        raise _NotRight(Wrong.NAMES_SOMEBODY, tuple(found))
    return text or None
