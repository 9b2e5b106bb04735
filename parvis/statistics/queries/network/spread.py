"""How figures spread over a network: the middle, the quarters, the ends; and where one centre stands in it, without any place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import quantiles

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.rota.periods import Period
from parvis.statistics.queries.network.indicators import Indicator, indicators

LEAST = 5  # centres: of fewer, the ends would be somebody’s


@dataclass(frozen=True)
class Ends:
    """Lowest, a quarter below, the middle, a quarter above, highest."""

    lowest: float
    lower: float
    middle: float
    upper: float
    highest: float


@dataclass(frozen=True)
class Band:
    """One indicator over the network. ``own``: of the centre that looks at it; of a coordinator, nobody’s."""

    indicator: Indicator
    centres: int
    ends: Ends | None
    own: float | None

    @property
    def n(self) -> int:
        """How many centres gave it."""
        return len(self.indicator.values)

    def said(self, value: float | None) -> str:
        """A figure with its unit, as people read it."""
        if value is None:
            return "–"
        number = number_format(value, self.indicator.decimals, use_l10n=True)
        return f"{number}\u00a0{self.indicator.unit}" if self.indicator.unit else number

    @property
    def own_said(self) -> str:
        """The centre's own figure; empty where it has none."""
        return "" if self.own is None else self.said(self.own)

    @property
    def figures(self) -> list[str]:
        """The five ends, in words."""
        if self.ends is None:
            return ["–"] * 5
        ends = self.ends
        return [self.said(one) for one in (ends.lowest, ends.lower, ends.middle, ends.upper, ends.highest)]

    @property
    def scale(self) -> float:
        """Where the picture ends: a hundred percent, or a little beyond the highest."""
        if self.indicator.unit == "%":
            return 100
        highest = max(self.ends.highest if self.ends else 0, self.own or 0)
        return highest * 1.1 or 1

    def across(self, value: float) -> str:
        """A place in the picture, in percent of its width."""
        return f"{100 * min(value, self.scale) / self.scale:.2f}"

    @property
    def picture(self) -> dict[str, str] | None:
        """Places of the marks; nothing where there is no spread."""
        if self.ends is None:
            return None
        ends = self.ends
        marks = {
            "from_end": self.across(ends.lowest),
            "ends": f"{100 * (ends.highest - ends.lowest) / self.scale:.2f}",
            "from_quarter": self.across(ends.lower),
            "quarters": f"{100 * (ends.upper - ends.lower) / self.scale:.2f}",
            "middle": self.across(ends.middle),
        }
        return marks | ({"own": self.across(self.own)} if self.own is not None else {})

    @property
    def sentence(self) -> str:
        """The picture in words."""
        if self.ends is None:
            return _(
                "%(n)s of %(all)s centres gave this figure; from %(least)s on, the network’s spread is shown."
            ) % {
                "n": self.n,
                "all": self.centres,
                "least": LEAST,
            }
        lowest, lower, _middle, upper, highest = self.figures
        return _(
            "Half of the centres lie between %(lower)s and %(upper)s, all between %(lowest)s and %(highest)s."
        ) % {
            "lower": lower,
            "upper": upper,
            "lowest": lowest,
            "highest": highest,
        }


def spread(centres: Sequence[Centre], period: Period, at: datetime, own: Centre | None = None) -> list[Band]:
    """Every indicator that any centre gave, in the order of the list; ``own`` marks a centre’s own figure."""
    return [
        Band(one, len(centres), _ends(one), one.values.get(own.pk) if own else None)
        for one in indicators(centres, period, at)
        if one.values
    ]


def _ends(indicator: Indicator) -> Ends | None:
    values = sorted(indicator.values.values())
    if len(values) < LEAST:
        return None
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    places = indicator.decimals
    return Ends(values[0], round(lower, places), round(middle, places), round(upper, places), values[-1])
