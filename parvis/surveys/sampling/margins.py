"""How sure a survey can be before it begins: how many slots a wished margin needs."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from parvis.surveys.sampling.estimates import LEVEL
from parvis.surveys.sampling.quantiles import t_quantile

CLUSTERED = 1.5  # how much wider than for answers drawn one by one, where no earlier survey tells: squared


@dataclass(frozen=True)
class Hoped:
    """What is assumed: ``contacts`` in all ``slots`` of the frame, the part of them that ``answer``, and the effect of clusters."""

    slots: int
    contacts: int
    answer: float
    strata: int = 2
    effect: float = CLUSTERED

    def answers(self, drawn: int) -> float:
        """How many answers ``drawn`` slots will bring."""
        return drawn * self.contacts / self.slots * self.answer


def expected_margin(hoped: Hoped, drawn: int) -> float:
    """Half the width of the interval of a share near one half, the widest there is."""
    freedom = drawn - hoped.strata
    answers = hoped.answers(drawn)
    if freedom < 1 or answers <= 0:
        return 0.5
    part = min(1.0, drawn / hoped.slots)
    variance = 0.25 / answers * ((1 - part) * hoped.effect + part * (1 - hoped.answer))
    return min(0.5, t_quantile(LEVEL, freedom) * sqrt(variance))


def slots_needed(hoped: Hoped, margin: float) -> int | None:
    """The fewest slots that keep within ``margin``; None where even all of them do not."""
    return next(
        (n for n in range(hoped.strata + 1, hoped.slots + 1) if expected_margin(hoped, n) <= margin), None
    )
