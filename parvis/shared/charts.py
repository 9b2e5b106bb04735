"""Small charts drawn by the server: SVG whose text stays readable on a phone, and always the same data as a table.

Positions are percentages of the width and pixels of the height, so nothing is scaled and nothing needs a script.
In a right-to-left page the same figures run from right to left. ``{% chart figure %}`` renders any of the four.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi

Text = str | Promise
Value = float | int | None
HEIGHT = 200  # pixels from the base line to the top one
TOP = 12  # pixels above, so that the highest figure is not cut
USUAL = ("petrol", "sun", "plum", "leaf", "coral", "sky", "clay", "moss", "rose", "slate")


@dataclass(frozen=True)
class Series:
    """One line or one colour of columns: a value per label, ``None`` where there is none."""

    label: Text
    values: Sequence[Value]
    tint: str = ""


@dataclass(frozen=True)
class Row:
    """One bar. ``tint`` and ``shape`` are its theme's, where it stands for one."""

    label: Text
    value: Value
    tint: str = "petrol"
    shape: str = ""
    note: Text = ""

    @property
    def said(self) -> str:
        return said(self.value)


@dataclass(frozen=True)
class Bars:
    """Bars from the reading side, one a row, longest scale shared: contacts by theme."""

    title: Text
    unit: Text
    rows: Sequence[Row]
    note: Text = ""
    template = "shared/charts/bars.html"

    @property
    def lengths(self) -> list[tuple[Row, str]]:
        """Each row with its length in percent of the longest."""
        longest = max([row.value or 0 for row in self.rows], default=0) or 1
        return [(row, _number(100 * (row.value or 0) / longest)) for row in self.rows]


@dataclass(frozen=True)
class Heat:
    """A table whose cells darken with their value: arrivals by hour and weekday. The table is the chart.

    ``closed``: places (row, column) without a value that are hatched rather than a dash: nothing could happen there.
    """

    title: Text
    unit: Text
    columns: Sequence[Text]
    rows: Sequence[tuple[Text, Sequence[Value]]]
    note: Text = ""
    closed: Collection[tuple[int, int]] = ()
    template = "shared/charts/heat.html"

    @property
    def cells(self) -> list[tuple[Text, list[tuple[str, int]]]]:
        """Each row's label and its cells: the figure in words and a step from 0 (nothing) to 5 (the most), -1 where closed."""
        most = max((value or 0 for _label, values in self.rows for value in values), default=0) or 1
        return [
            (
                label,
                [
                    (said(value), -1 if (row, place) in self.closed else ceil(5 * (value or 0) / most))
                    for place, value in enumerate(values)
                ],
            )
            for row, (label, values) in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Tick:
    """A line across the plot and its figure."""

    y: str
    label: str


@dataclass(frozen=True)
class Mark:
    """One column, or one point of a line with the way to it; percentages across, pixels down."""

    x: str
    y: str
    width: str
    height: str
    series: int
    tint: str
    title: str
    from_x: str = ""
    from_y: str = ""


@dataclass(frozen=True)
class _Plot:
    """What columns and lines share: labels along the base, one or several series, a scale from 0."""

    title: Text
    unit: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    note: Text = ""
    across: Text = ""  # what the labels are: "Hour"; heads the table's first column
    height: int = field(default=HEIGHT + TOP + 2)
    table_elsewhere: bool = False  # the page has these figures as a table below already

    @property
    def base(self) -> int:
        return HEIGHT + TOP

    @property
    def legend(self) -> list[tuple[Text, str, int]]:
        """Label, tint and number of each series; empty for a single one, which the title names."""
        if len(self.series) < 2:
            return []
        return [(series.label, self._tint(number), number) for number, series in enumerate(self.series)]

    @property
    def ticks(self) -> list[Tick]:
        step = _step(self.highest)
        count = max(1, ceil(self.highest / step))
        return [Tick(_number(self._y(number * step)), said(number * step)) for number in range(count + 1)]

    @property
    def table(self) -> list[tuple[Text, list[str]]]:
        """Each label with the figures of every series, in words."""
        return [
            (label, [said(series.values[place]) for series in self.series])
            for place, label in enumerate(self.labels)
        ]

    @property
    def base_labels(self) -> list[tuple[str, Text, bool]]:
        """Place in percent, label, and whether it gives way where room is short."""
        every = ceil(len(self.labels) / 6)
        return [
            (_number(_across((place + 0.5) * self.band)), label, place % every != 0)
            for place, label in enumerate(self.labels)
        ]

    @property
    def highest(self) -> float:
        return max((value or 0 for series in self.series for value in series.values), default=0) or 1

    @property
    def band(self) -> float:
        return 100 / max(1, len(self.labels))

    def _tint(self, number: int) -> str:
        return self.series[number].tint or USUAL[number % len(USUAL)]

    def _y(self, value: float) -> float:
        step = _step(self.highest)
        top = step * max(1, ceil(self.highest / step))
        return TOP + HEIGHT * (1 - value / top)

    def _said(self, place: int, series: Series) -> str:
        named = f"{self.labels[place]}, {series.label}" if len(self.series) > 1 else str(self.labels[place])
        return f"{named}: {said(series.values[place])} {self.unit}"


@dataclass(frozen=True)
class Columns(_Plot):
    """Columns over hours, days or months; several series stand side by side, or on each other when ``stacked``."""

    stacked: bool = False
    template = "shared/charts/columns.html"

    @property
    def highest(self) -> float:
        if not self.stacked:
            return super().highest
        sums = [sum(series.values[place] or 0 for series in self.series) for place in range(len(self.labels))]
        return max(sums, default=0) or 1

    @property
    def marks(self) -> list[Mark]:
        return list(self._marks())

    def _marks(self) -> Iterator[Mark]:
        share = 1 if self.stacked else max(1, len(self.series))
        width = self.band * 0.72 / share
        for place in range(len(self.labels)):
            below = 0.0
            for number, series in enumerate(self.series):
                value = series.values[place] or 0
                start = place * self.band + self.band * 0.14 + (0 if self.stacked else number * width)
                top, foot = self._y(below + value), self._y(below)
                below += value if self.stacked else 0
                if value:
                    yield Mark(
                        _number(_across(start, width)),
                        _number(top),
                        _number(width),
                        _number(foot - top),
                        number,
                        self._tint(number),
                        self._said(place, series),
                    )


@dataclass(frozen=True)
class Lines(_Plot):
    """Lines over time. A gap in the values is a gap in the line, never a guess."""

    template = "shared/charts/lines.html"

    @property
    def marks(self) -> list[Mark]:
        return [mark for number in range(len(self.series)) for mark in self._marks(number)]

    def _marks(self, number: int) -> Iterator[Mark]:
        series, before = self.series[number], ("", "")
        for place, value in enumerate(series.values):
            if value is None:
                before = ("", "")
                continue
            here = _number(_across((place + 0.5) * self.band)), _number(self._y(value))
            yield Mark(*here, "0", "0", number, self._tint(number), self._said(place, series), *before)
            before = here


def said(value: Value) -> str:
    """A figure in the page's language; a dash where there is none."""
    if value is None:
        return "–"
    decimals = 0 if float(value).is_integer() else 1
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def _across(start: float, width: float = 0) -> float:
    """A place along the base, from the side where reading starts."""
    return 100 - start - width if get_language_bidi() else start


def _number(value: float) -> str:
    """A coordinate: never in the page's language, where a comma could stand for the point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _step(highest: float) -> float:
    """A distance of 1, 2 or 5 times a power of ten that gives three to five lines."""
    rough = highest / 4
    power = 10 ** floor(log10(rough)) if rough > 0 else 1
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough) if highest > 4 else 1
