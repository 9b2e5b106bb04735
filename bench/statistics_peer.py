"""Plain SQL beside the cube: the same facts in SQLite, a table a unit and a table for each list, indexed by day."""

from __future__ import annotations

import sqlite3
import time
from datetime import date
from typing import Any

import numpy as np

from bench.statistics_network import Columns
from parvis.statistics.cube.dimensions import CODED, SPANS, column_of, is_many
from parvis.statistics.cube.facts import FACTS, Unit
from parvis.statistics.cube.questions import Dimension, Question
from parvis.statistics.cube.words import Words

TIMES = {
    Dimension.DAY: "f.date",
    Dimension.WEEK: "date(f.date, '-' || ((strftime('%w', f.date) + 6) % 7) || ' days')",
    Dimension.MONTH: "substr(f.date, 1, 7)",
    Dimension.QUARTER: "substr(f.date, 1, 4) || (substr(f.date, 6, 2) + 2) / 3",
    Dimension.YEAR: "substr(f.date, 1, 4)",
    Dimension.SCHOOL_YEAR: "substr(f.date, 1, 4) - (substr(f.date, 6, 2) < '09')",
    Dimension.WEEKDAY: "(strftime('%w', f.date) + 6) % 7",
}


class Peer:
    """Facts row by row, as a database of records keeps them."""

    def __init__(self, database: sqlite3.Connection, words: Words) -> None:
        self.database, self.rows = database, 0
        database.execute("PRAGMA journal_mode = OFF")
        for unit in FACTS:
            single = [c.name for c in FACTS[unit] if not c.many]
            database.execute(f"CREATE TABLE {unit.value} (id INTEGER PRIMARY KEY, {', '.join(single)})")
            for column in FACTS[unit]:
                if column.many:
                    name = f"{unit.value}_{column.name}"
                    database.execute(
                        f"CREATE TABLE {name} (row INTEGER, code INTEGER, PRIMARY KEY (row, code)) WITHOUT ROWID"
                    )
        for name, mapping in (("codes", words.codes), ("themes", words.themes)):
            database.execute(f"CREATE TABLE map_{name} (local INTEGER PRIMARY KEY, network INTEGER)")
            database.executemany(f"INSERT INTO map_{name} VALUES (?, ?)", mapping.items())
        database.execute("CREATE TABLE places (centre INTEGER PRIMARY KEY, network, country)")
        places = [(centre, place.network, place.country) for centre, place in words.centres.items()]
        database.executemany("INSERT INTO places VALUES (?, ?, ?)", places)

    def add(self, unit: Unit, columns: Columns) -> None:
        """One month's facts."""
        n, single = len(columns["n"]), [c.name for c in FACTS[unit] if not c.many]
        numbers = range(self.rows + 1, self.rows + 1 + n)
        lists: list[list[Any]] = [_plain(columns[name]) for name in single]
        marks = ", ".join("?" * (len(single) + 1))
        self.database.executemany(
            f"INSERT INTO {unit.value} VALUES ({marks})", zip(numbers, *lists, strict=True)
        )
        for column in FACTS[unit]:
            if column.many:
                pairs = (
                    (row, int(code))
                    for row, said in zip(numbers, columns[column.name], strict=True)
                    for code in said.split(",")
                    if code
                )
                self.database.executemany(f"INSERT INTO {unit.value}_{column.name} VALUES (?, ?)", pairs)
        self.rows += n

    def ask_all(self, questions: list[Question], since: date) -> list[float]:
        """Seconds of each question, over the days that are there."""
        for unit in FACTS:
            self.database.execute(f"CREATE INDEX {unit.value}_date ON {unit.value} (date, centre)")
        self.database.execute("ANALYZE")
        found = []
        for question in questions:
            began = time.perf_counter()
            self.ask(question, since)
            found.append(time.perf_counter() - began)
        return found

    def ask(self, question: Question, since: date) -> list[tuple[Any, ...]]:
        """Cells alone: no margins."""
        keys, joins, conditions, values = [], [], ["f.date BETWEEN ? AND ?"], []
        values += [max(question.first, since).isoformat(), question.last.isoformat()]
        joins.append("JOIN places p ON p.centre = f.centre")
        if len(question.centres) == 1:
            conditions.append("f.centre = ?")
            values += list(question.centres)
        for dimension in dict.fromkeys((*question.by, *question.where)):
            key = self._key(question, dimension, joins)
            if dimension in question.by:
                keys.append(key)
            if allowed := question.where.get(dimension):
                conditions.append(f"{key} IN ({', '.join('?' * len(allowed))})")
                values += list(allowed)
        chosen = ", ".join([*keys, "sum(f.n)", "sum(f.draw)"])
        waits = ", group_concat(f.seconds)" if question.unit == Unit.WAITS else ""  # for the medians
        sql = (
            f"SELECT {chosen}{waits} FROM {question.unit.value} f {' '.join(joins)}"
            f" WHERE {' AND '.join(conditions)} GROUP BY {', '.join(keys) or '1 = 1'}"
        )
        return self.database.execute(sql, values).fetchall()

    def _key(self, question: Question, dimension: Dimension, joins: list[str]) -> str:
        if dimension in SPANS or dimension == Dimension.WEEKDAY:
            return TIMES[dimension]
        if dimension in (Dimension.NETWORK, Dimension.COUNTRY):
            return f"p.{dimension.value}"
        column, n = column_of(question.unit, dimension), len(joins)
        key = f"f.{column}"
        if is_many(question.unit, dimension):
            joins.append(f"LEFT JOIN {question.unit.value}_{column} j{n} ON j{n}.row = f.id")
            key = f"j{n}.code"
        if question.in_network_words and (dimension in CODED or dimension == Dimension.THEME):
            name = "themes" if dimension == Dimension.THEME else "codes"
            joins.append(f"LEFT JOIN map_{name} w{n} ON w{n}.local = {key}")
            key = f"w{n}.network"
        return key


def _plain(column: np.ndarray[Any, Any]) -> list[Any]:
    if column.dtype.kind == "M":
        return [str(day)[:10] for day in column]
    found: list[Any] = column.tolist()
    return found
