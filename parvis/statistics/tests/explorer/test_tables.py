"""From an answer to tables: order, words, totals, comparison, and why totals may not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from parvis.statistics.cube.questions import ALL, Count, Dimension
from parvis.statistics.protection import Audience, Hidden, protect
from parvis.statistics.queries.explorer import Read, tables
from parvis.statistics.tests.explorer.by_hand import TODAY, WORDS, answer_of, asked_of
from parvis.statistics.ways_out import explained
from parvis.statistics.ways_out.words import change_said, heading, spoken

pytestmark = pytest.mark.once
D = Dimension
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
HERE = frozenset({1})


def read(query, counts, audience=Audience.TEAM, *, then=None, **more) -> Read:
    asked = asked_of(query).until(TODAY, audience)
    question = asked.question(HERE)
    answer = answer_of(question, counts, **more)
    other = None
    if then is not None:
        other = protect(answer_of(asked.question(HERE, asked.other), then), audience)
    return Read(asked, answer, protect(answer, audience), WORDS, "Parvis", "each recorded", other)


MONTHLY = {(2, OCTOBER): 12, (1, SEPTEMBER): 40, (1, NOVEMBER): 3, (None, OCTOBER): 9}


def test_the_team_reads_true_figures_of_every_month_so_far_in_the_centres_order():
    (table,) = tables(read("", MONTHLY))
    assert [line.label for line in table.lines] == ["Find a job", "Change", "Not said"]
    assert [str(one) for one in table.columns] == ["Sep 2026", "Oct 2026", "Nov 2026"]
    assert [list(line.figures) for line in table.lines] == [[40, 0, 3], [0, 12, 0], [0, 9, 0]]
    assert [line.total for line in table.lines] == [43, 12, 9]
    assert (list(table.column_totals), table.total, table.n) == ([40, 21, 3], 64, 64)
    assert (table.lines[0].tint, table.lines[0].shape) == ("leaf", "circle")
    assert str(table.title) == "Acts by theme and month"
    assert sum(table.column_totals) == table.total == sum(line.total for line in table.lines)


def test_others_read_what_is_over_rounded_and_nothing_small():
    (table,) = tables(read("", MONTHLY, Audience.PUBLIC))
    assert [str(one) for one in table.columns] == ["Sep 2026", "Oct 2026"]
    assert table.audience is Audience.PUBLIC
    figures = [one for line in table.lines for one in line.figures]
    assert all(isinstance(one, Hidden) or (one >= 10 and one % 5 == 0) for one in figures)
    assert all(
        line.total is Hidden.CHOSEN for line in table.lines
    )  # a sum of two months is one of their own choosing
    assert "Each figure is rounded on its own, so lines need not add up to totals." in table.notes
    told = dict(explained(table))
    assert "Protection" in told
    assert "n" not in told  # it would be such a sum, too
    assert heading(table) == ["Theme", "Sep 2026", "Oct 2026"]
    assert [len(row) for row in spoken(table)] == [3] * (len(table.lines) + 1)
    assert "Totals over several periods" in " ".join(table.notes)


def test_notes_say_why_totals_do_not_add_up():
    (table,) = tables(read("", MONTHLY, several={D.THEME}, left_out=23, unmapped=4))
    told = " ".join(table.notes)
    assert "Theme: several can be true at once" in told
    assert "23 more are known only as totals" in told
    assert "4 have a word that counts as nothing" in told
    assert "School year 2026–2027 up to 23 November 2026" in told
    (table,) = tables(
        read("count=acts&rows=theme&period=last-month", {(1,): 50}, Audience.PUBLIC, left_out=4)
    )
    assert "Fewer than ten more are known only as totals" in " ".join(table.notes)


def test_one_column_has_shares_and_a_comparison_in_words():
    query = "count=acts&rows=need&period=last-month&compare=before"
    (table,) = tables(read(query, {(11,): 30, (12,): 10}, then={(11,): 25, (12,): 25}))
    assert [(line.total, line.share, line.before, line.change) for line in table.lines] == [
        (30, 75, 25, 20),
        (10, 25, 25, -60),
    ]
    assert (table.total, table.before, table.change) == (40, 50, -20)
    assert str(table.compared) == "September 2026"
    assert change_said(table) == "20 % less than in September 2026: 40, then 50."


def test_months_meet_the_months_of_a_year_before():
    query = "count=acts&rows=month&period=this-school-year&compare=year"
    then = {(date(2025, 9, 1),): 20, (date(2025, 10, 1),): 0, (date(2025, 11, 1),): 9}
    (table,) = tables(read(query, {(SEPTEMBER,): 30, (OCTOBER,): 5}, then=then))
    assert [(line.label, line.total, line.before) for line in table.lines] == [
        ("Sep 2026", 30, 20),
        ("Oct 2026", 5, 0),
        ("Nov 2026", 0, 9),
    ]


def test_a_third_dimension_is_a_table_for_each_value():
    query = "count=acts&rows=need&columns=service&each=channel&period=last-month"
    counts = {(11, 21, 41): 4, (11, 22, 42): 6, (12, 21, 42): 1}
    found = tables(read(query, counts))
    assert [str(one.title) for one in found] == [
        "Acts by need and service given: On the spot",
        "Acts by need and service given: By phone",
    ]
    assert [one.total for one in found] == [4, 7]


def test_more_values_than_tables_are_told():
    counts = {(11, 21, 40 + n): 4 for n in range(14)}
    asked = "count=acts&rows=need&columns=service&each=channel&period=last-month"
    found = tables(read(asked, counts))
    assert len(found) == 12
    told = "Channel: the first 12 of 14 have a table. Pick others under “Only some of them”."
    assert all(told in one.notes for one in found)
    few = {key: 4 for key in list(counts)[:12]}
    assert [len(one.notes) for one in tables(read(asked, few))] == [0] * 12


def test_flows_are_two_tables_that_meet():
    counts = {(11, 21, 31): 20, (11, 22, None): 15, (12, 21, 31): 5}
    first, second = tables(read("count=acts&picture=flows&period=last-month", counts))
    assert list(first.columns) == [line.label for line in second.lines]
    assert list(first.column_totals) == [line.total for line in second.lines] == [25, 15]
    assert [list(line.figures) for line in first.lines] == [[20, 15], [5, 0]]


def test_of_waits_a_table_tells_minutes_and_their_number():
    one = read("count=waits&rows=hour&period=last-month&measure=half", {(9,): 12, (11,): 8})
    cells = {key: Count(count.n, count.draw, 300.0, 900.0) for key, count in one.answer.cells.items()}
    told = protect(replace(one.answer, cells=cells), Audience.TEAM)
    (table,) = tables(replace(one, told=told))
    assert [(line.label, list(line.figures)) for line in table.lines] == [
        ("9 h", [5]),
        ("10 h", [None]),
        ("11 h", [5]),
    ]
    assert (table.total, table.n) == (5, 20)
    assert str(table.unit) == "minutes that half waited at most"
    assert not table.shares_of


def test_nothing_counted_is_an_empty_table():
    (table,) = tables(read("count=acts&rows=need&period=last-month", {}))
    assert (list(table.lines), table.total) == ([], 0)
    assert ALL not in table.columns
