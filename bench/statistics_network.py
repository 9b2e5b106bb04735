"""A made-up network's facts, month by month, for ``bench.statistics``.

Seasons, weekdays, hours and holidays are figures of our own; what people come for follows a published profile (Val-de-Marne 2014,
several answers possible: job 33 %, guidance 30 %, training 27 %, starting a business 15 %).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import holidays
import numpy as np

from parvis.statistics.cube.facts import FACTS, PROFILE_LISTS, Unit
from parvis.statistics.cube.questions import Dimension
from parvis.statistics.cube.words import Place, Words

Columns = dict[str, np.ndarray[Any, Any]]
CENTRES = 44
COUNTRIES = ("FR",) * 24 + ("BE",) * 4 + ("IT",) * 4 + ("PT",) * 4 + ("CH",) * 3 + ("FI",) * 3 + ("HR",) * 2
MONTHS = (1.15, 1.05, 1.1, 0.95, 0.9, 0.95, 0.6, 0.4, 1.35, 1.25, 1.1, 0.75)  # of the school year's course
WEEKDAYS = (0.85, 1.2, 1.25, 1.05, 0.95, 0.35, 0.0)
HOURS = {9: 0.8, 10: 1.3, 11: 1.2, 12: 0.5, 13: 0.7, 14: 1.3, 15: 1.2, 16: 1.0, 17: 0.6, 18: 0.2}
THEMES = (0.30, 0.27, 0.33, 0.10, 0.15)  # choose, train, find a job, change, start a business
TWO_THEMES = 0.12
LANGUAGES = ("fr", "en", "ar", "pt", "es", "it", "uk", "fa", "tr", "ro", "nl", "hr", "fi")
ARRIVALS = ("greeter", "kiosk", "phone_call", "phone", "appointment", "class", "")
SIZES = {  # entries of a centre's own list, at most
    "need": 24,
    "resource": 12,
    "redirection": 30,
    "outcome": 8,
    "unmet_need": 10,
    "service": 14,
    "channel": 6,
    "audience": 8,
    "age_band": 7,
    "status": 9,
    "education": 7,
    "gender": 3,
    "first_visit": 2,
    "referral": 10,
}
OFFSETS = {name: 50 * place for place, name in enumerate(SIZES)}
SOME = {
    "need": 1.0,
    "resource": 0.6,
    "redirection": 0.25,
    "outcome": 0.8,
    "unmet_need": 0.05,
}  # share with any
NETWORK_CODES, NETWORK_THEMES, A_CENTRE = 1_000_000, 1_000_900, 1_000
SETS = 60  # different sets of a list in one centre, beside the single codes


def local(centre: int, name: str, entry: int) -> int:
    return centre * A_CENTRE + OFFSETS[name] + entry


def theme(centre: int, entry: int) -> int:
    return centre * 100 + entry


def words() -> Words:
    """Every centre's entries counted as the network's, which are fewer; each centre's last need counts as nothing."""
    codes, themes, lists = {}, {}, {}
    for centre in range(1, CENTRES + 1):
        for name, size in SIZES.items():
            for entry in range(size):
                code = local(centre, name, entry)
                lists[code] = Dimension(name)
                if name != "need" or entry < size - 1:
                    codes[code] = NETWORK_CODES + OFFSETS[name] + entry % max(2, size * 2 // 3)
        for entry in range(len(THEMES)):
            themes[theme(centre, entry)] = NETWORK_THEMES + entry
    places = {centre: Place(1 + (centre > 30), COUNTRIES[centre - 1]) for centre in range(1, CENTRES + 1)}
    return Words(places, themes, codes, lists)


class Network:
    """Facts of ``contacts`` contacts over ten years, the same for the same seed."""

    def __init__(self, contacts: int, months: list[date], seed: int = 2014) -> None:
        self.random, self.months = np.random.default_rng(seed), months
        weights = np.array([MONTHS[m.month - 1] * (0.55 if m.year == 2020 else 1.0) for m in months])
        self.sizes = np.round(contacts * weights / weights.sum()).astype(int)
        self.centre_weights = self.random.lognormal(0, 0.7, CENTRES)
        self.off = {c: holidays.country_holidays(c) for c in set(COUNTRIES)}
        self.pools = {name: self._pool(name) for name in (*SOME, *PROFILE_LISTS)}
        self.theme_pool = self._theme_pool()

    def _pool(self, name: str) -> np.ndarray[Any, Any]:
        """For each centre, sets as they are said: first the single codes by how frequent they are, then pairs and triples."""
        rows = []
        for centre in range(1, CENTRES + 1):
            single = [str(local(centre, name, entry)) for entry in range(SIZES[name])]
            several = [
                ",".join(
                    str(local(centre, name, e))
                    for e in sorted(self.random.choice(SIZES[name], min(size, SIZES[name]), replace=False))
                )
                for size in self.random.choice([2, 2, 2, 3], SETS)
            ]
            rows.append([*single, *several, ""])
        return np.array(rows, dtype=object)

    def _theme_pool(self) -> np.ndarray[Any, Any]:
        count = range(len(THEMES))
        pairs = [(a, b) for a in count for b in count if a < b]
        return np.array(
            [
                [str(theme(c, a)) for a in count] + [f"{theme(c, a)},{theme(c, b)}" for a, b in pairs]
                for c in range(1, CENTRES + 1)
            ],
            dtype=object,
        )

    def month(self, place: int) -> Iterator[tuple[Unit, Columns]]:
        """The facts of each unit in one month."""
        first, n = self.months[place], int(self.sizes[place])
        for unit, share in (
            *((Unit.CONTACTS, 1.0), (Unit.ACTS, 1.0), (Unit.WAITS, 0.6)),
            *((Unit.PROFILES, 0.02), (Unit.PASSAGES, 0.25)),
        ):
            yield unit, self.some(unit, first, max(1, int(n * share)))

    def some(self, unit: Unit, month: date, n: int) -> Columns:
        """So many facts of one unit, ready to be written."""
        where, day = self._when_and_where(month, n)
        hours = self.random.choice(list(HOURS), n, p=np.array(list(HOURS.values())) / sum(HOURS.values()))
        common = {
            "centre": where + 1,
            "site": (where + 1) * 10 + (self.random.random(n) < 0.2),
            "date": day,
            "hour": hours,
            "origin": np.full(n, "record", dtype=object),
            "n": self.random.poisson(4, n) + 1 if unit == Unit.PASSAGES else np.ones(n, dtype=np.int32),
            "draw": self.random.integers(0, 2**32, n),
        }
        found = {column.name: common.get(column.name) for column in FACTS[unit]}
        return {name: self._said(name, where) if said is None else said for name, said in found.items()}

    def _when_and_where(self, month: date, n: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        after = (month + timedelta(days=31)).replace(day=1)
        days = [month + timedelta(days=d) for d in range((after - month).days)]
        weights = np.array(
            [
                [
                    0 if day in self.off[COUNTRIES[c]] else WEEKDAYS[day.weekday()] * self.centre_weights[c]
                    for day in days
                ]
                for c in range(CENTRES)
            ]
        ).ravel()
        cell = np.sort(self.random.choice(len(weights), n, p=weights / weights.sum()))
        dates = np.array([np.datetime64(day) for day in days], dtype="datetime64[us]")
        return cell // len(days), dates[cell % len(days)]

    def _said(self, name: str, where: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        n = len(where)
        if name == "themes":
            single = self.random.choice(len(THEMES), n, p=np.array(THEMES) / sum(THEMES))
            pairs = self.theme_pool.shape[1] - len(THEMES)
            double = len(THEMES) + self.random.integers(0, pairs, n)
            return self.theme_pool[where, np.where(self.random.random(n) < TWO_THEMES, double, single)]
        if name in self.pools:
            return self._set(name, where)
        if name in ("service", "channel"):
            return (where + 1) * A_CENTRE + OFFSETS[name] + self._falling(SIZES[name], n)
        if name == "seconds":
            return np.minimum(self.random.exponential(720, n), 14_000).astype(np.int32)
        texts = {
            "language": LANGUAGES,
            "arrival": ARRIVALS,
            "kind": ("individual", "group"),
            "method": ("paper", "kiosk", "page"),
        }
        if name in texts:
            return np.array(texts[name], dtype=object)[self._falling(len(texts[name]), n)]
        return np.array([str(p) for p in range(10, 96)], dtype=object)[
            self._falling(86, n)
        ]  # a postcode's beginning

    def _set(self, name: str, where: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        n, size = len(where), SIZES[name]
        several = self.random.random(n) < (0.3 if name in SOME else 0.0)
        chosen = np.where(several, size + self._falling(SETS, n), self._falling(size, n))
        nothing = self.random.random(n) >= SOME.get(name, 0.85)
        return self.pools[name][where, np.where(nothing, size + SETS, chosen)]

    def _falling(self, size: int, n: int) -> np.ndarray[Any, Any]:
        """Some entries are said often, most seldom."""
        weights = 1 / (np.arange(size) + 1.5)
        return self.random.choice(size, n, p=weights / weights.sum())
