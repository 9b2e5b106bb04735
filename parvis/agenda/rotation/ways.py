"""Ways of one group through the kinds of stations, with little walking: what is chosen from where there are several places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from .kinds import Kind
from .problem import Problem

IDLE = -1
MOST, STEPS = 25_000, 120_000  # ways, and steps to find them: more would take longer than they help
Way = tuple[int, ...]  # for each turn the number of a kind, or IDLE


class TooMany(Exception):
    """There are more ways than can be looked at."""


class Ways:
    """All ways of a group that may go to ``allowed``; with ``waits``, only those that stop so often to wait between two workshops."""

    def __init__(
        self,
        problem: Problem,
        kinds: tuple[Kind, ...],
        allowed: frozenset[int],
        turns: int,
        waits: int | None = None,
    ) -> None:
        self.kinds, self.turns, self.seen = kinds, turns, problem.seen
        self.waits = turns if waits is None else waits
        self.allowed = sorted(allowed)
        self.compulsory = problem.compulsory
        self.left = [kind.often for kind in kinds]
        self.steps = 0

    def fewest(self) -> int:
        """The least number of changes that any way has."""
        for most in range(self.seen):
            if next(self._from((), most, self.waits, frozenset()), None) is not None:
                return most
        raise TooMany

    def up_to(self, changes: int) -> list[Way]:
        """Those with at most so many changes. Raises ``TooMany``."""
        self.steps = 0
        found = list(islice(self._from((), changes, self.waits, frozenset()), MOST + 1))
        if len(found) > MOST:
            raise TooMany
        return found

    def _from(self, way: Way, changes: int, waits: int, seen: frozenset[int]) -> Iterator[Way]:
        """Each way that begins so, with at most so many changes and waits further on."""
        self.steps += 1
        if self.steps > STEPS:
            raise TooMany
        done = len(way) - way.count(IDLE)
        if done == self.seen:
            if self._complete():
                yield (*way, *[IDLE] * (self.turns - len(way)))
            return
        if self.turns - len(way) > self.seen - done:  # there is time to wait
            new = bool(done) and way[-1] != IDLE
            if waits or not new:
                yield from self._from((*way, IDLE), changes, waits - new, seen)
        place = next((self.kinds[at].place for at in reversed(way) if at != IDLE), None)
        for at in self.allowed:
            kind = self.kinds[at]
            moves = place is not None and kind.place != place
            if not self.left[at] or (moves and not changes) or kind.known & seen:
                continue
            self.left[at] -= 1
            yield from self._from((*way, at), changes - moves, waits, seen | kind.known)
            self.left[at] += 1

    def _complete(self) -> bool:
        """Whether every compulsory workshop was seen."""
        missing: set[int] = set()
        seen: set[int] = set()
        for kind, left in zip(self.kinds, self.left, strict=True):
            if kind.compulsory:
                (seen if left == 0 else missing).update(kind.workshops)
        return not (missing - seen) & self.compulsory


def changes_of(kinds: tuple[Kind, ...], way: Way) -> int:
    """How often a way goes from one place to another."""
    places = [kinds[at].place for at in way if at != IDLE]
    return sum(one != two for one, two in pairwise(places))
