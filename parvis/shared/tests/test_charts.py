"""Charts: where marks stand, and that the table says the same."""

from __future__ import annotations

import pytest
from django.utils import translation

from parvis.shared.charts import Bars, Columns, Heat, Lines, Row, Series, said
from parvis.shared.templatetags.parvis import chart

TWO = [Series("On site", (10, 0, 5)), Series("By phone", (5, 2, None))]


def test_the_scale_starts_at_nothing_and_steps_by_round_figures():
    ticks = Columns("t", "contacts", "abc", TWO).ticks
    assert [tick.label for tick in ticks] == ["0", "5", "10"]
    assert ticks[0].y == "212"
    assert ticks[-1].y == "12"


@pytest.mark.parametrize(
    ("highest", "labels"),
    [(0, ["0", "1"]), (1, ["0", "1"]), (3, ["0", "1", "2", "3"]), (7, ["0", "2", "4", "6", "8"])]
    + [(1284, ["0", "500", "1,000", "1,500"])],
)
def test_the_scale_suits_the_highest_value(highest, labels):
    figure = Columns("t", "contacts", ["a"], [Series("", (highest,))])
    assert [tick.label for tick in figure.ticks] == labels


def test_columns_stand_side_by_side():
    marks = Columns("t", "contacts", "abc", TWO).marks
    assert [(mark.x, mark.width, mark.height) for mark in marks[:2]] == [
        ("4.67", "12", "200"),
        ("16.67", "12", "100"),
    ]
    assert marks[0].title == "a, On site: 10 contacts"
    assert len(marks) == 4, "nothing is drawn for none and for zero"


def test_columns_stand_on_each_other():
    figure = Columns("t", "contacts", "abc", TWO, stacked=True)
    below, above = figure.marks[:2]
    assert figure.highest == 15
    assert below.x == above.x
    assert float(above.y) + float(above.height) == pytest.approx(float(below.y), abs=0.02)


def test_a_gap_in_the_figures_is_a_gap_in_the_line():
    marks = Lines("t", "min", "abcd", [Series("Median", (1, None, 3, 4))]).marks
    assert [mark.from_x for mark in marks] == ["", "", "62.5"]


def test_right_to_left_starts_on_the_right():
    figure = Lines("t", "min", "ab", [Series("Median", (1, 2))])
    left_to_right = [mark.x for mark in figure.marks]
    with translation.override("ar"):
        assert [mark.x for mark in figure.marks] == left_to_right[::-1]


def test_coordinates_keep_their_point_where_figures_have_a_comma():
    with translation.override("fr"):
        assert said(12.5) == "12,5"
        assert "62.5%" in chart(Lines("t", "min", "abcd", [Series("Médiane", (1.5, None, 3, 4))]))


def test_the_longest_bar_is_the_whole_width():
    rows = [Row("Find training", 40), Row("Find a job", 10), Row("Other", None)]
    assert [length for _row, length in Bars("t", "contacts", rows).lengths] == ["100", "25", "0"]
    assert [row.said for row in rows] == ["40", "10", "–"]


def test_cells_darken_in_five_steps_and_nothing_stays_blank():
    heat = Heat("t", "arrivals", ["Mon", "Tue"], [("9:00", [0, 1]), ("10:00", [50, 100])])
    assert [step for _label, cells in heat.cells for _said, step in cells] == [0, 1, 3, 5]


def test_a_closed_hour_is_hatched_and_says_so():
    heat = Heat("t", "arrivals", ["Mon", "Tue"], [("9:00", [4, 0])], closed={(0, 1)})
    assert [step for _label, cells in heat.cells for _said, step in cells] == [5, -1]
    assert '<td class="heat-closed"><span class="visually-hidden">closed</span></td>' in chart(heat)


@pytest.mark.parametrize(
    "figure", [Columns("Arrivals", "contacts", "abc", TWO), Lines("Arrivals", "contacts", "abc", TWO)]
)
def test_a_chart_has_the_same_figures_as_a_table(figure):
    drawn = chart(figure)
    assert "<details" in drawn
    assert '<th scope="row">a</th><td class="num">10</td><td class="num">5</td>' in drawn


def test_an_empty_chart_is_drawn_without_marks():
    assert Columns("t", "contacts", [], []).marks == []
    assert "<table" in chart(Bars("t", "contacts", []))
