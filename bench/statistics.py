"""How fast is a cross-table of ten years of a network? ``make bench NAME=statistics`` (``QUICK=1`` for a look).

5.5 million contacts, as many acts with their needs, redirections and the rest, waits, profiles and passages of 44 centres in seven
countries, made with seasons (``bench.statistics_network``). Forty cross-tables (``bench.statistics_questions``), each several
times in any order, counted, put into cells with every margin, and protected as for the public; wall clock and processor. Beside
it the same forty on plain SQL: the same facts as tables of SQLite with a row for each code, the last year only (``--sql-months``),
cells without margins or protection, so in the peer's favour. Refresh: a day more in every unit, its month's files written anew and
read. Rebuild: every file written from rows in memory and read; what reading the operational tables costs is not in it.

``--times 100``: three groupings of acts over a list that names every file a hundred times, straight from Parquet with 2 GB of memory:
what a hundred networks' files cost to open and scan, not what they would hold.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from bench import percentile, report
from bench.statistics_network import Columns, Network, words
from bench.statistics_peer import Peer
from bench.statistics_questions import forty
from parvis.statistics.cube.engine import Cube
from parvis.statistics.cube.facts import FACTS, Unit
from parvis.statistics.cube.questions import Question
from parvis.statistics.cube.store import Written, write_columns
from parvis.statistics.protection import Audience
from parvis.statistics.protection.filterable import protect

CONTACTS, QUICK_CONTACTS = 5_500_000, 120_000
P95_MS, WORST_MS, REFRESH_S, REBUILD_S = 100, 250, 5, 180
ROUNDS = 5
Files = dict[tuple[Unit, date], Written]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def fill(network: Network, folder: Path, peer: Peer, sql_since: date) -> tuple[Files, float]:
    """Every month's files, and the seconds that writing them took."""
    files: Files = {}
    seconds = 0.0
    for place, month in enumerate(network.months):
        for unit, columns in network.month(place):
            began = time.perf_counter()
            files[unit, month] = write_columns(folder, unit, month, columns)
            seconds += time.perf_counter() - began
            if month >= sql_since:
                peer.add(unit, columns)
    return files, seconds


def ask_all(
    cube: Cube, files: Files, questions: list[Question], rounds: int
) -> list[tuple[float, float, int]]:
    """Wall, processor, and which question."""
    snapshot, spoken, found = list(files.values()), words(), []
    order = [n for _ in range(rounds) for n in range(len(questions))]
    random.Random(40).shuffle(order)
    for n in order:
        times = timed(lambda n=n: protect(cube.answer(snapshot, questions[n], spoken), Audience.PUBLIC))
        found.append((*times, n))
    return found


def refresh(cube: Cube, network: Network, folder: Path, files: Files, question: Question) -> float:
    """A day more: its month's files of every unit written anew, read, and a question answered."""
    month = network.months[-1]
    grown: dict[Unit, Columns] = {}
    for unit, columns in network.month(len(network.months) - 1):
        day = network.some(unit, month, max(1, len(columns["n"]) // 22))
        grown[unit] = {name: np.concatenate([columns[name], day[name]]) for name in columns}
    began = time.perf_counter()
    for unit, columns in grown.items():
        files[unit, month] = write_columns(folder, unit, month, columns)
    for unit in grown:
        about = Question(unit, (), question.first, question.last, question.centres)
        cube.answer(list(files.values()), about, words())
    return time.perf_counter() - began


def held(cube: Cube, files: Files, questions: list[Question]) -> float:
    """Seconds until every unit's files are read."""
    first, last = min(q.first for q in questions), max(q.last for q in questions)
    seen = questions[0].centres
    return timed(
        lambda: [
            cube.answer(list(files.values()), Question(unit, (), first, last, seen), words())
            for unit in {unit for unit, _ in files}
        ]
    )[0]


def memory() -> float:
    """MB of this process that are not files."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def months_of(years: int) -> list[date]:
    return [date(year, month, 1) for year in range(2024 - years, 2024) for month in range(1, 13)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--contacts", type=int)
    arguments.add_argument("--sql-months", type=int, default=12)
    arguments.add_argument("--each", action="store_true", help="say each question's times")
    arguments.add_argument("--times", type=int, default=0)
    chosen = arguments.parse_args()
    contacts = chosen.contacts or (QUICK_CONTACTS if chosen.quick else CONTACTS)
    folder = Path(tempfile.mkdtemp(prefix="parvis-bench-statistics-"))
    try:
        run(chosen, contacts, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(chosen: argparse.Namespace, contacts: int, folder: Path) -> None:
    months = months_of(2 if chosen.quick else 10)
    network, last = Network(contacts, months), date(months[-1].year, 12, 31)
    questions = forty(months[0], last)
    peer = Peer(sqlite3.connect(folder / "peer.sqlite3"), words())
    sql_since = months[-min(len(months), chosen.sql_months)]
    files, writing = fill(network, folder, peer, sql_since)
    rows = {unit: sum(f.rows for (u, _), f in files.items() if u == unit) for unit in FACTS}
    size = sum(file.bytes for file in files.values())
    print(", ".join(f"{n:,} {unit.value}" for unit, n in rows.items() if n))
    print(f"files: {len(files)}, {size / 1e6:.0f} MB, {size / sum(rows.values()):.1f} bytes a row")
    before, cube = memory(), Cube(folder=folder / "spill")
    reading = held(cube, files, questions)
    print(
        f"read into memory: {reading:.1f} s, {memory() - before:.0f} MB; load of the machine {os.getloadavg()[0]:.1f}"
    )
    found = ask_all(cube, files, questions, ROUNDS)
    walls, processors = [wall for wall, _, _ in found], [processor for _, processor, _ in found]
    if chosen.each:
        each(questions, found)
    sql = peer.ask_all(questions, sql_since)
    day = refresh(cube, network, folder, files, questions[0])
    figures = {
        "p50_ms": percentile(walls, 50) * 1000,
        "p95_ms": percentile(walls, 95) * 1000,
        "worst_ms": max(walls) * 1000,
        "p50_processor_ms": percentile(processors, 50) * 1000,
        "p95_processor_ms": percentile(processors, 95) * 1000,
        "worst_processor_ms": max(processors) * 1000,
        "sql_share_of_rows": peer.rows / sum(rows.values()),
        "sql_p50_ms": percentile(sql, 50) * 1000,
        "sql_p95_ms": percentile(sql, 95) * 1000,
        "sql_worst_ms": max(sql) * 1000,
        "refresh_s": day,
        "rebuild_s": writing + reading,
        "bytes_a_row": size / sum(rows.values()),
        "memory_mb": memory() - before,
    }
    say(figures, contacts)
    if chosen.times:
        figures |= repeated(files, chosen.times)
    limits = {
        "p95_ms": ("under", P95_MS),
        "worst_ms": ("under", WORST_MS),
        "refresh_s": ("under", REFRESH_S),
        "rebuild_s": ("under", REBUILD_S),
    }
    report("statistics", figures, limits)


def each(questions: list[Question], found: list[tuple[float, float, int]]) -> None:
    for n, question in enumerate(questions):
        own = [(wall, processor) for wall, processor, which in found if which == n]
        wall, processor = (statistics.median(column) * 1000 for column in zip(*own, strict=True))
        slowest = max(wall for wall, _ in own) * 1000
        by = " × ".join(question.by)
        where = " where " + ", ".join(question.where) if question.where else ""
        print(
            f"{wall:6.0f} ms, processor {processor:6.0f}, worst {slowest:6.0f}: {question.unit} by {by}{where}"
        )


def say(figures: dict[str, float], contacts: int) -> None:
    print(
        f"forty cross-tables of {contacts:,} contacts, protected: p50 {figures['p50_ms']:.0f}, p95 {figures['p95_ms']:.0f} (limit {P95_MS}),"
        f" worst {figures['worst_ms']:.0f} ms (limit {WORST_MS}); processor p50 {figures['p50_processor_ms']:.0f},"
        f" p95 {figures['p95_processor_ms']:.0f}, worst {figures['worst_processor_ms']:.0f} ms"
    )
    print(
        f"the same on SQLite with {figures['sql_share_of_rows']:.0%} of the rows, unprotected, without margins:"
        f" p50 {figures['sql_p50_ms']:.0f}, p95 {figures['sql_p95_ms']:.0f}, worst {figures['sql_worst_ms']:.0f} ms"
    )
    print(
        f"a day more: {figures['refresh_s']:.1f} s (limit {REFRESH_S}); all files from rows in memory, and read:"
        f" {figures['rebuild_s']:.0f} s (limit {REBUILD_S})"
    )


def repeated(files: Files, times: int) -> dict[str, float]:
    """A scan and one grouping over the files named again and again: what a hundred times the rows cost, straight from Parquet."""
    paths = [str(file.path) for (unit, _), file in files.items() if unit == Unit.ACTS] * times
    duck = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    rows = times * sum(file.rows for (unit, _), file in files.items() if unit == Unit.ACTS)
    told = {}
    for name, by in (("year", "year(date)"), ("centre", "centre"), ("language_hour", "language, hour")):
        wall, processor = timed(
            lambda by=by: duck.execute(
                f"SELECT {by}, sum(n)::BIGINT, sum(draw::BIGINT)::BIGINT FROM read_parquet(?) GROUP BY ALL",
                [paths],
            ).fetchall()
        )
        print(f"{rows:,} acts by {name}, {len(paths):,} files: {wall:.1f} s, processor {processor:.1f} s")
        told[f"times_{times}_{name}_s"] = wall
    return told


if __name__ == "__main__":
    main()
