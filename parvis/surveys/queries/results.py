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
from parvis.surveys.models import Collection, Question, QuestionKind, Refusals, Response, Version, Words
from parvis.surveys.queries.choices import NO, YES, Choices, choices_of, questions_of
from parvis.surveys.queries.samples import Sampled, sampled
from parvis.surveys.sampling import Cluster, Estimate, estimate_mean, estimate_share

Row = dict[str, Any]


@dataclass(frozen=True)
class AnswerLine:
    """One answer that could be chosen. ``share`` and its ends in percent, of those who answered the question."""

    label: str
    n: int
    share: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Mean:
    """An average, with its interval where a sample gives one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Block:
    """One list of answers: a question's, or a line's of a grid. ``base``: how many answered it."""

    label: str
    base: int
    lines: list[AnswerLine]
    mean: Mean | None = None

    @property
    def is_shown(self) -> bool:
        """Whether enough answered."""
        return self.base >= THRESHOLD


@dataclass(frozen=True)
class Found:
    """What was answered to one question."""

    question: Question
    blocks: list[Block]
    texts: list[str] = field(default_factory=list)


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


def results(collection: Collection, until: date) -> Results:
    """Everything that was answered until today: a fixed number of queries."""
    version = Version.objects.whole().get(pk=collection.version_id)
    holder = collection.centre or collection.network
    rows = list(Response.objects.filter(collection=collection).order_by("pk").values_list("day", "answers"))
    refused: Counter[str] = Counter()
    for kind, number in Refusals.objects.filter(collection=collection).values_list("kind", "number"):
        refused[kind] += number
    sample = sampled(collection, until)
    texts = defaultdict(list)
    if len(rows) >= THRESHOLD:
        for key, text in (
            Words.objects.filter(collection=collection).order_by("text").values_list("question__key", "text")
        ):
            texts[key].append(text)
    choices = choices_of(version, holder, until)
    maker = _Maker(rows, choices, sample)
    found = [Found(one, maker.blocks(one), texts[one.key]) for one in questions_of(version)]
    return Results(
        collection,
        len(rows),
        refused[Refusals.Kind.DECLINED],
        refused[Refusals.Kind.UNFINISHED],
        found,
        sample,
        maker.merged,
    )


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


class _Maker:
    """Counts, and where hours were drawn estimates."""

    def __init__(self, rows: list[tuple[date, Row]], choices: Choices, sample: Sampled | None) -> None:
        self.rows, self.choices, self.sample = rows, choices, sample
        self.merged = False

    def blocks(self, question: Question) -> list[Block]:
        """A question's lists."""
        key = question.key
        said = [(day, row[key]) for day, row in self.rows if key in row]
        own = [(one.key, str(one.label)) for one in self.choices[question.pk]]
        points = [(str(point), str(point)) for point in question.points]
        match question.kind:
            case QuestionKind.CHOICE | QuestionKind.SEVERAL:
                return [self._block("", own, said)]
            case QuestionKind.YES_NO:
                return [self._block("", [(YES, _("Yes")), (NO, _("No"))], said)]
            case QuestionKind.SCALE:
                return [self._block("", points, said, number=True)]
            case QuestionKind.PAIR:
                names = {"before": pgettext("survey", "Before"), "now": pgettext("survey", "Now")}
                return [
                    self._block(
                        label, points, [(day, one[part]) for day, one in said if part in one], number=True
                    )
                    for part, label in names.items()
                ]
            case QuestionKind.GRID:
                return [
                    self._block(
                        str(line.label), own, [(day, one[line.key]) for day, one in said if line.key in one]
                    )
                    for line in question.lines
                ]
            case QuestionKind.NUMBER:
                return [self._block("", [], said, number=True)]
        return [Block("", len(said), [])]

    def _block(
        self,
        label: str,
        options: list[tuple[str, str]],
        said: list[tuple[date, Any]],
        *,
        number: bool = False,
    ) -> Block:
        if len(said) < THRESHOLD:
            return Block(label, len(said), [])
        values = [
            (day, {str(one) for one in (value if isinstance(value, list) else [value])})
            for day, value in said
        ]
        lines = [self._line(text, [(day, key in chosen) for day, chosen in values]) for key, text in options]
        return Block(label, len(said), lines, self._mean(said) if number else None)

    def _line(self, label: str, said: list[tuple[date, bool]]) -> AnswerLine:
        n = sum(yes for _day, yes in said)
        found = self._estimated(estimate_share, ((day, float(yes)) for day, yes in said))
        if found is None:
            return AnswerLine(label, n, 100 * n / len(said))
        ends = found.interval
        return AnswerLine(
            label, n, 100 * found.value, 100 * ends.low if ends else None, 100 * ends.high if ends else None
        )

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
