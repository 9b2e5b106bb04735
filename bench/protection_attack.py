"""Differencing what can be filtered: 60 successive days, 20 overlapping filters, and all that an outsider can add and subtract.

What the outsider knows of each shown figure is the *support* of its rounding: every count that could have become it. With
freely chosen ranges of days, the figures of one filter are differences of one running total; their closest bounds are shortest
paths. Filters are then set against each other day by day with HiGHS, and the paths walked again. Whatever is left a single
whole number is recovered. The other way round, a world that differs by one visitor and fits every figure proves that a cell is
not recovered, by any means whatever.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import numpy as np

from parvis.statistics.cube.questions import Count, Dimension
from parvis.statistics.protection import Hidden, closed_periods
from parvis.statistics.protection.filterable import FAR, STEP, THRESHOLD, mixed, shown
from parvis.statistics.protection.outsider import ENDED, SolverError, program, solver

DAYS, THEMES, LANGUAGES = 60, 5, 4
ATOMS = [(theme, language) for theme in range(THEMES) for language in range(LANGUAGES)]
Filter = frozenset[int]  # atoms
Bounds = tuple[int, int]
VAST = 10**6


@dataclass(frozen=True)
class Way:
    """A way to protect a figure: what is shown (``None``: hidden), and which counts it could have been."""

    name: str
    show: Callable[[int, int], int | None]
    support: Callable[[int | None], Bounds]


def nearest(n: int, _draw: int) -> int | None:
    return None if n < THRESHOLD else STEP * round(n / STEP)


def neighbour(n: int, draw: int) -> int | None:
    """Up or down by chance, never further."""
    below, rest = divmod(n, STEP)
    return None if n < THRESHOLD else STEP * (below + (mixed(draw) % STEP < rest))


def ours(n: int, draw: int) -> int | None:
    found = shown(Count(n, draw))
    return None if isinstance(found, Hidden) else found


def support(width: int, hidden: int) -> Callable[[int | None], Bounds]:
    return lambda f: (0, hidden) if f is None else (max(THRESHOLD, f - width), f + width)


WIDE = STEP * len(FAR) + STEP - 1
WAYS = (
    Way("threshold only", lambda n, _draw: n if n >= THRESHOLD else None, support(0, 9)),
    Way("nearest five", nearest, support(2, 9)),
    Way("up or down by key", neighbour, support(4, 9)),
    Way("ours", ours, support(WIDE, THRESHOLD - 1 + WIDE)),
)


@dataclass
class Scene:
    """A made-up centre: counts and draws of each day and atom (theme × language)."""

    counts: np.ndarray
    draws: np.ndarray
    filters: list[Filter]
    first: date


def scene(seed: int, days: int = DAYS, first: date = date(2026, 9, 7)) -> Scene:
    """A day has about eighty acts, few of them in most languages; Sundays are closed."""
    chance = np.random.default_rng(seed)
    share = np.outer(chance.dirichlet([4.0] * THEMES), [0.72, 0.14, 0.09, 0.05]).ravel()
    open_ = np.array([(first + timedelta(days=day)).weekday() < 6 for day in range(days)])
    counts = chance.poisson(80 * share[None, :] * chance.gamma(20, 0.05, (days, 1))) * open_[:, None]
    draws = np.zeros(counts.shape, dtype=object)
    for place in product(*map(range, counts.shape)):
        draws[place] = sum(int(each) for each in chance.integers(0, 1 << 32, counts[place]))
    return Scene(counts, draws, _filters(seed), first)


def _filters(seed: int) -> list[Filter]:
    """Each theme, each language, and unions of some of either: twenty that overlap."""
    choose = random.Random(seed)
    found = [frozenset(a for a, (t, _l) in enumerate(ATOMS) if t == theme) for theme in range(THEMES)]
    found += [frozenset(a for a, (_t, l) in enumerate(ATOMS) if l == each) for each in range(LANGUAGES)]
    while len(found) < 20:
        themes = set(choose.sample(range(THEMES), choose.randint(1, THEMES)))
        languages = set(choose.sample(range(LANGUAGES), choose.randint(1, LANGUAGES)))
        each = frozenset(a for a, (t, l) in enumerate(ATOMS) if t in themes and l in languages)
        if each not in found:
            found.append(each)
    return found


# -- any days, any unions: more than the engine answers ---------------------------------------------------------------------------


def figures(of: Scene, way: Way) -> tuple[np.ndarray, np.ndarray]:
    """For each filter and range of days the least and most that the count can be, by its own figure."""
    shape = (len(of.filters), DAYS + 1, DAYS + 1)
    low, high = np.zeros(shape), np.zeros(shape)
    for number, atoms in enumerate(of.filters):
        n = np.concatenate([[0], np.cumsum(of.counts[:, sorted(atoms)].sum(axis=1))])
        draw = [0, *np.cumsum(of.draws[:, sorted(atoms)].sum(axis=1))]
        for i in range(DAYS):
            for j in range(i + 1, DAYS + 1):
                low[number, i, j], high[number, i, j] = way.support(
                    way.show(int(n[j] - n[i]), int(draw[j] - draw[i]))
                )
    return low, high


def closest(low: np.ndarray, high: np.ndarray) -> None:
    """Shortest paths (in place): each range's bounds from all sums and differences of ranges."""
    far = np.where(np.triu(np.ones((DAYS + 1, DAYS + 1)), 1) > 0, high, -np.transpose(low, (0, 2, 1)))
    for middle in range(DAYS + 1):
        np.minimum(far, far[:, :, middle, None] + far[:, None, middle, :], out=far)
    high[:], low[:] = np.triu(far, 1), np.triu(-np.transpose(far, (0, 2, 1)), 1)


def across(of: Scene, low: np.ndarray, high: np.ndarray) -> None:
    """Sets the filters of each single day against each other (in place)."""
    count = len(ATOMS)
    rows = [{atom: 1.0 for atom in atoms} for atoms in of.filters]
    zero, top = np.zeros(count), np.full(count, float(VAST))
    for day in range(DAYS):
        ends = low[:, day, day + 1].copy(), high[:, day, day + 1].copy()
        if (ends[0] == ends[1]).all():
            continue
        search = solver(presolve="off")
        search.passModel(program(zero, top, zero, rows, ends))
        for number, atoms in enumerate(of.filters):
            for sign, side in ((1, low), (-1, high)):
                cost = np.zeros(count)
                cost[sorted(atoms)] = sign
                search.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
                search.run()
                end = sign * search.getObjectiveValue()
                better = np.ceil(end - 1e-6) if sign > 0 else np.floor(end + 1e-6)
                side[number, day, day + 1] = (max if sign > 0 else min)(side[number, day, day + 1], better)


def recovered(of: Scene, way: Way, rounds: int = 2) -> int:
    """How many of the cells (filter × day) an outsider knows exactly, of those with anything to know: the open days."""
    low, high = figures(of, way)
    closest(low, high)
    for _ in range(rounds):
        across(of, low, high)
        closest(low, high)
    day = np.arange(DAYS)
    exact = low[:, day, day + 1] == high[:, day, day + 1]
    return int(exact[:, open_days(of)].sum())


def open_days(of: Scene) -> np.ndarray:
    return np.flatnonzero(of.counts.sum(axis=1) > 0)


def proven_open(of: Scene, way: Way) -> int:
    """How many of the same cells have another world beside them: one visitor more, less, or on another day, and every figure fits."""
    low, high = figures(of, way)
    total = np.stack(
        [np.concatenate([[0], np.cumsum(of.counts[:, sorted(atoms)].sum(axis=1))]) for atoms in of.filters]
    )
    n = total[:, None, :] - total[:, :, None]
    upper = np.triu(np.ones((DAYS + 1, DAYS + 1), dtype=bool), 1)
    full, empty = (n >= high) & upper, (n <= low) & upper  # no room for one more, one less
    more, less, swap = _blocked(full, empty)
    found = 0
    for atoms in of.filters:
        for day in open_days(of):
            found += any(_moves(of, atom, int(day), more, less, swap) for atom in sorted(atoms))
    return found


def _blocked(full: np.ndarray, empty: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per filter: whether one more (less) on a day does not fit; whether one moved from one day to another does not."""
    count = full.shape[0]
    more, less = np.zeros((count, DAYS), dtype=bool), np.zeros((count, DAYS), dtype=bool)
    swap = np.zeros((count, DAYS, DAYS), dtype=bool)  # to, from
    for to in range(DAYS):
        more[:, to] = full[:, : to + 1, to + 1 :].any(axis=(1, 2))
        less[:, to] = empty[:, : to + 1, to + 1 :].any(axis=(1, 2))
        for origin in range(DAYS):
            if to < origin:
                gets, gives = (
                    full[:, : to + 1, to + 1 : origin + 1],
                    empty[:, to + 1 : origin + 1, origin + 1 :],
                )
            elif to > origin:
                gets, gives = (
                    full[:, origin + 1 : to + 1, to + 1 :],
                    empty[:, : origin + 1, origin + 1 : to + 1],
                )
            else:
                continue
            swap[:, to, origin] = gets.any(axis=(1, 2)) | gives.any(axis=(1, 2))
    return more, less, swap


def _moves(of: Scene, atom: int, day: int, more: np.ndarray, less: np.ndarray, swap: np.ndarray) -> bool:
    inside = [number for number, atoms in enumerate(of.filters) if atom in atoms]
    has = of.counts[:, atom] > 0
    if not more[inside, day].any() or (has[day] and not less[inside, day].any()):
        return True
    others = np.arange(DAYS) != day
    if (~swap[inside, day].any(axis=0) & has & others).any():
        return True
    return bool(has[day] and (~swap[inside, :, day].any(axis=0) & others).any())


def guessed(of: Scene, way: Way) -> tuple[float, float]:
    """The share of cells that least squares over all figures rounds to the right number, and that the filter's mean does."""
    right = plain = 0
    design = np.array(
        [
            [(k == j) * 1.0 - (k == i) * 1.0 for k in range(1, DAYS + 1)]
            for i in range(DAYS)
            for j in range(i + 1, DAYS + 1)
        ]
    )
    solve = np.linalg.pinv(design)
    days = open_days(of)
    for atoms in of.filters:
        n = np.concatenate([[0], np.cumsum(of.counts[:, sorted(atoms)].sum(axis=1))])
        draw = [0, *np.cumsum(of.draws[:, sorted(atoms)].sum(axis=1))]
        seen = [
            way.show(int(n[j] - n[i]), int(draw[j] - draw[i]))
            for i in range(DAYS)
            for j in range(i + 1, DAYS + 1)
        ]
        running = np.concatenate([[0.0], solve @ np.array([5.0 if f is None else float(f) for f in seen])])
        truth = np.diff(n)[days]
        right += int((np.round(np.diff(running)[days]) == truth).sum())
        plain += int((np.round(n[-1] / len(days)) == truth).sum())
    return right / (len(days) * len(of.filters)), plain / (len(days) * len(of.filters))


# -- what the engine answers: closed periods, one value in a filter ----------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """Closed periods around the sixty days × every theme, language and total: what an outsider gets, and what can be worked out."""

    figures: int
    cells: int  # filter × week, filter × month, and what weeks and months leave of each other
    recovered: int
    days: int  # filter × day
    days_recovered: int
    guessed: float  # the share of the cells that least squares over all figures rounds to the right number


def answered(of: Scene, way: Way, *, desk: bool = False) -> Answered:
    """``desk``: the outsider also has the true number of acts of each day and theme, as the day's page tells it (decision 25)."""
    days = len(of.counts)
    spans = [
        range((first - of.first).days, (last - of.first).days + 1)
        for span in (Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER)
        for first, last in closed_periods(span, of.first, of.first + timedelta(days=days))
    ]
    marks = [tuple(day in span for span in spans) for day in range(days)]
    chunks = [[day for day in range(days) if marks[day] == mark] for mark in dict.fromkeys(marks)]
    lattice = [
        frozenset(a for a, (t, l) in enumerate(ATOMS) if theme in (None, t) and language in (None, l))
        for theme, language in product((None, *range(THEMES)), (None, *range(LANGUAGES)))
    ]
    rows, low, high, seen = [], [], [], []

    def tell(places: Sequence[int], atoms: Filter, ends: Bounds, figure: int | None) -> None:
        rows.append({c * len(ATOMS) + a: 1.0 for c in places for a in sorted(atoms)})
        seen.append(5.0 if figure is None else float(figure))
        low.append(float(ends[0]))
        high.append(float(ends[1]))

    for span in spans:
        inside = [c for c, chunk in enumerate(chunks) if chunk[0] in span]
        for atoms in lattice:
            block = np.ix_(list(span), sorted(atoms))
            figure = way.show(int(of.counts[block].sum()), int(of.draws[block].sum()))
            tell(inside, atoms, way.support(figure), figure)
    told = len(rows)
    if desk:
        for c, chunk in enumerate(chunks):
            for atoms in lattice[LANGUAGES + 1 :: LANGUAGES + 1]:
                n = int(of.counts[np.ix_(chunk, sorted(atoms))].sum())
                tell([c], atoms, (n, n), n)
    window = range(days // 2 - DAYS // 2, days // 2 + DAYS // 2)
    targets = [
        ([c for c, chunk in enumerate(chunks) if chunk[0] in span], atoms)
        for span in [*spans, *chunks]
        if span[0] in window
        for atoms in of.filters
        if not desk or len({ATOMS[a][1] for a in atoms}) < LANGUAGES  # the others are on the day's page
    ]
    ends = _ends(len(chunks), rows, (np.array(low), np.array(high)), targets)
    exact = sum(a == b for a, b in ends)
    single = {c: len(chunk) for c, chunk in enumerate(chunks)}
    known = sum(
        (b == 0 or (a == b and single[places[0]] == 1)) * single[places[0]]
        for (places, _atoms), (a, b) in zip(targets, ends, strict=True)
        if len(places) == 1
    )
    count = sum(single[places[0]] for places, _atoms in targets if len(places) == 1)
    return Answered(told, len(targets), exact, count, known, _estimated(of, chunks, rows, seen, targets))


def _estimated(
    of: Scene,
    chunks: list[list[int]],
    rows: list[dict[int, float]],
    seen: list[float],
    targets: Sequence[tuple[list[int], Filter]],
) -> float:
    design = np.zeros((len(rows), len(chunks) * len(ATOMS)))
    for number, row in enumerate(rows):
        design[number, list(row)] = 1.0
    found = np.linalg.lstsq(design, np.array(seen), rcond=1e-9)[0].reshape(len(chunks), len(ATOMS))
    truth = np.array([of.counts[chunk].sum(axis=0) for chunk in chunks])
    right = sum(
        round(found[np.ix_(places, sorted(atoms))].sum()) == truth[np.ix_(places, sorted(atoms))].sum()
        for places, atoms in targets
    )
    return right / len(targets)


def _ends(
    chunks: int,
    rows: list[dict[int, float]],
    limits: tuple[np.ndarray, np.ndarray],
    targets: Sequence[tuple[list[int], Filter]],
) -> list[tuple[float, float]]:
    """Bounds of each target over everything that was told; where they leave two numbers or more, perhaps not the widest."""
    count = chunks * len(ATOMS)
    zero, top = np.zeros(count), np.full(count, float(VAST))
    search = solver(presolve="off")
    search.passModel(program(zero, top, zero, rows, limits))
    sums = np.zeros((len(targets), count))
    for number, (places, atoms) in enumerate(targets):
        sums[number, [c * len(ATOMS) + a for c in places for a in atoms]] = 1.0
    least, most = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)
    everywhere = np.arange(count, dtype=np.int32)
    for number in range(len(targets)):
        for sign in (1, -1):
            if np.floor(most[number] + 1e-6) > np.ceil(least[number] - 1e-6):
                break  # two worlds are known already
            search.changeColsCost(count, everywhere, sign * sums[number])
            search.run()
            if search.getModelStatus() != ENDED.kOptimal:
                raise SolverError("the attack's program was not solved")
            at = sums @ np.array(search.getSolution().col_value)
            least, most = np.minimum(least, at), np.maximum(most, at)
    return list(zip(np.ceil(least - 1e-6), np.floor(most + 1e-6), strict=True))
