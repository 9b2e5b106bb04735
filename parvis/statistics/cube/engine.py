"""Answers questions: one DuckDB a process, its memory and threads limited, asked by several threads at once.

``answer`` is all that others need. What it counts, by where a fact comes from (:class:`~parvis.statistics.cube.facts.Origin`):

- Totals of days and corrections count wherever only places and times are asked for. Under anything else nobody can say
  what they would be, so they are in no cell and no margin there; ``left_out`` says how many (corrections with their sign).
- Where themes are asked for and nothing else, the days that a sheet gave by theme count by theme instead of as a whole.
- The codes of a group, of participants or pupils are parts of a total: lines by a code stand below the wholes' margin, which is not their sum.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from parvis.statistics.cube.asking import Statement
from parvis.statistics.cube.axes import Axis, axis
from parvis.statistics.cube.dimensions import OF, PARTS, PLAIN
from parvis.statistics.cube.facts import Origin, Unit
from parvis.statistics.cube.folding import Array, Groups, folded, joined
from parvis.statistics.cube.questions import ALL, Answer, Count, Dimension, Key, Question
from parvis.statistics.cube.store import Partition, Row
from parvis.statistics.cube.words import Words
from parvis.statistics.cube.working import (
    ORIGINS,
    Columns,
    Working,
    day_number,
    table,
)

MOST = 3  # dimensions
AT_ONCE = 2  # questions that are counted at the same time; others wait their turn
KEPT_MAPS = 300
BITS = 18  # of all keys together, up to which DuckDB groups by counting instead of looking up
WHOLE, BY_THEME, CORRECTION = (ORIGINS[one] for one in (Origin.WHOLE, Origin.BY_THEME, Origin.CORRECTION))


class CannotBeAsked(ValueError):
    """The unit has no such dimension, or the parts asked for cannot stand together."""


class Cube:
    """A process's working tables and the one connection to them. ``folder``: where DuckDB may put what passes ``memory``."""

    def __init__(self, *, threads: int = 2, memory: str = "2GB", folder: Path | None = None) -> None:
        settings: dict[str, Any] = {"threads": threads, "memory_limit": memory}
        if folder is not None:
            settings["temp_directory"] = str(folder)
        self._duck = duckdb.connect(config=settings)
        self._duck.execute(f"SET perfect_ht_threshold = {BITS}")
        self._working = Working(self._duck)
        self._lock = threading.Lock()
        self._gate = threading.BoundedSemaphore(AT_ONCE)
        self._axes: dict[Any, Axis] = {}
        self._maps: OrderedDict[Any, str] = OrderedDict()
        self._made = 0

    def answer(
        self,
        snapshot: Sequence[Partition],
        question: Question,
        words: Words,
        open_rows: Sequence[Row] | Sequence[Path] = (),
    ) -> Answer:
        """Count what is asked, in the files of the snapshot and in ``open_rows``: facts of days that are in none of them yet.

        Raises :class:`CannotBeAsked`.
        """
        check(question)
        with self._gate:
            return _Asking(self, snapshot, question, words, open_rows).answer()

    def hold(self, snapshot: Sequence[Partition], question: Question) -> list[int]:
        """Read the files that a question needs, where they are not read yet. The caller holds the lock.

        Returns months that are held and must not count.
        """
        return self._working.hold(snapshot, question.unit, question.first, question.last)

    def axis(self, dimension: Dimension, question: Question, words: Words) -> Axis:
        """An axis, made once as long as nothing changes that it is made of. The caller holds the lock."""
        known = self._working.dictionaries
        size = sum(len(d.values) for (unit, _), d in known.items() if unit == question.unit)
        about = (question.unit, dimension, question.in_network_words, question.first, question.last)
        mark = (
            *about,
            question.centres if dimension == Dimension.SCHOOL_YEAR else None,
            words.mark(question),
            size,
        )
        if mark not in self._axes:
            if len(self._axes) > KEPT_MAPS:
                self._axes.clear()
            self._axes[mark] = axis(dimension, question, words, known)
        return self._axes[mark]

    def tabled(self, kind: str, numbers: Array, places: Array) -> str:
        """A table that gives a place for each number; the same one for the same places. The caller holds the lock."""
        mark = (kind, numbers.tobytes(), places.tobytes())
        if mark in self._maps:
            self._maps.move_to_end(mark)
            return self._maps[mark]
        self._made += 1
        name = self._maps[mark] = f"map_{self._made}"
        self._duck.register("given", {"number": numbers, "place": places})
        self._duck.execute(
            f"CREATE TABLE {name} AS SELECT number::{kind} AS number, place::UINTEGER AS place FROM given"  # noqa: S608
        )
        self._duck.unregister("given")
        while len(self._maps) > KEPT_MAPS:
            self._duck.execute(f"DROP TABLE {self._maps.popitem(last=False)[1]}")
        return name

    def narrowed(self, unit: Unit, rows: Sequence[Row] | Sequence[Path]) -> Columns:
        """Facts that are in no file of a month, as the working tables hold them. The caller holds the lock."""
        files = [one for one in rows if isinstance(one, Path)]
        if files:
            return self._working.narrowed_files(unit, files)
        return self._working.narrowed(unit, [one for one in rows if not isinstance(one, Path)])

    def centre_numbers(self, question: Question) -> tuple[list[int], bool]:
        """The numbers of the centres that may be seen, and whether those are all. The caller holds the lock."""
        known = self._working.dictionaries[question.unit, "centre"].numbers
        seen = [number for centre, number in known.items() if centre in question.centres]
        return seen, len(seen) == len(known)

    def is_single(self, unit: Unit) -> bool:
        """Whether each recorded fact of the unit stands for one, so that rows can be counted. The caller holds the lock."""
        return unit in self._working.single

    def code_of_whole(self, unit: Unit) -> int:
        """The number that stands for a whole total, not a part of it; -1 where there is none. The caller holds the lock."""
        return self._working.dictionaries[unit, "code"].numbers.get(None, -1)

    @property
    def lock(self) -> threading.Lock:
        return self._lock

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same tables."""
        return self._duck.cursor()

    def close(self) -> None:
        self._duck.close()


def check(question: Question) -> None:
    """Raises :class:`CannotBeAsked` where the question makes no sense for its unit."""
    used = (*question.by, *question.where)
    if len(question.by) > MOST or len(set(question.by)) < len(question.by):
        raise CannotBeAsked(f"{MOST} different dimensions at most")
    if strange := [one.value for one in used if one not in OF[question.unit]]:
        raise CannotBeAsked(f"{question.unit.value} have no {', '.join(strange)}")
    if question.unit in PARTS:
        parts = set(used) & set(PARTS[question.unit])
        if len(parts) > 1:
            raise CannotBeAsked("the parts of a total say nothing about one another")
        if any(one not in question.by and len(question.where[one]) > 1 for one in parts):
            raise CannotBeAsked("parts of a total are never added together")


class _Asking:
    """One question being answered."""

    def __init__(
        self,
        cube: Cube,
        snapshot: Sequence[Partition],
        question: Question,
        words: Words,
        open_rows: Sequence[Row] | Sequence[Path],
    ) -> None:
        self.cube, self.snapshot, self.words = cube, snapshot, words
        self.question, self.open_rows = question, open_rows
        used = set(question.by) | set(question.where)
        self.said = used - PLAIN
        self.part = next((one for one in self.said if one in PARTS.get(question.unit, ())), None)

    def answer(self) -> Answer:
        question = self.question
        with self.cube.lock:
            stale = self.cube.hold(self.snapshot, question)
            self.held = [f"f.month NOT IN ({', '.join(map(str, stale))})"] if stale else []
            opened = self.cube.narrowed(question.unit, self.open_rows) if self.open_rows else None
            self.single = self.cube.is_single(question.unit)
            statement = self._statement(question.by)
            aside = self._aside() if self.said else None
            wholes = self._wholes() if self.part in question.by else None
            duck = self.cube.cursor()
            duck.begin()
            duck.execute(f"SELECT 1 FROM {table(question.unit)} LIMIT 1").fetchall()  # noqa: S608  from here on nothing changes
        try:
            if opened is not None:
                duck.register("opened", dict(opened))
            groups = self._groups(duck, statement)
            cells, several = self._cells(groups, statement)
            if wholes is not None:
                cells = self._with_wholes(duck, cells, wholes)
                several |= {self.part} if self.part else frozenset()
            left_out = self._left_out(duck, aside) if aside else 0
        finally:
            duck.rollback()
            duck.close()
        return Answer(question, cells, several, left_out, _unmapped(groups, statement))

    def _statement(self, by: Sequence[Dimension], where: Sequence[Dimension] | None = None) -> Statement:
        """The question, or what of it these dimensions say."""
        question, statement = self.question, Statement(self.cube.tabled)
        statement.conditions.append(
            f"f.day BETWEEN {day_number(question.first)} AND {day_number(question.last)}"
        )
        numbers, every = self.cube.centre_numbers(question)
        if not every:
            statement.restrict(Axis('f."centre"', "UINTEGER", {}), numbers)
        filters = tuple(question.where) if where is None else where
        for dimension in by:
            axis_ = self.cube.axis(dimension, question, self.words)
            allowed = question.where.get(dimension) if dimension in filters else None
            statement.break_down(axis_, allowed, every=dimension != self.part)
        for dimension in filters:
            if dimension not in by:
                axis_ = self.cube.axis(dimension, question, self.words)
                statement.restrict(axis_, axis_.having(question.where[dimension]))
        if question.unit in PARTS and (
            self.part is None or (self.part not in by and self.part not in filters)
        ):
            statement.conditions.append(f"f.code = {self.cube.code_of_whole(question.unit)}")
        return statement

    def _groups(self, duck: duckdb.DuckDBPyConnection, statement: Statement) -> Groups:
        """What was recorded, and those totals that can be divided like this."""
        origins = [] if self.said else [WHOLE, CORRECTION]
        if self.said == {Dimension.THEME}:
            origins = [BY_THEME]
        unit = self.question.unit
        parts = [statement.counted(duck, table(unit), unit, *self.held, single=self.single)]
        if origins:
            chosen = f"f.origin IN ({', '.join(map(str, origins))})"
            parts.append(statement.counted(duck, table(unit, totals=True), unit, chosen, *self.held))
        if self.open_rows:
            counting = ", ".join(map(str, [ORIGINS[Origin.RECORD], *origins]))
            parts.append(statement.counted(duck, "opened", unit, f"f.origin IN ({counting})"))
        return joined(parts)

    def _cells(self, groups: Groups, statement: Statement) -> tuple[dict[Key, Count], frozenset[Dimension]]:
        vocabularies = [along.sets.vocabulary for along in statement.along]
        several = frozenset(
            dimension
            for dimension, vocabulary, held in zip(self.question.by, vocabularies, groups.keys, strict=True)
            if vocabulary.overlaps(held)
        )
        return folded(groups, vocabularies), several

    def _wholes(self) -> Statement:
        """The same without the parts of groups."""
        by = [one for one in self.question.by if one != self.part]
        return self._statement(by, [one for one in self.question.where if one != self.part])

    def _with_wholes(
        self, duck: duckdb.DuckDBPyConnection, cells: Mapping[Key, Count], wholes: Statement
    ) -> dict[Key, Count]:
        """Below each margin of whole groups, what is said of parts of them."""
        assert self.part is not None  # noqa: S101
        place = self.question.by.index(self.part)
        whole = folded(self._groups(duck, wholes), [along.sets.vocabulary for along in wholes.along])
        found: dict[Key, Count] = {(*key[:place], ALL, *key[place:]): count for key, count in whole.items()}
        return found | {key: count for key, count in cells.items() if key[place] is not ALL}

    def _aside(self) -> Statement:
        """Totals under those filters that can be applied to them."""
        return self._statement((), [one for one in self.question.where if one in PLAIN])

    def _left_out(self, duck: duckdb.DuckDBPyConnection, statement: Statement) -> int:
        unit, found = self.question.unit, 0
        for source in [table(unit, totals=True)] + (["opened"] if self.open_rows else []):
            more = [f"f.origin IN ({WHOLE}, {CORRECTION})", *(self.held if source != "opened" else ())]
            if self.said == {Dimension.THEME}:
                more.append(
                    f"""(f.origin = {CORRECTION} OR NOT EXISTS (SELECT 1 FROM {source} b
                    WHERE b.origin = {BY_THEME} AND b.centre = f.centre AND b.day = f.day))"""  # noqa: S608
                )
            found += int(statement.counted(duck, source, unit, *more).n.sum())
        return found


def _unmapped(groups: Groups, statement: Statement) -> int:
    """How many of the unit hold a local word, along any dimension, that counts as nothing."""
    loose = np.zeros(len(groups.n), dtype=bool)
    for along, key in zip(statement.along, groups.keys, strict=True):
        if len(along.sets.loose):
            loose |= np.isin(key, along.sets.loose)
    return int(groups.n[loose].sum())


@cache
def shared() -> Cube:
    """The process's own cube. What passes its memory rests in a folder that only this user can open, until the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="parvis-cube-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Cube(folder=folder)


def answer(
    snapshot: Sequence[Partition],
    question: Question,
    words: Words,
    open_rows: Sequence[Row] | Sequence[Path] = (),
) -> Answer:
    """Count what is asked. ``snapshot``: one file at most of each unit and month; ``open_rows``: facts of the question's unit, of
    days that are in no file yet, values in the order of ``FACTS``, or files of such facts. Raises :class:`CannotBeAsked`."""
    return shared().answer(snapshot, question, words, open_rows)
