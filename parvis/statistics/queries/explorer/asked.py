"""What somebody asks in the explorer, as it stands in the address; and the question that it puts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from parvis.statistics.cube.dimensions import start_of
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Question, Value
from parvis.statistics.protection import Audience
from parvis.statistics.queries.explorer.periods import (
    DAY,
    Period,
    a_year_before,
    period_before,
    starts_within,
)
from parvis.statistics.queries.explorer.words import Vocabulary, in_address
from parvis.statistics.ways_out import Kind


class Compare(StrEnum):
    """With which other period."""

    BEFORE = "before"
    YEAR = "year"


class Measure(StrEnum):
    """What is told of each cell. All but the number is for waits only."""

    NUMBER = "number"
    HALF = "half"
    NINE_IN_TEN = "nine-in-ten"


FLOWS = (Dimension.NEED, Dimension.SERVICE, Dimension.REDIRECTION)


@dataclass(frozen=True)
class Asked:
    """A question in the words of the page. ``rows`` none: one line that is the whole."""

    unit: Unit
    period: Period
    rows: Dimension | None = None
    columns: Dimension | None = None
    each: Dimension | None = None  # a table for each of its values
    where: Mapping[Dimension, frozenset[Value]] = field(default_factory=dict)
    compare: Compare | None = None
    in_network_words: bool = False
    picture: Kind | None = None  # none: the one that fits
    measure: Measure = Measure.NUMBER

    @property
    def flows(self) -> bool:
        """Whether it asks for the way from need to service to redirection."""
        return self.picture is Kind.FLOWS

    @property
    def by(self) -> tuple[Dimension, ...]:
        if self.flows:
            return FLOWS
        return tuple(one for one in (self.rows, self.columns, self.each) if one)

    @property
    def other(self) -> Period | None:
        """The period compared with."""
        if self.compare is None or self.flows:
            return None
        return period_before(self.period) if self.compare is Compare.BEFORE else a_year_before(self.period)

    def until(self, today: date, audience: Audience) -> Asked:
        """The same, no further than this audience can be told: the team's today, for others the last month that is over."""
        last = today
        if audience is not Audience.TEAM and self.period.last >= today:
            span = Dimension.WEEK if Dimension.WEEK in self.by else Dimension.MONTH
            over = start_of(span, today) - DAY
            # Nothing of it is over yet: left as it is, to be refused with its reason.
            last = over if over >= self.period.first else self.period.last
        return replace(self, period=self.period.cut(last))

    def question(self, centres: frozenset[int], period: Period | None = None) -> Question:
        """What the engine is asked."""
        over = period or self.period
        return Question(
            self.unit, self.by, over.first, over.last, centres, dict(self.where), self.in_network_words
        )

    def address(self, words: Vocabulary, **other: str) -> str:
        """Everything after the question mark, with readable names."""
        pairs = [("count", in_address_of_unit(self.unit))]
        for name, dimension in (("rows", self.rows), ("columns", self.columns), ("each", self.each)):
            if dimension and not self.flows:
                pairs.append((name, in_address(dimension)))
        pairs.append(("period", self.period.name))
        if self.compare:
            pairs.append(("compare", self.compare.value))
        if self.in_network_words:
            pairs.append(("words", "network"))
        if self.measure is not Measure.NUMBER:
            pairs.append(("measure", self.measure.value))
        if self.picture:
            pairs.append(("picture", self.picture.value))
        for dimension, values in self.where.items():
            keys = sorted(words.word(dimension, value).key for value in values)
            pairs += [(in_address(dimension), key) for key in keys]
        return urlencode([*pairs, *other.items()])


def in_address_of_unit(unit: Unit) -> str:
    """How a unit is called in an address."""
    return unit.value.replace("_", "-")


def matched(dimension: Dimension, now: Period, then: Period) -> dict[Value, Value]:
    """Spans of the one period -> those of the other, in order: the third month with the third."""

    def starts(period: Period) -> list[date]:
        return list(starts_within(dimension, period.first, period.whole_last, period.begins))

    return dict(zip(starts(now), starts(then), strict=False))
