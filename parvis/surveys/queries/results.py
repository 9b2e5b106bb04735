"""What came of a survey, question by question. Below ten answers nothing is broken down, for anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.shared.disclosure import STEP, THRESHOLD, protected_list
from parvis.shared.sheets import Cell
from parvis.surveys.conditions import asked
from parvis.surveys.models import Collection, Question, QuestionKind, Refusals, Response, Version, Words
from parvis.surveys.queries.choices import NO, YES, Choices, choices_of, path_of, questions_of
from parvis.surveys.queries.samples import Sampled, sampled
from parvis.surveys.sampling import Cluster, Estimate, estimate_mean, estimate_share

Row = dict[str, Any]
UNSAID = ""  # the line of those who were asked and did not say
MORE, SAME, LESS = "more", "same", "less"
LISTS = {
    QuestionKind.CHOICE,
    QuestionKind.SEVERAL,
    QuestionKind.YES_NO,
    QuestionKind.SCALE,
    QuestionKind.GRID,
    QuestionKind.PAIR,
}  # what can be told in lines


@dataclass(frozen=True)
class AnswerLine:
    """One answer that could be chosen. ``share`` and its ends in percent, of those who were asked the question."""

    key: str
    label: str
    n: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Mean:
    """An average of those who answered, with its interval where a sample gives one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Block:
    """One list of answers: a question's, a line's of a grid, a half of a pair, or what changed between its halves.

    ``base``: how many were asked; ``answered``: how many of them said something, the rest being a line of its own.
    """

    key: str
    label: str
    base: int
    answered: int
    lines: list[AnswerLine]
    mean: Mean | None = None

    @property
    def is_shown(self) -> bool:
        """Whether enough answered."""
        return self.answered >= THRESHOLD


@dataclass(frozen=True)
class Found:
    """What was answered to one question."""

    question: Question
    blocks: list[Block]
    texts: list[str] = field(default_factory=list)
    change: Block | None = None  # of a pair: for how many it is more now, the same, less

    @property
    def is_for_some(self) -> bool:
        """Whether it was asked only after some answer to another question."""
        return bool(self.question.conditions.all())


@dataclass(frozen=True)
class Results:
    """A whole survey."""

    collection: Collection
    answered: int
    declined: int
    unfinished: int
    found: list[Found]
    sampled: Sampled | None = None
    merged: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether enough answered to say what."""
        return self.answered >= THRESHOLD

    @property
    def rate_percent(self) -> int:
        """The part of those asked who answered, in percent."""
        return round(100 * (self.sampled.rate or 0)) if self.sampled else 0

    @property
    def method(self) -> str:
        """One sentence: how it is known, and from how many."""
        if one := self.sampled:
            units = {"half_day": _("half-days"), "hour": _("hours"), "day": _("days")}
            said = {
                "drawn": len(one.held),
                "slots": one.slots,
                "units": units[one.sample.unit],
                "answered": one.answered,
                "asked": one.asked,
            }
            return (
                _(
                    "Sample: asked in %(drawn)s drawn %(units)s of %(slots)s; %(answered)s of %(asked)s answered."
                )
                % said
            )
        return _(
            "Everybody who wanted to answer: %(n)s did. They were not drawn, so they stand for themselves."
        ) % {"n": self.answered}


def results(collection: Collection, until: date, *, since: date | None = None) -> Results:
    """Everything that was answered until a day, from ``since`` on where that is said: a fixed number of queries."""
    version = Version.objects.whole().get(pk=collection.version_id)
    holder = collection.centre or collection.network
    last = min(until, collection.closes_on or until)
    rows = _said(collection, since, until)
    refused: Counter[str] = Counter()
    declined = Refusals.objects.filter(collection=collection, day__lte=until)
    declined = declined.filter(day__gte=since) if since else declined
    for kind, number in declined.values_list("kind", "number"):
        refused[kind] += number
    sample = sampled(collection, until)
    texts = defaultdict(list)
    if len(rows) >= THRESHOLD and since is None:
        for key, text in (
            Words.objects.filter(collection=collection).order_by("text").values_list("question__key", "text")
        ):
            texts[key].append(text)
    choices = choices_of(version, holder, last)  # as they were when they were last asked
    maker = _Maker(version, rows, choices, sample)
    found = [
        Found(one, maker.blocks(one), texts[one.key], maker.change(one)) for one in questions_of(version)
    ]
    return Results(
        collection,
        len(rows),
        refused[Refusals.Kind.DECLINED],
        refused[Refusals.Kind.UNFINISHED],
        found,
        sample,
        maker.merged,
    )


def _said(collection: Collection, since: date | None, until: date) -> list[tuple[date, Row]]:
    found = Response.objects.filter(collection=collection, day__lte=until)
    found = found.filter(day__gte=since) if since else found
    return list(found.order_by("pk").values_list("day", "answers"))


def totals(found: Results) -> list[list[Cell]]:
    """What leaves the centre: question, line, answer, how many (rounded, small ones hidden), percent of those shown."""
    rows: list[list[Cell]] = []
    if not found.is_shown:
        return rows
    for one in found.found:
        for block in one.blocks:
            if not block.is_shown or not block.lines:
                continue
            base = STEP * round(block.base / STEP)
            for label, n in protected_list([(line.label, line.n) for line in block.lines]):
                share = None if n is None else min(100, round(100 * n / base))
                rows.append([str(one.question.text), block.label, label, n, share, base])
    return rows


Said = list[tuple[date, Any]]  # what each who was asked answered on a day; None where nothing was said


class _Maker:
    """Counts, and where hours were drawn estimates."""

    def __init__(
        self, version: Version, rows: list[tuple[date, Row]], choices: Choices, sample: Sampled | None
    ) -> None:
        path = path_of(version, choices)
        self.rows, self.choices, self.sample = rows, choices, sample
        self.asked = [set(asked(path, row)) for _day, row in rows]
        self.merged = False

    def said(self, key: str) -> Said:
        """What those who were asked answered to a question."""
        return [
            (day, row.get(key))
            for (day, row), shown in zip(self.rows, self.asked, strict=True)
            if key in shown
        ]

    def blocks(self, question: Question) -> list[Block]:
        """A question's lists."""
        said = self.said(question.key)
        own = [(one.key, str(one.label)) for one in self.choices[question.pk]]
        points = [(str(point), str(point)) for point in question.points]
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.SEVERAL:
                return [self._block("", "", own, said)]
            case QuestionKind.YES_NO:
                return [self._block("", "", [(YES, _("Yes")), (NO, _("No"))], said)]
            case QuestionKind.SCALE:
                return [self._block("", "", points, said, number=True)]
            case QuestionKind.PAIR:
                names = {"before": pgettext("survey", "Before"), "now": pgettext("survey", "Now")}
                return [
                    self._block(key, label, points, _of(said, key), number=True)
                    for key, label in names.items()
                ]
            case QuestionKind.GRID:
                return [
                    self._block(line.key, str(line.label), own, _of(said, line.key))
                    for line in question.lines
                ]
            case QuestionKind.NUMBER:
                return [self._block("", "", [], said, number=True)]
        return [Block("", "", len(said), sum(value is not None for _day, value in said), [])]

    def change(self, question: Question) -> Block | None:
        """Of a pair, in how many of the whole pairs it is more now, the same, or less."""
        if question.kind != QuestionKind.PAIR:
            return None
        names = [
            (MORE, pgettext("before and now", "More than before")),
            (SAME, pgettext("before and now", "The same")),
            (LESS, pgettext("before and now", "Less than before")),
        ]
        return self._block(
            "change", "", names, [(day, _moved(pair)) for day, pair in self.said(question.key)]
        )

    def _block(
        self, key: str, label: str, options: list[tuple[str, str]], said: Said, *, number: bool = False
    ) -> Block:
        told = [(day, value) for day, value in said if value not in (None, [])]
        if len(told) < THRESHOLD:
            return Block(key, label, len(said), len(told), [])
        values = [
            (
                day,
                {
                    str(one)
                    for one in (value if isinstance(value, list) else [UNSAID if value is None else value])
                },
            )
            for day, value in said
        ]
        values = [(day, chosen or {UNSAID}) for day, chosen in values]
        lines = [
            self._line(one, text, [(day, one in chosen) for day, chosen in values]) for one, text in options
        ]
        if options and len(told) < len(said):
            unsaid = pgettext("answer to a question", "Not communicated")
            lines.append(self._line(UNSAID, unsaid, [(day, UNSAID in chosen) for day, chosen in values]))
        return Block(key, label, len(said), len(told), lines, self._mean(told) if number else None)

    def _line(self, key: str, label: str, said: list[tuple[date, bool]]) -> AnswerLine:
        n = sum(yes for _day, yes in said)
        found = self._estimated(estimate_share, ((day, float(yes)) for day, yes in said))
        if found is None:
            return AnswerLine(key, label, n, 100 * n / len(said))
        ends = found.interval
        low, high = (100 * ends.low, 100 * ends.high) if ends else (None, None)
        return AnswerLine(key, label, n, 100 * found.value, low, high)

    def _mean(self, said: list[tuple[date, Any]]) -> Mean:
        found = self._estimated(estimate_mean, ((day, float(one)) for day, one in said))
        label = _("on average")
        if found is None:
            return Mean(label, sum(one for _day, one in said) / len(said))
        ends = found.interval
        return Mean(label, found.value, ends.low if ends else None, ends.high if ends else None)

    def _estimated(self, estimate: Any, said: Iterable[tuple[date, float]]) -> Estimate | None:
        """From the clusters of the drawn days; None where nothing was drawn."""
        if self.sample is None:
            return None
        sums: Mapping[date, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
        for day, value in said:
            one = sums[day]
            one[0] += 1
            one[1] += value
            one[2] += value * value
        by_day = {day: Cluster(int(n), total, squares) for day, (n, total, squares) in sums.items()}
        found: Estimate | None = estimate(self.sample.strata(by_day))
        self.merged = self.merged or bool(found and found.merged)
        return found


def _of(said: Said, key: str) -> Said:
    """One line of a grid, or one half of a pair."""
    return [(day, (value or {}).get(key)) for day, value in said]


def _moved(pair: Mapping[str, int] | None) -> str | None:
    if not pair or "before" not in pair or "now" not in pair:
        return None
    change = pair["now"] - pair["before"]
    return SAME if change == 0 else MORE if change > 0 else LESS
