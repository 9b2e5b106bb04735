"""A table as it may be read by whoever reads it: the only thing that screen, chart, tooltip, CSV, XLSX, JSON and PDF are made of.

Whatever protects figures does so before a :class:`CrossTable` is made; whoever renders one never computes a figure from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

from parvis.statistics.protection.audience import Audience, Figure, Hidden

__all__ = ["Audience", "CrossTable", "Figure", "Hidden", "Line", "Run", "Text"]

Text = str | Promise


class Run(StrEnum):
    """How the labels of lines or columns follow each other: what picture fits depends on it."""

    NAMES = "names"  # any order would do: needs, channels
    ORDER = "order"  # hours, weekdays, age bands
    TIME = "time"  # months, years


@dataclass(frozen=True)
class Line:
    """One line: its label, a figure for each column, and its total where there is one."""

    label: Text
    figures: Sequence[Figure]
    total: Figure = None
    tint: str = ""  # a theme's colour and shape, where the line stands for one
    shape: str = ""
    share: Figure = None  # percent of the base, from figures as they are shown
    before: Figure = None  # the same line's total in the period compared with
    change: Figure = None  # percent more than then (fewer: negative), from figures as they are shown
    low: Figure = (
        None  # from here to ``high`` lies the share of everybody, in percent, where a sample says so
    )
    high: Figure = None
    unsaid: bool = False  # of these nothing was said: a picture leaves them out, the table does not


@dataclass(frozen=True)
class CrossTable:
    """One table, whole: what is counted, over which period, how many and how that is known, and what a reader must be told."""

    title: Text
    unit: Text  # "acts"
    across: Text  # what the lines are: "Need"
    along: Text  # what the columns are: "Month"; "" where there is one column only
    columns: Sequence[Text]
    lines: Sequence[Line]
    column_totals: Sequence[Figure]
    total: Figure
    first: date
    last: date
    audience: Audience
    n: Figure  # the base
    method: (
        Text  # how it is known: "counted at each visit"; "voluntary questions on sample days, 31 % answered"
    )
    notes: Sequence[Text] = ()  # "several answers possible"; why totals do not add up; what the mapping lost
    holder: Text = ""  # whose figures: a centre's or a network's name
    meaning: Text = ""  # what one of the unit is
    filters: Sequence[Text] = ()  # "Channel: on the spot, by phone"
    protection: Text = ""  # what was done before this could be read by its audience, in one line
    compared: Text = ""  # the period compared with, where there is one
    before: Figure = None  # its total
    change: Figure = None
    lines_run: Run = Run.NAMES
    columns_run: Run = Run.NAMES
    has_totals: bool = (
        True  # a column at the end and a line at the foot; not of medians, of which there is none
    )
    shares_of: Text = ""  # "of 1,205 acts": what shares are percent of, where lines have one
