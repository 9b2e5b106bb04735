"""Made-up tables as a centre makes them, hidden by our engine and by another one, both audited by us."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.protection_peer import suppressed
from parvis.statistics.protection import (
    Axis,
    Cell,
    Figures,
    Need,
    added,
    audit,
    linked,
    small,
    suppress,
    table,
)
from parvis.statistics.protection.suppression import by_size
from parvis.statistics.protection.tables import At

NEEDS = Axis(
    "need",
    tuple(f"n{group}" for group in range(5)),
    {f"n{group}": tuple(f"n{group}{each}" for each in range(6)) for group in range(5)},
)
AGES = Axis(
    "age",
    ("young", "older"),
    {"young": tuple(f"y{n}" for n in range(5)), "older": tuple(f"o{n}" for n in range(7))},
)
LANGUAGES = Axis("language", tuple(f"l{n}" for n in range(6)))
LINKED = 4  # every fourth case is a pair of tables that share the needs


@dataclass(frozen=True)
class Table:
    """One table: its counts and directions."""

    counts: dict[At, int]
    axes: list[Axis]


@dataclass(frozen=True)
class Hiding:
    """What an engine did with a case."""

    seconds: float
    hidden: int
    lost: float  # what is counted in hidden cells, and a one for each
    narrow: int  # cells that our audit finds narrower than required
    exact: int  # of them, known exactly
    proven: bool = False


@dataclass(frozen=True)
class Case:
    """One made-up case."""

    cells: int
    needing: int
    tables: int
    limit: int
    ours: Hiding
    optimal: Hiding | str  # the other engine's, or what it said where it gave up
    modular: Hiding | str


def made(seed: int) -> list[Table]:
    """30 needs in five groups × 12 ages in two; every fourth time, the same needs × six languages. Few of most, many of some."""
    chance = np.random.default_rng(seed)
    mean = np.outer(chance.lognormal(0, 1.0, 30), chance.lognormal(0, 0.6, 12))
    counts = chance.poisson(mean * (chance.choice([1500, 4000, 9000]) / mean.sum()))
    axes = [NEEDS, AGES]
    places = [(need, age) for need in NEEDS.leaves() for age in AGES.leaves()]
    tables = [Table(added(dict(zip(places, counts.ravel().tolist(), strict=True)), axes), axes)]
    if seed % LINKED == LINKED - 1:
        share = [0.7, 0.12, 0.08, 0.05, 0.03, 0.02]
        by_language = [chance.multinomial(n, share) for n in counts.sum(axis=1)]
        leaves = {
            (need, language): int(n)
            for need, row in zip(NEEDS.leaves(), by_language, strict=True)
            for language, n in zip(LANGUAGES.leaves(), row, strict=True)
        }
        tables.append(Table(added(leaves, [NEEDS, LANGUAGES]), [NEEDS, LANGUAGES]))
    return tables


def run(seed: int, seconds: int) -> Case:
    """One case through both engines."""
    tables = made(seed)
    limit = 5 if seed % 2 else 10
    figures = linked(*(table(each.counts, each.axes) for each in tables))
    needs = small(figures, limit)
    found = suppress(figures, needs, seconds=seconds)
    ours = _judged(figures, needs, found.hidden, found.seconds, proven=found.proven)
    others = [_other(tables, figures, needs, method, seconds) for method in ("OPT", "MOD")]
    return Case(len(figures.values), len(needs), len(tables), limit, ours, *others)


def _other(
    tables: list[Table], figures: Figures, needs: dict[Cell, Need], method: str, seconds: int
) -> Hiding | str:
    hidden: set[Cell] = set()
    spent = 0.0
    for each in tables:
        done = suppressed(each.counts, each.axes, needs, method, seconds)
        if isinstance(done, str):
            return done
        hidden |= done[0]
        spent += done[1]
    return _judged(figures, needs, frozenset(hidden), spent)


def _judged(
    figures: Figures,
    needs: dict[Cell, Need],
    hidden: frozenset[Cell],
    seconds: float,
    *,
    proven: bool = False,
) -> Hiding:
    found = audit(figures, hidden, needs)
    lost = sum(by_size(each, figures.values[each]) for each in hidden)
    exact = sum(finding.interval.exact for finding in found.findings)
    return Hiding(seconds, len(hidden), lost, len(found.findings), exact, proven)
