"""A question and its answer, before anything is protected or put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

from parvis.statistics.cube.facts import Unit


class Dimension(StrEnum):
    """By what a unit can be broken down or filtered. Which unit has which: :data:`parvis.statistics.cube.dimensions.OF`."""

    NETWORK = "network"
    COUNTRY = "country"
    CENTRE = "centre"
    SITE = "site"
    THEME = "theme"
    NEED = "need"
    SERVICE = "service"
    CHANNEL = "channel"
    LANGUAGE = "language"
    ARRIVAL = "arrival"
    KIND = "kind"
    RESOURCE = "resource"
    REDIRECTION = "redirection"
    OUTCOME = "outcome"
    UNMET_NEED = "unmet_need"
    AUDIENCE = "audience"
    AGE_BAND = "age_band"
    STATUS = "status"
    EDUCATION = "education"
    GENDER = "gender"
    FIRST_VISIT = "first_visit"
    REFERRAL = "referral"
    METHOD = "method"
    PREFIX = "prefix"
    EVENT_KIND = "event_kind"
    SECTOR = "sector"
    PRESENCE = "presence"
    OBJECTIVE = "objective"
    SCHOOL_LEVEL = "school_level"
    SCHOOL_NETWORK = "school_net"
    STREAM = "stream"
    PLACE = "place"  # where a school is
    HOUR = "hour"
    WEEKDAY = "weekday"  # 0 is Monday
    DAY = "day"
    WEEK = "week"  # its Monday
    MONTH = "month"  # its first day
    QUARTER = "quarter"  # its first day
    YEAR = "year"  # its first day
    SCHOOL_YEAR = "school_year"  # its first day: 1 September, or what the country's calendar says


class All(Enum):
    """Stands in a place of a key for all values of that dimension together: a margin."""

    ALL = "all"


ALL = All.ALL
Value = int | str | date | None  # ``None``: not known, not communicated, or mapped to nothing
Key = tuple[Value | All, ...]  # a value for each of the question's dimensions


@dataclass(frozen=True)
class Question:
    """Which figures are wanted. ``first`` and ``last`` are both included."""

    unit: Unit
    by: tuple[Dimension, ...]  # none to three
    first: date
    last: date
    centres: frozenset[int]  # those that the asker may see; never empty
    where: Mapping[Dimension, frozenset[Value]] = field(default_factory=dict)
    in_network_words: bool = False  # codes and themes counted as what they are mapped to


@dataclass(frozen=True)
class Count:
    """``n`` of the unit, and the sum of their draws. Of waits also how long: seconds that half, and nine in ten, waited at most."""

    n: int
    draw: int
    half: float | None = None
    nine_in_ten: float | None = None


@dataclass(frozen=True)
class Answer:
    """Every cell and every margin that anything was counted in.

    ``cells`` holds one key for each combination with anything, and every margin (:data:`ALL` in one or more places). Where
    several values can be true of one row, a margin counts the row once: it is less than the sum (:attr:`several`).
    """

    question: Question
    cells: Mapping[Key, Count]
    several: frozenset[Dimension]  # of the question's dimensions, those whose values overlap
    left_out: int = 0  # of the unit, known only as totals that cannot be broken down like this
    unmapped: int = 0  # of the unit, with a local word that counts as nothing in the network

    @property
    def total(self) -> int:
        """How many of the unit there are in all, under the filters."""
        found = self.cells.get((ALL,) * len(self.question.by))
        return found.n if found else 0
