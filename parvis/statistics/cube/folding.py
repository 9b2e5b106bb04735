"""From groups as DuckDB counted them to cells and margins: sets are taken apart, and a margin counts every row once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from parvis.statistics.cube.questions import ALL, All, Count, Key, Value
from parvis.statistics.cube.working import MINUTE

Array = np.ndarray[Any, Any]
EVERY = -1  # stands for ALL among places of a vocabulary
DENSE = 8  # keys that could be, for each row, up to which they are counted instead of sorted
HALF_BITS = 26
LOW_HALF = (1 << HALF_BITS) - 1
HALF, NINE_IN_TEN = (1, 2), (9, 10)


@dataclass(frozen=True)
class Groups:
    """Rows that say the same along every dimension: ``keys[i]`` is the place of the set that they hold along the i-th."""

    keys: tuple[Array, ...]
    n: Array
    draw: Array
    minute: Array | None = None  # of waits

    @property
    def columns(self) -> tuple[Array, ...]:
        return self.keys if self.minute is None else (*self.keys, self.minute)


def joined(parts: Sequence[Groups]) -> Groups:
    """Groups of several sources, one after the other."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    return Groups(
        tuple(np.concatenate([part.keys[place] for part in parts]) for place in range(len(first.keys))),
        np.concatenate([part.n for part in parts]),
        np.concatenate([part.draw for part in parts]),
        None if first.minute is None else np.concatenate([part.minute for part in parts]),
    )


def _summed(groups: Groups) -> Groups:
    """Equal rows made one."""
    if not len(groups.n):
        return groups
    columns = groups.columns
    if not columns:
        return Groups((), groups.n.sum(keepdims=True), groups.draw.sum(keepdims=True))
    composite, size = np.zeros(len(groups.n), dtype=np.int64), 1
    lows = [int(column.min()) for column in columns]
    wide = [int(column.max()) - low + 1 for column, low in zip(columns, lows, strict=True)]
    for column, low, width in zip(columns, lows, wide, strict=True):
        composite, size = composite * width + (column - low), size * width
    if size <= DENSE * len(groups.n):
        return _counted(groups, composite, lows, wide)
    order = np.argsort(composite, kind="stable")
    ranked = composite[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    kept = order[starts]
    return Groups(
        tuple(key[kept] for key in groups.keys),
        np.add.reduceat(groups.n[order], starts),
        np.add.reduceat(groups.draw[order], starts),
        None if groups.minute is None else groups.minute[kept],
    )


def _counted(groups: Groups, composite: Array, lows: Sequence[int], wide: Sequence[int]) -> Groups:
    """The same without sorting, where the keys lie close together. Sums of draws in two halves: floats are exact below 2**53."""
    there = np.flatnonzero(np.bincount(composite))
    n, low, high = (
        np.bincount(composite, weights)[there].astype(np.int64)
        for weights in (groups.n, groups.draw & LOW_HALF, groups.draw >> HALF_BITS)
    )
    columns, rest = [], there
    for least, width in reversed(list(zip(lows, wide, strict=True))):
        columns.append(rest % width + least)
        rest = rest // width
    columns.reverse()
    minute = None if groups.minute is None else columns.pop()
    return Groups(tuple(columns), n, (high << HALF_BITS) + low, minute)


class Vocabulary:
    """What the sets along one dimension hold, with a place for each different value."""

    def __init__(self, sets: Sequence[tuple[Value, ...]]) -> None:
        self.words: list[Value] = list(dict.fromkeys(chain.from_iterable(sets)))
        place = {word: n for n, word in enumerate(self.words)}
        self.sizes = np.fromiter(map(len, sets), dtype=np.int64, count=len(sets))
        self.starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1])) if len(sets) else self.sizes
        self.flat = np.fromiter((place[word] for held in sets for word in held), dtype=np.int64)

    def apart(self, groups: Groups, place: int) -> Groups:
        """Each set's rows once for each of its values, whose place in ``words`` now stands in the key."""
        held = groups.keys[place]
        sizes = self.sizes[held]
        if (sizes == 1).all():
            return _with(groups, place, self.flat[self.starts[held]])
        times = np.repeat(np.arange(len(held)), sizes)
        within = np.arange(len(times)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        spread = Groups(
            tuple(key[times] for key in groups.keys),
            groups.n[times],
            groups.draw[times],
            None if groups.minute is None else groups.minute[times],
        )
        return _with(spread, place, self.flat[self.starts[held][times] + within])

    def overlaps(self, held: Array) -> bool:
        """Whether any of these sets holds several values."""
        return bool((self.sizes[held] > 1).any())


def _with(groups: Groups, place: int, column: Array) -> Groups:
    keys = (*groups.keys[:place], column, *groups.keys[place + 1 :])
    return Groups(keys, groups.n, groups.draw, groups.minute)


def folded(groups: Groups, vocabularies: Sequence[Vocabulary]) -> dict[Key, Count]:
    """Every cell and every margin with anything in it."""
    if not len(groups.n):
        return {}
    return dict(
        chain.from_iterable(_cells(leaf, vocabularies) for leaf in _leaves(_summed(groups), vocabularies))
    )


def _leaves(groups: Groups, vocabularies: Sequence[Vocabulary], place: int = 0) -> Iterator[Groups]:
    """Along one dimension after the other: all values together, and each on its own."""
    if place == len(vocabularies):
        yield groups
        return
    if not len(groups.n):
        return
    every = np.full(len(groups.n), EVERY, dtype=np.int64)
    yield from _leaves(_summed(_with(groups, place, every)), vocabularies, place + 1)
    apart = _summed(vocabularies[place].apart(groups, place))
    yield from _leaves(apart, vocabularies, place + 1)


def _cells(leaf: Groups, vocabularies: Sequence[Vocabulary]) -> Iterator[tuple[Key, Count]]:
    waits: list[tuple[float, float]] = []
    if leaf.minute is not None:
        leaf, waits = _ranked(leaf)
    columns: list[list[Value | All]] = []
    for key, vocabulary in zip(leaf.keys, vocabularies, strict=True):
        words = [*vocabulary.words, ALL]  # -1 is the last
        columns.append([words[word] for word in key.tolist()])
    keys: Iterator[Key] = zip(*columns, strict=True) if columns else iter([()] * len(leaf.n))
    counts = zip(leaf.n.tolist(), leaf.draw.tolist(), strict=True)
    if leaf.minute is not None:
        for key_, (n, draw), (half, slow) in zip(keys, counts, waits, strict=True):
            yield key_, Count(n, draw, half, slow)
    else:
        for key_, (n, draw) in zip(keys, counts, strict=True):
            yield key_, Count(n, draw)


def _ranked(leaf: Groups) -> tuple[Groups, list[tuple[float, float]]]:
    """Of each cell the waits by nearest rank; the leaf's rows are in order of key and minute already."""
    assert leaf.minute is not None  # noqa: S101
    bare = _summed(Groups(leaf.keys, leaf.n, leaf.draw))
    change = np.zeros(len(leaf.n), dtype=bool)
    change[0] = True
    for key in leaf.keys:
        change[1:] |= key[1:] != key[:-1]
    starts = np.flatnonzero(change)
    ends = np.concatenate((starts[1:], [len(leaf.n)])) - 1
    running = np.cumsum(leaf.n)
    before = running[starts] - leaf.n[starts]
    whole = running[ends] - before
    found = []
    for part, of in (HALF, NINE_IN_TEN):
        rank = before + -(-whole * part // of)  # nearest rank, counted from one
        at = np.searchsorted(running, rank)
        found.append((leaf.minute[at] * float(MINUTE)).tolist())
    return Groups(bare.keys, bare.n, bare.draw, leaf.minute[starts]), list(zip(*found, strict=True))
