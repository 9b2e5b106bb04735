"""A version as a page that is answered: sections, questions, fields, what was given so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any

from parvis.centres.models import Holder
from parvis.surveys.conditions import asked
from parvis.surveys.models import Question, QuestionKind, Section, Version
from parvis.surveys.queries.choices import NO, YES, Choices, choices_of, path_of, questions_of

PAIR = ("before", "now")  # as parvis.surveys.answers keeps it, which reads this package
FEW = 6  # answers that stand one below the other on a kiosk; more of them stand in two columns
OTHERS = {QuestionKind.GRID, QuestionKind.PAIR}


@dataclass(frozen=True)
class Offered:
    """One answer to tick: ``label`` is empty where it is the page's own word (yes, no)."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Line:
    """One row of answers. ``label`` is empty where the question itself says all; ``word`` is “before” or “now” of a pair."""

    name: str
    offered: list[Offered]
    label: str = ""
    word: str = ""


@dataclass(frozen=True)
class Field:
    """One question as it stands on the page. ``given``: the text of a number, a day, or a few words."""

    question: Question
    name: str
    lines: list[Line]
    given: str
    is_asked: bool
    only_if: str  # JSON: question's key -> values
    fault: str = ""
    number: int = 0  # as on the printed sheet

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.question.kind

    @property
    def is_scale(self) -> bool:
        """Whether its answers are points in a row, with a meaning at both ends."""
        return self.kind in {QuestionKind.SCALE, QuestionKind.PAIR}

    @property
    def is_long(self) -> bool:
        """Whether its answers are too many for one column of a kiosk."""
        return any(len(line.offered) > FEW for line in self.lines)


@dataclass(frozen=True)
class Part:
    """One section: a screen on a phone."""

    section: Section
    fields: list[Field]

    @property
    def is_asked(self) -> bool:
        """Whether one of its questions is."""
        return any(one.is_asked for one in self.fields)

    @property
    def has_fault(self) -> bool:
        """Whether something in it has to be put right."""
        return any(one.fault for one in self.fields)


@dataclass(frozen=True)
class Sheet:
    """The whole form."""

    version: Version
    parts: list[Part]
    at: int = 0  # which part is in front
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Whether nothing asked stands before the part in front."""
        return not any(part.is_asked for part in self.parts[: self.at])

    @property
    def is_last(self) -> bool:
        """Whether nothing asked follows it."""
        return not any(part.is_asked for part in self.parts[self.at + 1 :])

    @property
    def before(self) -> int:
        """Where “back” leads."""
        return max((n for n in range(self.at) if self.parts[n].is_asked), default=0)

    @property
    def after(self) -> int:
        """Where “go on” leads."""
        after = range(self.at + 1, len(self.parts))
        return min((n for n in after if self.parts[n].is_asked), default=self.at)


def sheet(
    version: Version,
    holder: Holder,
    day: date,
    *,
    given: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    at: int | None = None,
) -> Sheet:
    """The form of a ``whole`` version as ``holder`` puts it on ``day``: one statement at most."""
    choices = choices_of(version, holder, day)
    given, faults = given or {}, faults or {}
    shown = set(asked(path_of(version, choices), given))
    parts = [
        Part(section, [_field(one, choices, given, shown, faults) for one in section.questions.all()])
        for section in version.sections.all()
    ]
    parts = _numbered(parts)
    parts = [part for part in parts if part.fields]
    wrong = next((n for n, part in enumerate(parts) if part.has_fault), None)
    first = next((n for n, part in enumerate(parts) if part.is_asked), 0)
    front = wrong if wrong is not None else first if at is None else min(max(at, 0), len(parts) - 1)
    return Sheet(version, parts, front, faults)


def _numbered(parts: list[Part]) -> list[Part]:
    """Questions count on through the sections."""
    counter = count(1)
    return [
        replace(part, fields=[replace(one, number=next(counter)) for one in part.fields]) for part in parts
    ]


def given_of(version: Version, sent: Mapping[str, list[str]]) -> dict[str, Any]:
    """What a form sent, by question's key, as :func:`parvis.surveys.answers.check` reads it."""
    found: dict[str, Any] = {}
    for question in questions_of(version):
        name = f"q-{question.key}"
        if question.kind in OTHERS:
            keys = PAIR if question.kind == QuestionKind.PAIR else [line.key for line in question.lines]
            said: Any = {key: sent[f"{name}.{key}"][-1] for key in keys if sent.get(f"{name}.{key}")}
        elif question.kind == QuestionKind.SEVERAL:
            said = [one for one in sent.get(name, []) if one]
        else:
            said = (sent.get(name) or [""])[-1]
        if said:
            found[question.key] = said
    return found


def _field(
    question: Question,
    choices: Choices,
    given: Mapping[str, Any],
    shown: set[str],
    faults: Mapping[str, str],
) -> Field:
    conditions = {one.on.key: sorted(one.answers) for one in question.conditions.all()}
    said = given.get(question.key)
    return Field(
        question=question,
        name=f"q-{question.key}",
        lines=_lines(question, choices, said),
        given=said if isinstance(said, str) else "",
        is_asked=question.key in shown,
        only_if=json.dumps(conditions) if conditions else "",
        fault=faults.get(question.key, ""),
    )


def _lines(question: Question, choices: Choices, said: Any) -> list[Line]:
    name = f"q-{question.key}"
    points = [(str(point), str(point)) for point in question.points]
    own = [(one.key, str(one.label)) for one in choices[question.pk]]
    by_line = said if isinstance(said, Mapping) else {}
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.SEVERAL:
            return [Line(name, _offered(own, said))]
        case QuestionKind.YES_NO:
            return [Line(name, _offered([(YES, ""), (NO, "")], said))]
        case QuestionKind.SCALE:
            return [Line(name, _offered(points, said))]
        case QuestionKind.PAIR:
            return [Line(f"{name}.{key}", _offered(points, by_line.get(key)), word=key) for key in PAIR]
        case QuestionKind.GRID:
            return [
                Line(f"{name}.{one.key}", _offered(own, by_line.get(one.key)), str(one.label))
                for one in question.lines
            ]
    return []


def _offered(pairs: list[tuple[str, str]], said: Any) -> list[Offered]:
    chosen = {said} if isinstance(said, str) else set(said or [])
    return [Offered(value, label, value in chosen) for value, label in pairs]
