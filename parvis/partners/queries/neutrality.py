"""Whether somebody could decide alone in a body: shown, never enforced.

Counted are the seats that somebody holds on the day; vacant ones are left aside and told. A majority is more than half of
the filled seats: half of them is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SeatHeld:
    """One seat on a day: its category, and the institution that holds it, or ``None``. ``key``s tell equals apart."""

    category: str
    category_key: str
    institution: str | None = None
    institution_key: int | None = None


@dataclass(frozen=True)
class Share:
    """How many of the filled seats somebody holds."""

    name: str
    seats: int
    of: int

    @property
    def is_majority(self) -> bool:
        """More than half."""
        return self.seats * 2 > self.of

    @property
    def percent(self) -> int:
        return round(100 * self.seats / self.of)


@dataclass(frozen=True)
class Neutrality:
    """The seats of a body on a day, by institution and by category, the largest first."""

    filled: int
    vacant: int
    institutions: list[Share]
    categories: list[Share]

    @property
    def majority_institution(self) -> Share | None:
        return next((share for share in self.institutions if share.is_majority), None)

    @property
    def majority_category(self) -> Share | None:
        return next((share for share in self.categories if share.is_majority), None)

    @property
    def says_something(self) -> bool:
        """One filled seat is no majority that anybody could mean."""
        return self.filled > 1

    @property
    def is_neutral(self) -> bool:
        return self.says_something and not self.majority_institution and not self.majority_category


def weigh(seats: Sequence[SeatHeld]) -> Neutrality:
    """The neutrality check of one body."""
    filled = [seat for seat in seats if seat.institution_key is not None]
    names = {seat.institution_key: seat.institution or "" for seat in filled}
    labels = {seat.category_key: seat.category for seat in filled}
    by_institution = Counter(seat.institution_key for seat in filled)
    by_category = Counter(seat.category_key for seat in filled)
    return Neutrality(
        filled=len(filled),
        vacant=len(seats) - len(filled),
        institutions=_shares([(names[key], n) for key, n in by_institution.items()], len(filled)),
        categories=_shares([(labels[key], n) for key, n in by_category.items()], len(filled)),
    )


def _shares(counts: list[tuple[str, int]], of: int) -> list[Share]:
    in_order = sorted(counts, key=lambda one: (-one[1], one[0].casefold()))
    return [Share(name, n, of) for name, n in in_order]
