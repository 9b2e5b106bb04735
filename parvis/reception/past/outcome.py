"""What becomes of a line: what is to be counted, what is odd about it, or why it is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why a line, or something in it, is odd or left out. The pages say it in words."""

    NO_DATE = "no_date"
    BAD_DATE = "bad_date"
    NOT_A_DAY = "not_a_day"
    FUTURE = "future"
    HEADING_AGAIN = "heading_again"
    NOT_A_ROW = "not_a_row"
    TOTAL = "total"
    AVERAGE = "average"
    TOTAL_DIFFERS = "total_differs"
    ROW_TOTAL_DIFFERS = "row_total_differs"
    NO_COUNT = "no_count"
    CLOSED = "closed"
    NOT_KNOWN = "not_known"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_BIG = "too_big"
    LEFT_OUT = "left_out"  # a wording that the person chose to leave out
    BAD_UNIT = "bad_unit"
    BAD_HOUR = "bad_hour"
    BAD_SIZE = "bad_size"
    BAD_MINUTES = "bad_minutes"
    ALREADY = "already"
    CHANGED = "changed"
    RECORDED_HERE = "recorded_here"


class Verdict(StrEnum):
    """In one word, what happens to a line."""

    NEW = "new"
    ODD = "odd"  # brought in, but worth a look
    IGNORED = "ignored"
    ALREADY = "already"


class Note(NamedTuple):
    """One remark on a line; ``detail`` is the cell or figure it is about."""

    reason: Reason
    detail: str = ""


class Visit(NamedTuple):
    """One line that is one visit. Ids are those of the centre's rows; keys tell a line from any other."""

    key: bytes
    day: date
    minute: int | None
    themes: tuple[int, ...]
    channel: int
    service: int | None
    size: int
    minutes: int | None
    language: str
    codes: tuple[tuple[int, int], ...]  # code, people
    non_contact: bool
    profile_key: bytes | None
    answers: tuple[int, ...]
    commune: str


class Count(NamedTuple):
    """One cell that counts something."""

    key: bytes
    unit: str
    span: str
    day: date
    hour: int | None
    theme: int | None
    code: int | None
    number: int


@dataclass(slots=True)
class Line:
    """One line of the file."""

    sheet: int
    number: int
    notes: list[Note] = field(default_factory=list)
    visit: Visit | None = None
    counts: list[Count] = field(default_factory=list)
    day: date | None = None
    text: str = ""  # what the line says in the columns that are read; only where there is a note

    @property
    def verdict(self) -> Verdict:
        """What happens to it, as far as the file alone can tell."""
        if self.visit is None and not self.counts:
            return Verdict.IGNORED
        return Verdict.ODD if self.notes else Verdict.NEW
