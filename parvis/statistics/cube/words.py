"""What centres' own numbers mean outside of them: their network and country, and what their codes count as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parvis.statistics.cube.dimensions import PARTS
from parvis.statistics.cube.questions import Dimension, Question


@dataclass(frozen=True)
class Place:
    """Where a centre belongs."""

    network: int
    country: str  # ISO 3166-1, two letters


@dataclass(frozen=True)
class Words:
    """Made from the operational tables at the time of asking, so that a mended mapping mends every year.

    What a code or theme counts as in the network; what is not here counts as nothing. ``lists``: to which list a code belongs
    (only parts of totals need it: their facts say the code, not the list).
    """

    centres: Mapping[int, Place] = field(default_factory=dict)
    themes: Mapping[int, int] = field(default_factory=dict)
    codes: Mapping[int, int] = field(default_factory=dict)
    lists: Mapping[int, Dimension] = field(default_factory=dict)

    def mark(self, question: Question) -> tuple[int, ...]:
        """The same for the same words, as far as the question needs them: what was worked out with them can be used again."""
        network, parts = question.in_network_words, question.unit in PARTS
        return (self._centres, *(self._codes if network else ()), *((self._lists,) if parts else ()))

    @cached_property
    def _centres(self) -> int:
        return hash(frozenset(self.centres.items()))

    @cached_property
    def _codes(self) -> tuple[int, int]:
        return hash(frozenset(self.themes.items())), hash(frozenset(self.codes.items()))

    @cached_property
    def _lists(self) -> int:
        return hash(frozenset(self.lists.items()))
