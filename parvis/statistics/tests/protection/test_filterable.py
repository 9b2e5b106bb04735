"""Counts that anybody can filter: hidden below ten, rounded to five by the rows themselves."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, Answer, Count, Dimension, Question
from parvis.statistics.protection import Audience, Hidden, Wait, change, percent, protect
from parvis.statistics.protection.filterable import aside, rounded, shown

pytestmark = pytest.mark.once
WEEKS = Question(
    Unit.ACTS, (Dimension.THEME, Dimension.WEEK), date(2026, 9, 28), date(2026, 11, 22), frozenset({1})
)
OCTOBER = replace(WEEKS, by=(Dimension.THEME,), first=date(2026, 10, 1), last=date(2026, 10, 31))


def test_below_ten_nothing_is_shown():
    assert all(shown(Count(n, draw)) is Hidden.SMALL for n in range(-3, 10) for draw in range(300))
    assert shown(None) is Hidden.SMALL


@given(st.integers(10, 100_000), st.integers(0, 1 << 60))
def test_what_is_shown_is_a_multiple_of_five_near_the_count_and_the_same_each_time(n, draw):
    figure = shown(Count(n, draw))
    assert figure == shown(Count(n, draw))
    assert figure is Hidden.SMALL or (figure % 5 == 0 and figure >= 10 and abs(figure - n) <= 24)


@pytest.mark.parametrize("n", range(60, 65))
def test_rounding_keeps_the_mean_and_mostly_stays_beside_the_count(n):
    found = Counter(rounded(n, draw) for draw in range(40_000))
    assert sum(figure * often for figure, often in found.items()) / 40_000 == pytest.approx(n, abs=0.1)
    assert sum(often for figure, often in found.items() if abs(figure - n) < 5) / 40_000 > 0.85


def test_every_figure_could_be_of_any_count_nearby():
    """No figure fixes its count: each is shown, sometimes, of every count up to fifteen away."""
    for n in range(45, 76):
        assert any(rounded(n, draw) == 60 for draw in range(20_000))


def test_the_same_rows_move_the_same_way_by_whatever_route():
    rows = Count(57, 123_456)
    narrow = protect(Answer(OCTOBER, {(1,): rows, (ALL,): rows}, frozenset()), Audience.PUBLIC)
    assert narrow.at((1,)) == narrow.at((ALL,)) == narrow.n


def test_a_small_count_and_none_look_the_same_unless_everybody_knows_that_there_can_be_none():
    answer = Answer(OCTOBER, {(1,): Count(60, 1), (2,): Count(3, 2), (ALL,): Count(63, 3)}, frozenset())
    seen = protect(answer, Audience.PUBLIC, impossible=lambda key: key == (4,))
    assert seen.at((2,)) is seen.at((3,)) is Hidden.SMALL
    assert seen.at((4,)) is None
    assert seen.values(0) == {1}


def test_a_sum_of_ones_own_choosing_is_not_given():
    week = date(2026, 9, 28)
    cells = {
        (1, week): Count(60, 1),
        (1, ALL): Count(90, 2),
        (ALL, week): Count(70, 3),
        (ALL, ALL): Count(99, 4),
    }
    seen = protect(Answer(WEEKS, cells, frozenset()), Audience.PARTNERS)
    assert isinstance(seen.at((1, week)), int)
    assert isinstance(seen.at((ALL, week)), int)
    assert seen.at((1, ALL)) is seen.at((ALL, ALL)) is seen.n is Hidden.CHOSEN


def test_the_team_sees_what_was_counted():
    cells = {(1,): Count(3, 1, half=95.0, nine_in_ten=301.0), (ALL,): Count(3, 1)}
    seen = protect(Answer(OCTOBER, cells, frozenset(), left_out=4), Audience.TEAM)
    assert (seen.at((1,)), seen.at((2,)), seen.n, seen.left_out) == (3, None, 3, 4)
    assert seen.wait((1,)) == Wait(2, 5)


def test_waits_are_whole_minutes_and_the_slowest_tenth_needs_five_people():
    cells = {
        (1,): Count(200, 1, half=95.0, nine_in_ten=301.0),
        (2,): Count(20, 4, half=95.0, nine_in_ten=301.0),
        (3,): Count(9, 1, half=95.0, nine_in_ten=301.0),
    }
    seen = protect(Answer(OCTOBER, cells, frozenset(), left_out=4), Audience.PUBLIC)
    assert seen.wait((1,)) == Wait(2, 5)
    assert seen.wait((2,)) == Wait(2, Hidden.SMALL)
    assert seen.wait((3,)) == seen.wait((9,)) == Wait(Hidden.SMALL, Hidden.SMALL)
    assert seen.left_out is Hidden.SMALL


def test_shares_and_changes_come_from_what_is_shown():
    assert percent(15, 60) == 25
    assert percent(65, 60) == 100
    assert percent(Hidden.SMALL, 60) is percent(15, Hidden.SMALL) is Hidden.SMALL
    assert percent(None, 60) is None
    assert change(75, 60) == 25
    assert change(75, Hidden.SMALL) is Hidden.SMALL
    assert change(75, None) is None


def test_what_stands_aside():
    assert [aside(n) for n in (0, 3, 12, 13)] == [None, Hidden.SMALL, 10, 15]
