"""What the answers of drawn slots say about everybody who came, and how sure that is.

Answers of one slot resemble each other, so slots are clusters: the variance comes from how much they differ, corrected for few
slots (each residual divided by the root of one minus its slot's share of the answers), for the part of the frame that was asked, and
for those who did not answer there. Shares get Wilson's interval on the effective n, with Student's t on Satterthwaite's degrees of freedom.
Each answer of a stratum weighs the same: counted contacts of the stratum by answers in it. docs/decisions/0055-sampling.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt

from parvis.surveys.sampling.quantiles import t_quantile

LEVEL = 0.95
FEWEST_SLOTS, FEWEST_ANSWERS = 2, 5  # of a stratum, below which it is taken together with its neighbour


@dataclass(frozen=True)
class Cluster:
    """One drawn slot. ``answers`` to this question, their sum and sum of squares; ``asked``: contacts counted there."""

    answers: int
    total: float
    squares: float
    asked: int = 0

    @classmethod
    def yes(cls, answers: int, yes: int, asked: int = 0) -> Cluster:
        """Where each answer is yes or no."""
        return cls(answers, yes, yes, asked)


@dataclass(frozen=True)
class Stratum:
    """Slots of one kind. ``slots``: in the frame; ``contacts``: counted in all of them, 0 where nobody counted."""

    names: tuple[str, ...]
    slots: int
    contacts: int
    drawn: tuple[Cluster, ...]

    @property
    def answers(self) -> int:
        """Answers of all its drawn slots."""
        return sum(one.answers for one in self.drawn)

    @property
    def asked(self) -> int:
        """Contacts counted in its drawn slots; never fewer than answered."""
        return sum(max(one.asked, one.answers) for one in self.drawn)

    @property
    def size(self) -> float:
        """How many contacts it stands for: as counted, else as many a slot as in the drawn ones."""
        if self.contacts:
            return max(self.contacts, self.asked)
        return self.asked * self.slots / max(1, len(self.drawn))

    def with_next(self, other: Stratum) -> Stratum:
        """Two strata as one."""
        contacts = self.contacts + other.contacts if self.contacts and other.contacts else 0
        drawn = (*self.drawn, *other.drawn)
        return Stratum((*self.names, *other.names), self.slots + other.slots, contacts, drawn)


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``."""

    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half its width."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Estimate:
    """A share (0 to 1) or a mean. ``interval`` is None where too few slots were drawn to know."""

    value: float
    answers: int
    effective: float  # answers that would tell as much, had each been drawn on its own
    interval: Interval | None
    weights: dict[tuple[str, ...], float]  # what one answer of a stratum counts for, 1 on average
    merged: tuple[tuple[str, ...], ...]  # strata taken together because one was too thin


@dataclass(frozen=True)
class _Summed:
    variance: float
    spread: float  # variance of one answer
    alone: float  # what the spread would be multiplied by, had each been drawn on its own
    freedom: float


def merged(strata: Sequence[Stratum]) -> list[Stratum]:
    """Too thin ones taken together with the thinnest other, until none is or one is left."""
    left = [one for one in strata if one.slots]
    while len(left) > 1:
        thin = [s for s in left if len(s.drawn) < FEWEST_SLOTS or s.answers < FEWEST_ANSWERS]
        if not thin:
            break
        one = min(thin, key=lambda s: (s.answers, s.names))
        other = min((s for s in left if s is not one), key=lambda s: (s.answers, s.names))
        left = [s for s in left if s not in (one, other)] + [one.with_next(other)]
    return left


def estimate_share(strata: Sequence[Stratum]) -> Estimate | None:
    """The share of yes among everybody who came; None without an answer."""
    estimate, summed = _estimate(strata)
    if estimate is None or summed is None:
        return estimate
    value = min(1.0, max(0.0, estimate.value))
    spread = value * (1 - value)
    known = summed.variance > 0 and spread > 0
    effective = spread / summed.variance if known else _inverse(summed.alone)
    return replace(estimate, interval=wilson(value, effective, t_quantile(LEVEL, summed.freedom)))


def estimate_mean(strata: Sequence[Stratum]) -> Estimate | None:
    """The mean among everybody who came; None without an answer."""
    estimate, summed = _estimate(strata)
    if estimate is None or summed is None:
        return estimate
    half = t_quantile(LEVEL, summed.freedom) * sqrt(summed.variance)
    return replace(estimate, interval=Interval(estimate.value - half, estimate.value + half))


def wilson(share: float, effective: float, quantile: float) -> Interval:
    """Wilson's interval, with any quantile and any effective n; a point where everybody was asked and answered."""
    if effective == inf:
        return Interval(share, share)
    squared = quantile**2 / effective
    middle = (share + squared / 2) / (1 + squared)
    half = quantile / (1 + squared) * sqrt(share * (1 - share) / effective + squared / 4 / effective)
    # At the ends the formula gives 0 and 1 but for the last bit.
    return Interval(0.0 if share == 0 else middle - half, 1.0 if share == 1 else middle + half)


def _inverse(number: float) -> float:
    return 1 / number if number > 0 else inf


def _estimate(strata: Sequence[Stratum]) -> tuple[Estimate | None, _Summed | None]:
    """The value and its weights, and where slots suffice what the interval is made of."""
    used = [one for one in merged(strata) if one.answers]
    size, answers = sum(one.size for one in used), sum(one.answers for one in used)
    if not answers:
        return None, None
    parts = [(one.size / size, one) for one in used]
    estimate = Estimate(
        value=sum(share * _mean(one) for share, one in parts),
        answers=answers,
        effective=answers,
        interval=None,
        weights={one.names: share * answers / one.answers for share, one in parts},
        merged=tuple(one.names for one in used if len(one.names) > 1),
    )
    if any(len(one.drawn) < FEWEST_SLOTS and len(one.drawn) < one.slots for one in used):
        return estimate, None
    summed = _summed(estimate.value, parts)
    alone = summed.spread * summed.alone
    less = min(1.0, alone / summed.variance) if summed.variance > 0 else 1.0
    return replace(estimate, effective=answers * less), summed


def _summed(value: float, parts: Sequence[tuple[float, Stratum]]) -> _Summed:
    variances = [(share**2 * _variance(one), max(1, len(one.drawn) - 1)) for share, one in parts]
    variance = sum(one for one, _free in variances)
    # Satterthwaite: strata that differ much in variance leave fewer degrees of freedom than there are slots.
    below = sum(one**2 / free for one, free in variances)
    freedom = variance**2 / below if below > 0 else sum(free for _one, free in variances)
    alone = sum(share**2 * max(0.0, 1 - one.answers / one.size) / one.answers for share, one in parts)
    squares = sum(share * sum(c.squares for c in one.drawn) / one.answers for share, one in parts)
    return _Summed(variance, max(0.0, squares - value**2), alone, round(freedom, 1))


def _mean(stratum: Stratum) -> float:
    return sum(one.total for one in stratum.drawn) / stratum.answers


def _variance(stratum: Stratum) -> float:
    """Of a stratum's mean: between its slots, and within them for those who did not answer."""
    mean, answers = _mean(stratum), stratum.answers
    asked_part = len(stratum.drawn) / stratum.slots
    between = sum(
        (one.total - mean * one.answers) ** 2 / max(0.05, 1 - one.answers / answers) for one in stratum.drawn
    )
    within = max(0.0, sum(one.squares for one in stratum.drawn) / answers - mean**2)
    silent = 1 - answers / stratum.asked
    return (1 - asked_part) * between / answers**2 + asked_part * silent * within / max(1, answers - 1)
