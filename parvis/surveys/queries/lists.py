"""Answers as lists: what each question offered, and what each who was asked chose of it. Results and tables are made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.surveys.conditions import asked
from parvis.surveys.models import Collection, Question, QuestionKind, Response, Version
from parvis.surveys.queries.choices import NO, YES, Choices, choices_of, path_of, questions_of

UNSAID = ""  # of those who were asked and did not say
MORE, SAME, LESS = "more", "same", "less"
CHANGE = "change"  # the part of a pair that says what became of it
Options = list[tuple[str, str]]
Row = dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """One list of answers: a question's, a line's of a grid, a half of a pair, or what changed between its halves.

    ``said``: for each response what was chosen, ``UNSAID`` where nothing was; None where the question was not asked.
    """

    question: Question
    part: str
    label: str
    options: Options
    said: Sequence[frozenset[str] | None]
    is_number: bool = False

    @property
    def key(self) -> str:
        """What an address calls it: “come”, “places.desk”."""
        return f"{self.question.key}.{self.part}" if self.part else self.question.key

    @property
    def title(self) -> str:
        """The question as it was asked, and which part of it."""
        return f"{self.question.text} {self.label}" if self.label else str(self.question.text)

    @property
    def several(self) -> bool:
        """Whether one person could give several of its answers."""
        return self.question.kind == QuestionKind.SEVERAL

    @property
    def is_for_some(self) -> bool:
        """Whether it was asked only after some answer to another question."""
        return bool(self.question.conditions.all())

    @property
    def base(self) -> int:
        """How many were asked."""
        return sum(one is not None for one in self.said)

    @property
    def answered(self) -> int:
        """How many of them said something."""
        return sum(one is not None and UNSAID not in one for one in self.said)

    @property
    def lines(self) -> Options:
        """Each answer with its wording, and last those who did not say, where there are any."""
        unsaid = [(UNSAID, pgettext("answer to a question", "Not communicated"))]
        return [*self.options, *(unsaid if self.answered < self.base else [])]


@dataclass(frozen=True)
class Answers:
    """What came to a survey within some days."""

    collection: Collection
    version: Version
    choices: Choices
    days: Sequence[date]
    rows: Sequence[Row]
    asked: Sequence[frozenset[str]]  # the keys of the questions that each was asked

    def lists(self) -> list[Listed]:
        """Every list of every question, in the order in which they were asked; of pairs also what changed."""
        found = []
        for question in questions_of(self.version):
            found += self.lists_of(question)
            if question.kind == QuestionKind.PAIR:
                found.append(self.change(question))
        return found

    def lists_of(self, question: Question) -> list[Listed]:
        """A question's own lists: none of a day, a number, or a few words."""
        own = [(one.key, str(one.label)) for one in self.choices[question.pk] if not one.is_silence]
        points = [(str(point), str(point)) for point in question.points]
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.SEVERAL:
                return [self._list(question, own)]
            case QuestionKind.YES_NO:
                return [self._list(question, [(YES, _("Yes")), (NO, _("No"))])]
            case QuestionKind.SCALE:
                return [self._list(question, points, is_number=True)]
            case QuestionKind.PAIR:
                names = {"before": pgettext("survey", "Before"), "now": pgettext("survey", "Now")}
                return [
                    self._list(question, points, part=key, label=label, is_number=True)
                    for key, label in names.items()
                ]
            case QuestionKind.GRID:
                return [
                    self._list(question, own, part=line.key, label=str(line.label)) for line in question.lines
                ]
        return []

    def change(self, question: Question) -> Listed:
        """Of a pair, in how many of the whole pairs it is more now, the same, or less."""
        names = [
            (MORE, pgettext("before and now", "More than before")),
            (SAME, pgettext("before and now", "The same")),
            (LESS, pgettext("before and now", "Less than before")),
        ]
        return Listed(question, CHANGE, "", names, self._said(question, _moved))

    def numbers(self, question: Question) -> list[tuple[date, float]]:
        """What was answered to a question about a number."""
        return [
            (day, float(row[question.key]))
            for day, row, shown in zip(self.days, self.rows, self.asked, strict=True)
            if question.key in shown and question.key in row
        ]

    def answered(self, question: Question) -> tuple[int, int]:
        """How many were asked a question, and how many of them said something."""
        rows = [row for row, shown in zip(self.rows, self.asked, strict=True) if question.key in shown]
        return len(rows), sum(question.key in row for row in rows)

    def _list(
        self,
        question: Question,
        options: Options,
        *,
        part: str = "",
        label: str = "",
        is_number: bool = False,
    ) -> Listed:
        silent = {one.key for one in self.choices[question.pk] if one.is_silence}

        def read(value: Any) -> Any:
            found = value.get(part) if part and value else value
            return None if isinstance(found, str) and found in silent else found

        return Listed(question, part, label, options, self._said(question, read), is_number)

    def _said(self, question: Question, read: Callable[[Any], Any]) -> list[frozenset[str] | None]:
        return [
            _chosen(read(row.get(question.key))) if question.key in shown else None
            for row, shown in zip(self.rows, self.asked, strict=True)
        ]


def answers_of(collection: Collection, until: date, *, since: date | None = None) -> Answers:
    """What was answered until a day, from ``since`` on where that is said: seven queries at most."""
    version = Version.objects.whole().get(pk=collection.version_id)
    holder = collection.centre or collection.network
    # Lists of the centre as they were when they were last asked.
    choices = choices_of(version, holder, min(until, collection.closes_on or until))
    found = Response.objects.filter(collection=collection, day__lte=until)
    found = found.filter(day__gte=since) if since else found
    rows = list(found.order_by("pk").values_list("day", "answers"))
    path = path_of(version, choices)
    shown = [frozenset(asked(path, row)) for _day, row in rows]
    return Answers(
        collection, version, choices, [day for day, _row in rows], [row for _day, row in rows], shown
    )


def _chosen(value: Any) -> frozenset[str]:
    if value in (None, [], {}):
        return frozenset([UNSAID])
    return frozenset(str(one) for one in (value if isinstance(value, list) else [value]))


def _moved(pair: Mapping[str, int] | None) -> str | None:
    if not pair or "before" not in pair or "now" not in pair:
        return None
    change = pair["now"] - pair["before"]
    return SAME if change == 0 else MORE if change > 0 else LESS
