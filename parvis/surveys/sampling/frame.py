"""Every slot in which somebody could be asked, cut from opening hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NOON = 13 * 60  # minutes since midnight: where a day without a break is cut in two
SHORT = 30  # minutes: what is left of an hour joins the hour before


class Unit(StrEnum):
    """What is drawn at once."""

    DAY = "day"
    HALF_DAY = "half_day"
    HOUR = "hour"


class Part(StrEnum):
    """Which part of the day a slot lies in. Slots of one part are a stratum."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, order=True)
class Stretch:
    """Open from ``opens`` until just before ``closes``, in minutes of the site's clock."""

    opens: int
    closes: int


@dataclass(frozen=True, order=True)
class Slot:
    """A piece of a day in which everybody is asked, or nobody."""

    day: date
    opens: int
    closes: int
    part: Part

    @property
    def key(self) -> str:
        """What the draw gives a number to."""
        return f"{self.day.isoformat()} {self.opens:04d}-{self.closes:04d}"


def slots_of(days: Mapping[date, Iterable[Stretch]], unit: Unit) -> list[Slot]:
    """The frame, in order. A day on which nobody is there has no slot."""
    found: list[Slot] = []
    for day, stretches in sorted(days.items()):
        if open_then := sorted(stretches):
            found += _of_day(day, open_then, unit)
    return found


def _of_day(day: date, stretches: list[Stretch], unit: Unit) -> list[Slot]:
    """One day's slots."""
    if unit is Unit.DAY:
        return [Slot(day, stretches[0].opens, stretches[-1].closes, Part.WHOLE)]
    pieces = [piece for stretch in stretches for piece in _cut_at_noon(stretch)]
    if unit is Unit.HOUR:
        return [Slot(day, one.opens, one.closes, part) for piece, part in pieces for one in _hours(piece)]
    halves: dict[Part, list[Stretch]] = {}
    for piece, part in pieces:
        halves.setdefault(part, []).append(piece)
    return [Slot(day, piece[0].opens, piece[-1].closes, part) for part, piece in halves.items()]


def _cut_at_noon(stretch: Stretch) -> list[tuple[Stretch, Part]]:
    """A morning and an afternoon; a piece shorter than half an hour stays with the other."""
    if stretch.closes <= NOON + SHORT and stretch.opens < NOON:
        return [(stretch, Part.MORNING)]
    if stretch.opens >= NOON - SHORT:
        return [(stretch, Part.AFTERNOON)]
    return [
        (Stretch(stretch.opens, NOON), Part.MORNING),
        (Stretch(NOON, stretch.closes), Part.AFTERNOON),
    ]


def _hours(piece: Stretch) -> list[Stretch]:
    """Hours from the opening on; what is left at the end and is short joins the last."""
    starts = list(range(piece.opens, piece.closes, 60))
    if len(starts) > 1 and piece.closes - starts[-1] < SHORT:
        starts.pop()
    return [Stretch(start, end) for start, end in zip(starts, [*starts[1:], piece.closes], strict=True)]
