"""Files of facts: what was handed over is what is read, and the same facts are the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from parvis.statistics.cube.facts import FACTS, Unit
from parvis.statistics.cube.store import write_partition

pytestmark = pytest.mark.once

MARCH = date(2024, 3, 1)
ROWS = [
    (
        1,
        10,
        date(2024, 3, 5),
        9,
        "record",
        1,
        4_000_000_000,
        [4],
        "fr",
        7,
        None,
        "individual",
        [3, 17],
        [],
        [],
        [],
        [],
    ),
    (1, None, date(2024, 3, 5), None, "whole", 12, 5, [], "", None, None, "", [], [], [], [], []),
    (2, 20, date(2024, 3, 31), 17, "correction", -2, 6, [], "", None, None, "", [], [], [], [], []),
]


def read(path: Path) -> list[tuple[object, ...]]:
    return duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written = write_partition(tmp_path, Unit.ACTS, MARCH, ROWS)
    assert sorted(read(written.path), key=str) == sorted(ROWS, key=str)
    assert (written.rows, written.bytes) == (3, written.path.stat().st_size)


def test_columns_have_their_kinds(tmp_path: Path) -> None:
    for unit in Unit:
        written = write_partition(tmp_path, unit, MARCH, [])
        found = (
            duckdb.connect().execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(written.path)]).fetchall()
        )
        assert [(name, kind) for name, kind, *_ in found] == [(c.name, c.kind) for c in FACTS[unit]]


def test_the_same_facts_are_the_same_file_in_any_order(tmp_path: Path) -> None:
    one = write_partition(tmp_path / "a", Unit.ACTS, MARCH, ROWS)
    other = write_partition(tmp_path / "b", Unit.ACTS, MARCH, reversed(ROWS))
    changed = write_partition(tmp_path / "a", Unit.ACTS, MARCH, ROWS[:2])
    assert (one.digest, one.path.name) == (other.digest, other.path.name)
    assert changed.path != one.path
    assert sorted(tmp_path.joinpath("a").iterdir()) == sorted([one.path, changed.path])


def test_a_fact_of_another_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not of 2024-02"):
        write_partition(tmp_path, Unit.ACTS, date(2024, 2, 1), ROWS)
    assert list(tmp_path.iterdir()) == []
