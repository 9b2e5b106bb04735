"""What came of a survey, question by question. Below ten answers nothing is broken down, for anybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from parvis.shared.disclosure import STEP, THRESHOLD, protected_list
from parvis.shared.sheets import Cell
from parvis.surveys.models import Collection, Question, QuestionKind, Refusals, Words
from parvis.surveys.queries.choices import questions_of
from parvis.surveys.queries.lists import UNSAID, Answers, Listed, answers_of
from parvis.surveys.queries.samples import Sampled, sampled
from parvis.surveys.sampling import Cluster, Estimate, estimate_mean, estimate_share

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
    answers = answers_of(collection, until, since=since)
    refused: Counter[str] = Counter()
    declined = Refusals.objects.filter(collection=collection)
    declined = declined.filter(day__gte=since, day__lte=until) if since else declined
    for kind, number in declined.values_list("kind", "number"):
        refused[kind] += number
    sample = sampled(collection, until)
    texts = defaultdict(list)
    if len(answers.rows) >= THRESHOLD and since is None:
        for key, text in (
            Words.objects.filter(collection=collection).order_by("text").values_list("question__key", "text")
        ):
            texts[key].append(text)
    maker = _Maker(answers, sample)
    found = [
        Found(one, maker.blocks(one), texts[one.key], maker.change(one))
        for one in questions_of(answers.version)
    ]
    return Results(
        collection,
        len(answers.rows),
        refused[Refusals.Kind.DECLINED],
        refused[Refusals.Kind.UNFINISHED],
        found,
        sample,
        maker.merged,
    )


def totals(found: Results) -> list[list[Cell]]:
    """What a class reads of itself, once: question, line, answer, how many (rounded, small ones hidden), percent of those shown."""
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


class _Maker:
    """Counts, and where hours were drawn estimates."""

    def __init__(self, answers: Answers, sample: Sampled | None) -> None:
        self.answers, self.sample = answers, sample
        self.merged = False

    def blocks(self, question: Question) -> list[Block]:
        """A question's lists; of a number its mean."""
        if question.kind in LISTS:
            return [self._block(one) for one in self.answers.lists_of(question)]
        asked, answered = self.answers.answered(question)
        is_told = question.kind == QuestionKind.NUMBER and answered >= THRESHOLD
        mean = self._mean(self.answers.numbers(question)) if is_told else None
        return [Block("", "", asked, answered, [], mean)]

    def change(self, question: Question) -> Block | None:
        """Of a pair, in how many of the whole pairs it is more now, the same, or less."""
        return self._block(self.answers.change(question)) if question.kind == QuestionKind.PAIR else None

    def _block(self, one: Listed) -> Block:
        said = [
            (day, chosen)
            for day, chosen in zip(self.answers.days, one.said, strict=True)
            if chosen is not None
        ]
        if one.answered < THRESHOLD:
            return Block(one.part, one.label, one.base, one.answered, [])
        lines = [
            self._line(key, label, [(day, key in chosen) for day, chosen in said]) for key, label in one.lines
        ]
        points = [
            (day, float(each)) for day, chosen in said for each in chosen if one.is_number and each != UNSAID
        ]
        mean = self._mean(points) if one.is_number else None
        return Block(one.part, one.label, one.base, one.answered, lines, mean)

    def _line(self, key: str, label: str, said: list[tuple[date, bool]]) -> AnswerLine:
        n = sum(yes for _day, yes in said)
        found = self._estimated(estimate_share, ((day, float(yes)) for day, yes in said))
        if found is None:
            return AnswerLine(key, label, n, 100 * n / len(said))
        ends = found.interval
        low, high = (100 * ends.low, 100 * ends.high) if ends else (None, None)
        return AnswerLine(key, label, n, 100 * found.value, low, high)

    def _mean(self, said: list[tuple[date, float]]) -> Mean:
        found = self._estimated(estimate_mean, said)
        label = _("on average")
        if found is None:
            return Mean(label, sum(one for _day, one in said) / len(said))
        ends = found.interval
        return Mean(label, found.value, ends.low if ends else None, ends.high if ends else None)

    def _estimated(self, estimate: Any, said: Iterable[tuple[date, float]]) -> Estimate | None:
        """From the clusters of the drawn days; None where nothing was drawn."""
        if self.sample is None:
            return None
        found: Estimate | None = estimate(self.sample.strata(clusters(said)))
        self.merged = self.merged or bool(found and found.merged)
        return found


def clusters(said: Iterable[tuple[date, float]]) -> dict[date, Cluster]:
    """Answers with their values, day by day."""
    sums: Mapping[date, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for day, value in said:
        one = sums[day]
        one[0] += 1
        one[1] += value
        one[2] += value * value
    return {day: Cluster(int(n), total, squares) for day, (n, total, squares) in sums.items()}
