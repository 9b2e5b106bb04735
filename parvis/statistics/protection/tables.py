"""The shape of tables whose cells are published: which cells there are, and what adds up to what.

A cell is known by what is said of its things: ``{("period", "2026-Q3"), ("theme", 4)}``. What is not said is everything together, so a
margin is a cell like any other, and two tables that share a margin share that cell: they are linked without a word.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

Code = Hashable
Cell = frozenset[tuple[str, Code]]
At = tuple[Code | None, ...]  # a code for each axis; ``None``: its total
EVERYTHING: Cell = frozenset()


class DoesNotAddUp(ValueError):
    """A total is not the sum of its parts, or two tables say different numbers of one cell."""


@dataclass(frozen=True)
class Axis:
    """One direction of a table: codes that make up its total, and of what some of them are made up again.

    ``several``: one thing can have several of the codes (“several answers possible”). Then nothing adds up to the total; but an
    outsider can take each line from the base, and knows how many did *not* say it.
    """

    name: str
    codes: tuple[Code, ...]
    below: Mapping[Code, tuple[Code, ...]] = field(default_factory=dict)
    several: bool = False

    def every(self) -> tuple[Code, ...]:
        """Every code, a whole before its parts."""

        def walk(codes: Iterable[Code]) -> Iterator[Code]:
            for code in codes:
                yield code
                yield from walk(self.below.get(code, ()))

        return tuple(walk(self.codes))

    def leaves(self) -> tuple[Code, ...]:
        """The codes that are not made up of others."""
        return tuple(code for code in self.every() if code not in self.below)

    def sums(self) -> Iterator[tuple[Code | None, tuple[Code, ...]]]:
        """Each whole (``None``: the total) with its parts."""
        if not self.several:
            yield None, self.codes
        yield from self.below.items()


@dataclass(frozen=True)
class Relation:
    """The total is the sum of the parts, and every outsider knows it."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Figures:
    """Cells with their true values, and what adds up. ``unprinted`` stand in no table but can be worked out from it."""

    values: Mapping[Cell, int]
    relations: tuple[Relation, ...]
    unprinted: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        for relation in self.relations:
            if self.values[relation.total] != sum(self.values[part] for part in relation.parts):
                raise DoesNotAddUp(f"{sorted(map(str, relation.total))} is not the sum of its parts")


def cell(axes: Sequence[Axis], at: At, about: Cell = EVERYTHING) -> Cell:
    """The cell at these codes of a table about something."""
    return about | {(axis.name, code) for axis, code in zip(axes, at, strict=True) if code is not None}


def table(counts: Mapping[At, int], axes: Sequence[Axis], *, about: Cell = EVERYTHING) -> Figures:
    """A table with its margins, each counted on its own; what is missing counts nothing. Raises :exc:`DoesNotAddUp`."""
    places = list(product(*((None, *axis.every()) for axis in axes)))
    values = {cell(axes, at, about): counts.get(at, 0) for at in places}
    relations: list[Relation] = []
    unprinted: set[Cell] = set()
    for place, axis in enumerate(axes):
        for at in places:
            if at[place] is not None:
                continue
            line = {code: cell(axes, (*at[:place], code, *at[place + 1 :]), about) for code in axis.every()}
            line[None] = cell(axes, at, about)
            relations += [
                Relation(line[whole], tuple(line[part] for part in parts)) for whole, parts in axis.sums()
            ]
            for code in axis.every() if axis.several else ():
                rest = line[None] | {(axis.name, ("not", code))}
                values[rest] = values[line[None]] - values[line[code]]
                relations.append(Relation(line[None], (line[code], rest)))
                unprinted.add(rest)
    return Figures(values, tuple(relations), frozenset(unprinted))


def added(leaves: Mapping[At, int], axes: Sequence[Axis]) -> dict[At, int]:
    """Cells and margins of a table from its innermost cells, where nothing has several values."""
    whole: list[dict[Code | None, tuple[Code, ...]]] = []
    for axis in axes:
        inside: dict[Code | None, tuple[Code, ...]] = {leaf: (leaf,) for leaf in axis.leaves()}
        for code in reversed(axis.every()):
            if code in axis.below:
                inside[code] = tuple(leaf for part in axis.below[code] for leaf in inside[part])
        inside[None] = axis.leaves()
        whole.append(inside)
    return {
        at: sum(
            leaves.get(leaf, 0)
            for leaf in product(*(inside[code] for inside, code in zip(whole, at, strict=True)))
        )
        for at in product(*whole)
    }


def linked(*tables: Figures) -> Figures:
    """Tables published together: cells that they share are one cell. Raises :exc:`DoesNotAddUp` where they contradict each other."""
    values: dict[Cell, int] = {}
    for each in tables:
        for found, value in each.values.items():
            if values.setdefault(found, value) != value:
                raise DoesNotAddUp(f"{sorted(map(str, found))} is {values[found]} and {value}")
    relations = tuple(dict.fromkeys(relation for each in tables for relation in each.relations))
    printed = {found for each in tables for found in each.values if found not in each.unprinted}
    return Figures(values, relations, frozenset(values) - printed)


def over(figures: Figures, name: str, whole: Code, parts: Sequence[Code], *, strict: bool = True) -> Figures:
    """Adds that one code is the sum of others wherever both are told: a year of its quarters, published one after the other.

    Where some parts are not published (yet), what they hold together is a cell of its own that stands nowhere. Figures that
    were corrected in between may contradict each other: not ``strict``, nothing is added there. Raises :exc:`DoesNotAddUp`.
    """
    values, relations, unprinted = dict(figures.values), list(figures.relations), set(figures.unprinted)
    for found in figures.values:
        rest = found - {(name, whole)}
        if len(rest) == len(found):
            continue
        told = [part for code in parts if (part := rest | {(name, code)}) in values]
        if not told:
            continue
        if len(told) < len(parts):
            others = rest | {(name, ("rest of", whole))}
            values[others] = max(0, values[found] - sum(values[part] for part in told))
            unprinted.add(others)
            told.append(others)
        if strict or values[found] == sum(values[part] for part in told):
            relations.append(Relation(found, tuple(told)))
    return Figures(values, tuple(dict.fromkeys(relations)), frozenset(unprinted))
