"""Why a file cannot be read. The pages say it in words."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """One reason; the value is kept with the import."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    BROKEN = "broken"
    PASSWORD = "password"  # noqa: S105
    TOO_MANY_ROWS = "too_many_rows"
    TOO_WIDE = "too_wide"
    NO_TABLE = "no_table"
    UNREADABLE = "unreadable"
    INTERRUPTED = "interrupted"


class UnreadableFile(Exception):
    """The file is refused, for ``problem``."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem
