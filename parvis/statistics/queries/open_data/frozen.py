"""What an edition keeps: its tables by codes that no language changes, and the words for them. Files and pages are made of it.

A cell's code is ``_T`` where everything is together and ``_U`` where nothing was said or known, as in SDMX's lists of codes;
a figure is ``None`` where it is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

TOTAL, UNKNOWN = "_T", "_U"
Words = Mapping[str, str]  # language -> words
At = tuple[str, ...]


@dataclass(frozen=True)
class OpenTable:
    """One table. ``by``: its dimensions; ``several``: those of which several can be true of one thing."""

    name: str
    unit: str
    by: Sequence[str]
    several: Sequence[str]
    cells: Sequence[tuple[At, int | None]]
    titles: Words
    methods: Words
    notes: Mapping[str, Sequence[str]]

    @property
    def hidden(self) -> int:
        """How many of its figures are hidden."""
        return sum(n is None for _at, n in self.cells)

    @property
    def base(self) -> int | None:
        """How many of the unit there are in all; none where that is hidden."""
        return dict(self.cells)[(TOTAL,) * len(self.by)]

    def codes(self, place: int) -> list[str]:
        """The codes of a dimension in their order, without its total."""
        return [code for code in dict.fromkeys(at[place] for at, _n in self.cells) if code != TOTAL]


@dataclass(frozen=True)
class Named:
    """A dimension or a unit in words: its name and what one of it is."""

    labels: Words
    meanings: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Frozen:
    """A year’s tables with their words. ``languages``: those in which everything is said; codes also in further ones."""

    languages: Sequence[str]
    tables: Sequence[OpenTable]
    units: Mapping[str, Named]
    dimensions: Mapping[str, Named]
    codes: Mapping[str, Mapping[str, Words]]  # dimension -> code -> words

    def speak(self, language: str) -> str:
        """The language in which it is told to somebody who reads ``language``."""
        return language if language in self.languages else self.languages[0]

    def label(self, dimension: str, code: str, language: str) -> str:
        """A code in words; months and years speak for themselves."""
        words = self.codes.get(dimension, {}).get(code)
        return said(words, language, self.languages) if words else code

    def lists(self, table: OpenTable) -> Iterator[tuple[str, list[str]]]:
        """The dimensions of a table with their codes."""
        for place, dimension in enumerate(table.by):
            yield dimension, table.codes(place)


def said(words: Words, language: str, languages: Sequence[str]) -> str:
    """In this language, else in the first of the others that has it."""
    return next((found for code in (language, *languages) if (found := words.get(code))), "")


def as_kept(frozen: Frozen) -> dict[str, Any]:
    """As an edition keeps it."""
    return asdict(frozen)


def as_read(kept: Mapping[str, Any]) -> Frozen:
    """What an edition kept."""
    tables = [
        OpenTable(**{**one, "cells": [(tuple(at), n) for at, n in one["cells"]]}) for one in kept["tables"]
    ]
    named = {name: {key: Named(**one) for key, one in kept[name].items()} for name in ("units", "dimensions")}
    return Frozen(kept["languages"], tables, named["units"], named["dimensions"], kept["codes"])


def differences(before: Frozen, after: Frozen) -> list[list[Any]]:
    """Each figure that is another one: table, codes, before and after. Both were, or are to be, told to everybody."""
    old = {(table.name, at): n for table in before.tables for at, n in table.cells}
    new = {(table.name, at): n for table in after.tables for at, n in table.cells}
    there = {table.name for table in before.tables} & {table.name for table in after.tables}
    gone = [key for key in old if key not in new]
    return [
        [name, list(at), old.get((name, at), 0), new.get((name, at), 0)]
        for name, at in (*new, *gone)
        if name not in there or old.get((name, at), 0) != new.get((name, at), 0)
    ]
