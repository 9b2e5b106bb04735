"""What the pages of a centre show, and what other rooms ask about one."""

from parvis.centres.queries.opening import (
    Opening,
    Stretch,
    Why,
    is_open,
    next_opening,
    opening_on,
    openings,
    openings_today,
)

__all__ = [
    "Opening",
    "Stretch",
    "Why",
    "is_open",
    "next_opening",
    "opening_on",
    "openings",
    "openings_today",
]
