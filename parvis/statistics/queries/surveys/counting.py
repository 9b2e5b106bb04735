"""Answers counted for tables: each cell and margin with the sum of its rows' numbers, and what a sample says of everybody."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import product

from parvis.statistics.cube.questions import ALL, All, Count
from parvis.statistics.facts.shelf import store
from parvis.statistics.protection import Audience, Figure, Hidden, percent
from parvis.statistics.protection.filterable import THRESHOLD, shown
from parvis.surveys.queries.lists import Answers, Listed
from parvis.surveys.queries.results import clusters
from parvis.surveys.queries.samples import Sampled
from parvis.surveys.sampling import Estimate, estimate_share

Place = str | All


def draws_of(answers: Answers) -> list[int]:
    """A number for each response, by the house's secret and what it says: the same however the rows lie, and nobody finds it out."""
    secret, pk = bytes(store().secret).hex(), answers.collection.pk
    return [
        int(
            sha256(f"{secret}:answers:{pk}:{day}:{json.dumps(row, sort_keys=True)}".encode()).hexdigest()[:8],
            16,
        )
        for day, row in zip(answers.days, answers.rows, strict=True)
    ]


def everybody(answers: Answers, draws: Sequence[int], audience: Audience) -> Figure:
    """How many answered at all, as the audience reads it."""
    many = len(answers.rows)
    return many if audience is Audience.TEAM else shown(Count(many, sum(draws)))


@dataclass(frozen=True)
class Share:
    """Percent, and between which bounds that of everybody lies, where a sample says so."""

    value: Figure
    low: Figure = None
    high: Figure = None


@dataclass(frozen=True)
class Counted:
    """One list, or one crossed by another, as an audience reads it."""

    answers: Answers
    draws: Sequence[int]
    audience: Audience
    sample: Sampled | None
    rows: Listed
    columns: Listed | None = None

    @cached_property
    def cells(self) -> dict[tuple[Place, Place], Count]:
        """Every cell and margin that anybody is in, of those who were asked all of it."""
        n: Counter[tuple[Place, Place]] = Counter()
        draw: Counter[tuple[Place, Place]] = Counter()
        for row, column, number in zip(self.rows.said, self._across, self.draws, strict=True):
            if row is None or column is None:
                continue
            places: tuple[list[Place], list[Place]] = ([ALL, *row], [ALL, *column])
            for key in product(*places):
                n[key] += 1
                draw[key] += number
        return {key: Count(many, draw[key]) for key, many in n.items()}

    @property
    def _across(self) -> Sequence[frozenset[str] | None]:
        if self.columns is None:
            return [frozenset()] * len(self.rows.said)
        return self.columns.said

    def true(self, row: Place, column: Place = ALL) -> int:
        """How many, in truth."""
        found = self.cells.get((row, column))
        return found.n if found else 0

    def figure(self, row: Place, column: Place = ALL) -> Figure:
        """How many, as the audience reads it. For the team, too, nothing is broken down of fewer than ten."""
        if self.audience is not Audience.TEAM:
            return shown(self.cells.get((row, column)))
        if any(0 < self.true(*margin) < THRESHOLD for margin in {(ALL, ALL), *self._over(row, column)}):
            return Hidden.SMALL
        return self.true(row, column)

    def _over(self, row: Place, column: Place) -> set[tuple[Place, Place]]:
        return set() if ALL in (row, column) else {(row, ALL), (ALL, column)}

    def share(self, row: Place, column: Place = ALL) -> Share:
        """The percentage of those asked; of a crossed cell, of its line. Outside it is made of figures as they are shown."""
        whole = (ALL, ALL) if column is ALL else (row, ALL)
        plain = percent(self.figure(row, column), self.figure(*whole))
        if self.sample is None or isinstance(plain, Hidden) or plain is None:
            return Share(plain)
        found = self._estimated(row, column)
        if found is None:
            return Share(plain)
        value = 100 * found.value
        if self.audience is not Audience.TEAM:
            raw = 100 * self.true(row, column) / self.true(*whole)
            value = min(100.0, float(plain) * value / raw) if raw else 0.0
        if found.interval is None:
            return Share(round(value))
        below, above = 100 * (found.value - found.interval.low), 100 * (found.interval.high - found.value)
        return Share(round(value), max(0, round(value - below)), min(100, round(value + above)))

    def _estimated(self, row: Place, column: Place) -> Estimate | None:
        assert self.sample is not None  # noqa: S101  # asked for only where there is one
        days: Counter[date] = Counter()
        said = []
        for day, one, other in zip(self.answers.days, self.rows.said, self._across, strict=True):
            if one is None or other is None:
                continue
            days[day] += 1
            if column is ALL:
                said.append((day, float(row in one)))
            elif row in one:
                said.append((day, float(column in other)))
        by_day = clusters(said)
        strata = self.sample.strata(by_day) if column is ALL else self.sample.strata_of(by_day, days)
        return estimate_share(strata)


def mean_of(counted: Counted) -> Figure:
    """The mean of a scale from figures as they are shown, where each point's is; else why not."""
    found: dict[int, Figure] = {}
    for key, _label in counted.rows.options:
        n = counted.true(key)
        found[int(key)] = 0 if n == 0 and counted.audience is Audience.TEAM else counted.figure(key)
    if any(isinstance(one, Hidden) for one in found.values()):
        return Hidden.SMALL
    many = sum(float(one or 0) for one in found.values())
    return round(sum(point * float(one or 0) for point, one in found.items()) / many, 1) if many else None
