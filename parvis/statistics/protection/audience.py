"""Who reads a figure, and why one is not there."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who reads a table, and so how it is protected."""

    TEAM = "team"  # the centre's own people: true figures
    PARTNERS = "partners"  # threshold 5 in fixed reports
    PUBLIC = "public"  # threshold 10, as wherever minors are


class Hidden(StrEnum):
    """Why a figure is not there."""

    SMALL = "small"  # below the threshold, or nothing at all: the two are never told apart
    SECOND = "second"  # would give a small one away; outside it must look like SMALL
    UNKNOWN = "unknown"  # nobody counted it
    CHOSEN = "chosen"  # a sum over values or periods that the reader chose: such sums are never given


Figure = int | float | Hidden | None  # ``None``: nothing was counted there, and that may be said
