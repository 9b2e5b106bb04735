"""A question as SQL over the working tables. Every piece of SQL is our own; what the asker said comes in as numbers of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np

from parvis.statistics.cube.axes import Axis, Sets
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.folding import Array, Groups
from parvis.statistics.cube.questions import Value

FEW = 40  # numbers that stand in the statement itself; more become a table that is joined


@dataclass(frozen=True)
class Along:
    """One dimension to break down by. ``raw``: the key is a number as the facts hold it, not yet the place of a set."""

    key: str
    sets: Sets
    raw: bool


@dataclass
class Statement:
    """What all statements of a question share. ``tabled`` keeps a map from numbers to places and gives the table's name."""

    tabled: Callable[[str, Array, Array], str]
    along: list[Along] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def break_down(self, axis: Axis, allowed: frozenset[Value] | None, *, every: bool) -> None:
        """Break down by an axis. ``every``: all facts have a number of it."""
        sets = axis.sets(allowed)
        if every and allowed is None and sets.are_numbers:
            self.along.append(Along(axis.sql, sets, raw=True))
            return
        name = self._joined(axis, sets.numbers, sets.places)
        self.along.append(Along(f"{name}.place", sets, raw=False))

    def _joined(self, axis: Axis, numbers: Array, places: Array) -> str:
        name = f"m{len(self.joins)}"
        self.joins.append(
            f"JOIN {self.tabled(axis.kind, numbers, places)} {name} ON {name}.number = {axis.sql}"
        )
        return name

    def restrict(self, axis: Axis, numbers: Iterable[int]) -> None:
        """Count only rows with one of these numbers."""
        kept = sorted(numbers)
        if not kept:
            self.conditions.append("FALSE")
        elif kept[-1] - kept[0] == len(kept) - 1:
            self.conditions.append(f"{axis.sql} BETWEEN {kept[0]} AND {kept[-1]}")
        elif len(kept) <= FEW:
            self.conditions.append(f"{axis.sql} IN ({', '.join(map(str, kept))})")
        else:
            self._joined(axis, np.array(kept), np.zeros(len(kept), dtype=np.int64))

    def sql(self, table: str, unit: Unit, *more: str, single: bool) -> str:
        """Rows that say the same, with how many of the unit they are."""
        minute = ["f.minute AS minute"] if unit == Unit.WAITS else []
        keys = [f"{along.key} AS k{n}" for n, along in enumerate(self.along)]
        conditions = " AND ".join([*self.conditions, *more]) or "TRUE"
        return f"""SELECT {", ".join([*keys, *minute])}{"," if keys or minute else ""}
            {"count(*)" if single else "sum(f.n)::BIGINT"} AS n, sum(f.draw::BIGINT)::BIGINT AS draw
            FROM {table} f {" ".join(self.joins)} WHERE {conditions} GROUP BY ALL HAVING count(*) > 0"""  # noqa: S608

    def counted(
        self, duck: duckdb.DuckDBPyConnection, table: str, unit: Unit, *more: str, single: bool = False
    ) -> Groups:
        """Ask one table. ``single``: each of its rows stands for one."""
        found = duck.execute(self.sql(table, unit, *more, single=single)).fetchnumpy()
        keys = []
        for n, along in enumerate(self.along):
            key = _plain(found[f"k{n}"])
            keys.append(along.sets.dense[key - along.sets.lowest] if along.raw else key)
        minute = _plain(found["minute"]) if unit == Unit.WAITS else None
        return Groups(tuple(keys), _plain(found["n"]), _plain(found["draw"]), minute)


def _plain(column: Any) -> Array:
    return np.asarray(np.ma.getdata(column), dtype=np.int64)
