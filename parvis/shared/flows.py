"""What goes on to what, drawn as bands between columns (a Sankey): from need to service to redirection.

Drawn by the server like ``parvis.shared.charts``: across in percent, down in pixels. A band is as thick as its figure; a box as
its bands, on the side that has more of them. The page has the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi

from parvis.shared.charts import USUAL, said

Text = str | Promise
BOX = 2.0  # percent of the width
GAP = 10.0  # pixels between the boxes of a column
ROOM = 20.0  # pixels that a box and its label take at least


@dataclass(frozen=True)
class Flow:
    """From box ``start`` of a column to box ``end`` of the next, both counted from 0."""

    start: int
    end: int
    value: float


@dataclass(frozen=True)
class Box:
    """A box and its label: percentages across, pixels down."""

    x: float
    y: float
    height: float
    tint: str
    label: Text
    said: str
    anchor: str  # "start" or "end" of the label, seen from where reading starts
    label_x: float
    short: str  # the label, as far as there is room for it


@dataclass(frozen=True)
class Band:
    """A band in a square of 100 across and the picture's height down; ``title`` says it whole."""

    path: str
    tint: str
    title: str


@dataclass(frozen=True)
class Flows:
    """``columns``: each one's heading and boxes (label, figure as it is said). ``steps``: the flows from each column to the next."""

    title: Text
    unit: Text
    columns: Sequence[tuple[Text, Sequence[tuple[Text, str]]]]
    steps: Sequence[Sequence[Flow]]
    note: Text = ""
    tints: Sequence[str] = field(default=USUAL)
    template = "shared/charts/flows.html"

    @property
    def height(self) -> int:
        """Pixels down: enough for the column with most boxes."""
        return max(280, round(max((len(boxes) for _head, boxes in self.columns), default=1) * (ROOM + 16)))

    @property
    def heads(self) -> list[tuple[float, Text, str]]:
        """Place, heading and anchor of each column."""
        return [(self._label_x(n), head, self._anchor(n)) for n, (head, _boxes) in enumerate(self.columns)]

    @property
    def boxes(self) -> list[Box]:
        return [
            Box(
                self._x(column),
                top,
                thick,
                self._tint(place),
                label,
                words,
                self._anchor(column),
                self._label_x(column),
                _short(str(label), 40 if column == 0 else 24),
            )
            for column, (_head, boxes) in enumerate(self.columns)
            for place, ((label, words), (top, thick)) in enumerate(
                zip(boxes, self._placed(column), strict=True)
            )
        ]

    @property
    def bands(self) -> list[Band]:
        """Every flow, the thickest first so that the thin ones lie above."""
        found = [band for step in range(len(self.steps)) for band in self._bands(step)]
        return [band for _thick, band in sorted(found, key=lambda pair: -pair[0])]

    def _bands(self, step: int) -> list[tuple[float, Band]]:
        starts, ends = self._placed(step), self._placed(step + 1)
        used_start, used_end = [top for top, _n in starts], [top for top, _n in ends]
        found = []
        for flow in sorted(self.steps[step], key=lambda one: (one.start, one.end)):
            thick = flow.value * self._scale
            top, foot = used_start[flow.start], used_end[flow.end]
            used_start[flow.start] += thick
            used_end[flow.end] += thick
            found.append(
                (
                    thick,
                    Band(self._path(step, top, foot, thick), self._tint(flow.start), self._title(step, flow)),
                )
            )
        return found

    def _title(self, step: int, flow: Flow) -> str:
        start, end = self.columns[step][1][flow.start][0], self.columns[step + 1][1][flow.end][0]
        arrow = "←" if get_language_bidi() else "→"
        return f"{start} {arrow} {end}: {said(flow.value)} {self.unit}"

    def _path(self, step: int, top: float, foot: float, thick: float) -> str:
        a, b = self._x(step), self._x(step + 1)
        a, b = (a, b + BOX) if get_language_bidi() else (a + BOX, b)
        half = (a + b) / 2
        points = [
            a,
            top,
            half,
            top,
            half,
            foot,
            b,
            foot,
            b,
            foot + thick,
            half,
            foot + thick,
            half,
            top + thick,
            a,
            top + thick,
        ]
        return "M{} {}C{} {} {} {} {} {}L{} {}C{} {} {} {} {} {}Z".format(
            *(f"{point:.1f}" for point in points)
        )

    @property
    def _scale(self) -> float:
        """Pixels of thickness per one of the unit: the fullest column just fits."""
        most = max((sum(self._sizes(n)) for n in range(len(self.columns))), default=0) or 1
        longest = max((len(boxes) for _head, boxes in self.columns), default=1)
        return (self.height - longest * ROOM) / most

    def _sizes(self, column: int) -> list[float]:
        count = len(self.columns[column][1])
        into, out = [0.0] * count, [0.0] * count
        for flow in self.steps[column - 1] if column else ():
            into[flow.end] += flow.value
        for flow in self.steps[column] if column < len(self.steps) else ():
            out[flow.start] += flow.value
        return [max(pair) for pair in zip(into, out, strict=True)]

    def _placed(self, column: int) -> list[tuple[float, float]]:
        """Top and thickness of each box of a column, spread over the height so that labels do not touch."""
        thick = [size * self._scale for size in self._sizes(column)]
        room = [max(one + GAP, ROOM) for one in thick]
        spare = max(0.0, self.height - sum(room)) / max(1, len(room))
        found, at = [], 0.0
        for one, place in zip(thick, room, strict=True):
            found.append((at + spare / 2, one))
            at += place + spare
        return found

    def _x(self, column: int) -> float:
        start = column * (100 - BOX) / max(1, len(self.columns) - 1)
        return 100 - BOX - start if get_language_bidi() else start

    def _anchor(self, column: int) -> str:
        return "end" if column and column == len(self.columns) - 1 else "start"

    def _label_x(self, column: int) -> float:
        ends, bidi = self._anchor(column) == "end", get_language_bidi()
        return self._x(column) + (-0.8 if ends != bidi else BOX + 0.8)

    def _tint(self, place: int) -> str:
        return self.tints[place % len(self.tints)]


def _short(label: str, most: int) -> str:
    """A label cut where it would run into another; the table has it whole."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
