"""What may be shown of anything that can be filtered: threshold ten, base five, each figure on its own.

A figure is rounded by the *cell key*: the sum of the numbers that were drawn for its rows. The same rows are rounded the same way, by
whatever way they were asked for, so asking again teaches nothing; and nobody can tell from a figure how far it was moved.
Up or down by chance, so that the mean stays; now and then a step further, so that no figure has a limit that adding and
subtracting could lean on (docs/decisions/0052-protection.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parvis.statistics.cube.questions import ALL, All, Answer, Count, Key, Value

from .audience import Audience, Figure, Hidden
from .closed import chosen_sums
from .outsider import Known
from .tables import Figures

THRESHOLD = 10
STEP = 5
FAR = (8, 64, 512, 4096)  # one figure in so many is moved one more step, at least: to either side alike
SLOWEST_TENTH = 50  # from here on “nine in ten waited less” stands on five people at least
MINUTE = 60
_64 = (1 << 64) - 1


def mixed(draw: int) -> int:
    """64 even bits out of a sum of draws (splitmix64): sums that differ by one have nothing in common."""
    z = (draw + 0x9E3779B97F4A7C15) & _64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _64
    return z ^ (z >> 31)


def rounded(n: int, draw: int) -> int:
    """A count on a multiple of five; its mean is the count. Where it stands depends on the draws alone."""
    bits = mixed(draw)
    chance, far, side = bits & 0xFFFFFFFF, bits >> 32 & 0xFFFF, 1 if bits >> 63 else -1
    below, rest = divmod(n, STEP)
    up = chance * STEP < rest << 32
    further = sum(far * often < 1 << 16 for often in FAR)
    return STEP * (below + up + side * further)


def shown(count: Count | None) -> int | Hidden:
    """A count as whoever filters may read it. Small, none and unlucky look the same."""
    if count is None or count.n < THRESHOLD:
        return Hidden.SMALL
    figure = rounded(count.n, count.draw)
    return figure if figure >= THRESHOLD else Hidden.SMALL


def told_by_filters(figures: Figures) -> Known:
    """What somebody who can filter may know of a report's cells: that they are ten or more, or less than thirty-four.

    Without the draws: as if each were shown. A report about the same things is hidden and audited with it.
    """
    widest = STEP * (len(FAR) + 1) - 1
    return {
        found: (THRESHOLD, None) if value >= THRESHOLD else (0, THRESHOLD - 1 + widest)
        for found, value in figures.values.items()
        if found not in figures.unprinted
    }


@dataclass(frozen=True)
class Wait:
    """How long people waited, in whole minutes: half, and nine in ten, at most."""

    half: Figure
    nine_in_ten: Figure


@dataclass(frozen=True)
class Protected:
    """An answer as its audience may read it. Nothing true is left in it unless the audience is the centre's own team."""

    answer_for: Audience
    figures: Mapping[Key, int]  # what is not here is not shown: ask :meth:`at`
    waits: Mapping[Key, Wait]
    chosen: frozenset[int]  # places of the key whose margins are sums that the asker chose
    impossible: Callable[[Key], bool]
    left_out: Figure
    unmapped: Figure
    places: int

    def at(self, key: Key) -> Figure:
        """The figure of a cell or a margin: a number, why there is none, or ``None`` where nothing can be (or, for the team, was)."""
        if self.answer_for is Audience.TEAM:
            return self.figures.get(key)
        if any(key[place] is ALL for place in self.chosen):
            return Hidden.CHOSEN
        if self.impossible(key):
            return None
        return self.figures.get(key, Hidden.SMALL)

    def wait(self, key: Key) -> Wait:
        """How long people of a cell or margin waited."""
        found = self.at(key)
        return self.waits.get(key, Wait(None, None) if found is None else Wait(Hidden.SMALL, Hidden.SMALL))

    @property
    def n(self) -> Figure:
        """The base: how many of the unit under the filters."""
        return self.at((ALL,) * self.places)

    def values(self, place: int) -> set[Value]:
        """The values with any figure, at this place of the key. A line for any other would say that somebody was counted."""
        return {value for key in self.figures if not isinstance(value := key[place], All)}


def never(_key: Key) -> bool:
    """No cell is known to be empty."""
    return False


def protect(
    answer: Answer,
    audience: Audience,
    *,
    impossible: Callable[[Key], bool] = never,
    school_year: tuple[int, int] = (9, 1),
) -> Protected:
    """What of an answer this audience may read.

    ``impossible(key)``: nothing can be counted there, as everybody knows (the centre is closed on Sundays); such a cell may be
    told from a small one. The question must have passed :func:`parvis.statistics.protection.closed.refused`.
    """
    team = audience is Audience.TEAM
    by = answer.question.by
    chosen = frozenset() if team else frozenset(map(by.index, chosen_sums(answer.question, school_year)))
    figures: dict[Key, int] = {}
    for key, count in answer.cells.items():
        figure = count.n if team else shown(count)
        if isinstance(figure, int) and not any(key[place] is ALL for place in chosen):
            figures[key] = figure
    return Protected(
        audience,
        figures,
        {key: _wait(answer.cells[key], n, team=team) for key, n in figures.items()},
        chosen,
        impossible,
        answer.left_out if team else aside(answer.left_out),
        answer.unmapped if team else aside(answer.unmapped),
        len(by),
    )


def aside(n: int) -> Figure:
    """What stands beside a table (left out, not mapped): none, fewer than ten, or to the nearest five."""
    if n == 0:
        return None
    return Hidden.SMALL if n < THRESHOLD else STEP * round(n / STEP)


def _wait(count: Count, figure: int, *, team: bool) -> Wait:
    """From the figure as it is shown: what hangs on the true one would tell it."""
    half = None if count.half is None else round(count.half / MINUTE)
    slow = None if count.nine_in_ten is None else round(count.nine_in_ten / MINUTE)
    return Wait(half, slow if team or figure >= SLOWEST_TENTH or slow is None else Hidden.SMALL)


def percent(part: Figure, base: Figure) -> Figure:
    """A share in whole percent, from figures as they are shown; not shown where either is not. A part never passes its base."""
    if isinstance(part, Hidden):
        return part
    if isinstance(base, Hidden):
        return base
    if part is None or not base:
        return None
    return min(100, round(100 * part / base))


def change(now: Figure, before: Figure) -> Figure:
    """By how many percent a figure changed, from figures as they are shown."""
    if isinstance(now, Hidden):
        return now
    if isinstance(before, Hidden):
        return before
    if now is None or not before:
        return None
    return round(100 * (now - before) / before)
