"""Any question over any facts is answered as a slow reading of them, row by row, answers it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.statistics.cube.dimensions import OF, PARTS
from parvis.statistics.cube.engine import CannotBeAsked, Cube
from parvis.statistics.cube.facts import FACTS, Column, Origin, Unit
from parvis.statistics.cube.questions import ALL, All, Dimension, Question, Value
from parvis.statistics.cube.store import Row, Written, write_partition
from parvis.statistics.cube.words import Place, Words
from parvis.statistics.tests.cube.reference import reference, values_of

pytestmark = pytest.mark.once

CENTRES = (1, 2, 3)
CODES = range(20, 32)
WORDS = Words(
    centres={1: Place(1, "FR"), 2: Place(1, "FI"), 3: Place(2, "FR")},
    themes={4: 90, 5: 90, 6: 91},
    codes={code: 100 + code // 2 for code in CODES if code % 5},
    lists={code: (Dimension.AGE_BAND, Dimension.GENDER)[code % 2] for code in CODES},
)
DAYS = st.sampled_from(
    [
        *(date(2023, 12, 29), date(2023, 12, 31), date(2024, 1, 1), date(2024, 1, 7), date(2024, 2, 29)),
        *(date(2024, 3, 31), date(2024, 7, 31), date(2024, 8, 1), date(2024, 8, 31), date(2024, 9, 1)),
    ]
)
OWN = {
    "centre": st.sampled_from(CENTRES),
    "site": st.sampled_from([None, 10, 11]),
    "date": DAYS,
    "hour": st.sampled_from([None, 0, 2, 9, 23]),
    "draw": st.integers(0, 2**32 - 1),
    "themes": st.lists(st.sampled_from([4, 5, 6, 7]), max_size=3, unique=True),
    "language": st.sampled_from(["", "fr", "ar"]),
    "arrival": st.sampled_from(["", "greeter", "kiosk"]),
    "kind": st.sampled_from(["individual", "group"]),
    "method": st.sampled_from(["paper", "kiosk"]),
    "prefix": st.sampled_from(["", "75", "2A"]),
    "presence": st.sampled_from(["", "room", "online"]),
    "place": st.sampled_from(["", "Lakeside", "Old Town"]),
    "seconds": st.integers(0, 7200) | st.sampled_from([30, 90, 150]),
}


def value(column: Column) -> st.SearchStrategy[object]:
    if column.kind == "VARCHAR[]":
        return st.lists(st.sampled_from(["fr", "ar"]), max_size=2, unique=True)
    if column.name in OWN:
        return OWN[column.name]
    if column.many:
        return st.lists(st.sampled_from(CODES), max_size=3, unique=True)
    return st.sampled_from([None, *CODES])


@st.composite
def a_fact(draw: st.DrawFn, unit: Unit) -> Row:
    origins = [Origin.RECORD] * 4 + ([] if unit in (Unit.WAITS, Unit.PROFILES) else list(Origin))
    origin = draw(st.sampled_from(origins))
    found = {c.name: draw(value(c)) for c in FACTS[unit] if c.name not in ("origin", "n")}
    found |= {"origin": origin.value, "n": draw(st.integers(1, 9))}
    if origin is Origin.CORRECTION:
        found["n"] = draw(st.sampled_from([-3, 2]))
    if origin is not Origin.RECORD:
        bare = {c.name: [] if c.many else "" if c.kind == "VARCHAR" else None for c in FACTS[unit][7:]}
        found |= bare | ({"themes": draw(st.sampled_from([[4], [7]]))} if origin is Origin.BY_THEME else {})
    return tuple(found[column.name] for column in FACTS[unit])


@st.composite
def a_question(draw: st.DrawFn, unit: Unit, rows: Sequence[Row]) -> Question:
    offered = list(OF[unit])
    if unit in PARTS:
        part = draw(st.sampled_from([Dimension.AGE_BAND, Dimension.GENDER]))
        offered = [one for one in offered if one not in PARTS[unit]] + [part] * 4
    by = tuple(draw(st.lists(st.sampled_from(offered), max_size=3, unique=True)))
    first, last = sorted((draw(DAYS), draw(DAYS)))
    centres = draw(st.sets(st.sampled_from(CENTRES), min_size=1))
    bare = Question(unit, by, first, last, frozenset(centres), in_network_words=draw(st.booleans()))
    where: dict[Dimension, frozenset[Value]] = {}
    for one in draw(st.lists(st.sampled_from(offered), max_size=2, unique=True)):
        single = one in PARTS.get(unit, ()) and one not in by
        there = {
            v
            for row in rows
            for v in values_of(one, dict(zip([c.name for c in FACTS[unit]], row, strict=True)), bare, WORDS)
        }
        chosen = st.sets(
            st.sampled_from(sorted(there, key=str) or [1]), min_size=1, max_size=1 if single else 3
        )
        where[one] = frozenset(draw(chosen))
    return Question(unit, by, first, last, frozenset(centres), where, bare.in_network_words)


@st.composite
def a_case(draw: st.DrawFn) -> tuple[Unit, list[Row], list[Row], list[Question]]:
    unit = draw(st.sampled_from(Unit))
    rows = draw(st.lists(a_fact(unit), max_size=25))
    opened = draw(st.lists(a_fact(unit), max_size=3))
    # An open day is in no file: its rows are all handed over.
    days = {(row[0], row[2]) for row in opened}
    rows = [row for row in rows if (row[0], row[2]) not in days]
    questions = [draw(a_question(unit, rows + opened)) for _ in range(3)]
    return unit, rows, opened, questions


@pytest.fixture(scope="module")
def cube() -> Iterator[Cube]:
    made = Cube(threads=1, memory="200MB")
    yield made
    made.close()


def files(folder: Path, unit: Unit, rows: Sequence[Row]) -> list[Written]:
    months: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        months[row[2].replace(day=1)].append(row)
    return [write_partition(folder, unit, month, of_month) for month, of_month in months.items()]


@settings(max_examples=20, deadline=None)
@given(case=a_case())
def test_any_question_over_any_facts(
    cube: Cube, case: tuple[Unit, list[Row], list[Row], list[Question]]
) -> None:
    unit, rows, opened, questions = case
    with tempfile.TemporaryDirectory() as folder:
        snapshot = files(Path(folder), unit, rows)
        for question in questions:
            found = cube.answer(snapshot, question, WORDS, opened)
            assert found == reference(rows + opened, question, WORDS)


JANUARY = date(2024, 1, 1)


def an_act(
    day: date, need: list[int], *, n: int = 1, origin: str = "record", draw: int = 1, centre: int = 1
) -> Row:
    return (centre, 10, day, 9, origin, n, draw, [], "fr", None, None, "individual", need, [], [], [], [])


def asked(*by: Dimension, **more: object) -> Question:
    return Question(Unit.ACTS, by, JANUARY, date(2024, 12, 31), frozenset(CENTRES), **more)  # type: ignore[arg-type]


def test_a_margin_counts_an_act_with_two_needs_once(cube: Cube, tmp_path: Path) -> None:
    snapshot = files(tmp_path, Unit.ACTS, [an_act(JANUARY, [21, 22]), an_act(JANUARY, [21])])
    found = cube.answer(snapshot, asked(Dimension.NEED), WORDS)
    assert {key: count.n for key, count in found.cells.items()} == {(21,): 2, (22,): 1, (ALL,): 2}
    assert (found.several, found.total) == (frozenset({Dimension.NEED}), 2)


def test_two_words_that_count_as_one_in_the_network_count_once(cube: Cube, tmp_path: Path) -> None:
    snapshot = files(tmp_path, Unit.ACTS, [an_act(JANUARY, [22, 23]), an_act(JANUARY, [25], n=3)])
    found = cube.answer(snapshot, asked(Dimension.NEED, in_network_words=True), WORDS)
    assert {key: count.n for key, count in found.cells.items()} == {(111,): 1, (None,): 3, (ALL,): 4}
    assert (found.several, found.unmapped) == (frozenset(), 3)


def test_totals_and_corrections_count_in_time_and_are_left_out_of_needs(cube: Cube, tmp_path: Path) -> None:
    rows = [
        an_act(JANUARY, [21]),
        an_act(JANUARY, [], n=40, origin="whole"),
        an_act(JANUARY, [], n=-2, origin="correction"),
    ]
    snapshot = files(tmp_path, Unit.ACTS, rows)
    by_month = cube.answer(snapshot, asked(Dimension.MONTH), WORDS)
    by_need = cube.answer(snapshot, asked(Dimension.NEED), WORDS)
    assert (by_month.total, by_month.left_out) == (39, 0)
    assert (by_need.total, by_need.left_out) == (1, 38)


def test_a_month_that_changed_is_read_anew_and_the_others_are_not(cube: Cube, tmp_path: Path) -> None:
    february = date(2024, 2, 1)
    old = files(tmp_path, Unit.ACTS, [an_act(JANUARY, [21]), an_act(february, [21])])
    assert cube.answer(old, asked(), WORDS).total == 2
    changed = write_partition(tmp_path, Unit.ACTS, february, [an_act(february, [21]), an_act(february, [29])])
    assert cube.answer([old[0], changed], asked(), WORDS).total == 3
    assert cube.answer(old, asked(), WORDS).total == 2
    assert cube.answer(old[:1], asked(), WORDS).total == 1
    assert cube.answer(old[:1], asked(), WORDS, [an_act(february, [21], n=5)]).total == 6
    assert cube.answer(old, asked(), WORDS).total == 2


def test_two_threads_with_different_files_each_get_their_own_answer(cube: Cube, tmp_path: Path) -> None:
    old = files(tmp_path, Unit.ACTS, [an_act(JANUARY, [21])])
    new = files(tmp_path, Unit.ACTS, [an_act(JANUARY, [21]), an_act(JANUARY, [22])])
    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(cube.answer, (old, new)[n % 2], asked(), WORDS) for n in range(8)]
    assert [one.result().total for one in found] == [1, 2] * 4


def test_the_parts_of_a_single_valued_dimension_are_its_whole(cube: Cube, tmp_path: Path) -> None:
    days = [date(2024, 1 + n % 12, 1 + n % 28) for n in range(200)]
    rows = [an_act(day, [20 + n % 5], draw=n * 10**7, centre=1 + n % 3) for n, day in enumerate(days)]
    found = cube.answer(files(tmp_path, Unit.ACTS, rows), asked(Dimension.CENTRE, Dimension.WEEK), WORDS)
    for place in (0, 1):
        whole: dict[Value | All, int] = defaultdict(int)
        for key, count in found.cells.items():
            if key[place] is not ALL:
                whole[key[1 - place]] += count.draw
        assert whole == {k[1 - place]: c.draw for k, c in found.cells.items() if k[place] is ALL}


@pytest.mark.parametrize(
    ("unit", "by", "where"),
    [
        (Unit.CONTACTS, (Dimension.NEED,), {}),
        (Unit.ACTS, (Dimension.DAY, Dimension.NEED, Dimension.THEME, Dimension.HOUR), {}),
        (Unit.ACTS, (Dimension.NEED, Dimension.NEED), {}),
        (Unit.GROUP_PEOPLE, (Dimension.AGE_BAND, Dimension.GENDER), {}),
        (Unit.GROUP_PEOPLE, (), {Dimension.AGE_BAND: frozenset({20, 22})}),
    ],
)
def test_what_makes_no_sense_is_refused(
    cube: Cube, unit: Unit, by: tuple[Dimension, ...], where: dict[Dimension, frozenset[Value]]
) -> None:
    with pytest.raises(CannotBeAsked):
        cube.answer([], Question(unit, by, JANUARY, JANUARY, frozenset({1}), where), WORDS)
