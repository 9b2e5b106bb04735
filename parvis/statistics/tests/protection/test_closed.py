"""Which questions are answered outside the centre's team."""

from datetime import date

import pytest

from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Question
from parvis.statistics.protection import Audience, Refusal, closed_periods, period_named, refused
from parvis.statistics.protection.closed import chosen_sums

pytestmark = pytest.mark.once
TODAY = date(2026, 11, 23)  # a Monday
D = Dimension


def ask(first, last, by=(), where=None):
    return Question(Unit.ACTS, tuple(by), first, last, frozenset({1}), where or {})


OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
WEEK = (date(2026, 11, 16), date(2026, 11, 22))
EIGHT_WEEKS = (date(2026, 9, 28), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (ask(*OCTOBER), None),
        (ask(*WEEK), None),
        (ask(date(2026, 7, 1), date(2026, 9, 30)), None),
        (ask(date(2025, 9, 1), date(2026, 8, 31)), None),
        (ask(date(2023, 1, 1), date(2025, 12, 31)), None),
        (ask(date(2026, 10, 1), date(2026, 10, 30)), Refusal.PERIOD),
        (ask(*EIGHT_WEEKS), Refusal.PERIOD),
        (ask(*EIGHT_WEEKS, by=[D.WEEK]), None),
        (ask(*OCTOBER, by=[D.WEEK]), Refusal.CROSSED),
        (ask(*OCTOBER, by=[D.MONTH, D.WEEK]), Refusal.CROSSED),
        (ask(*OCTOBER, by=[D.DAY]), Refusal.DAYS),
        (ask(*OCTOBER, where={D.DAY: frozenset({date(2026, 10, 1)})}), Refusal.DAYS),
        (ask(*WEEK, by=[D.WEEKDAY]), Refusal.DAYS),
        (ask(*OCTOBER, by=[D.WEEKDAY, D.HOUR]), None),
        (ask(*EIGHT_WEEKS, by=[D.WEEK], where={D.WEEKDAY: frozenset({0})}), Refusal.DAYS),
        (ask(date(2026, 11, 1), date(2026, 11, 30)), Refusal.RUNNING),
        (ask(*OCTOBER, where={D.NEED: frozenset({1})}), None),
        (ask(*OCTOBER, where={D.NEED: frozenset({1, 2})}), Refusal.UNION),
        (ask(*OCTOBER, by=[D.NEED], where={D.NEED: frozenset({1, 2})}), None),
        (ask(*OCTOBER, where={D.MONTH: frozenset({OCTOBER[0]})}), Refusal.UNION),
        (ask(*OCTOBER, by=[D.NEED, D.THEME], where={D.HOUR: frozenset({9})}), None),
        (ask(*OCTOBER, by=[D.NEED, D.THEME, D.HOUR], where={D.CHANNEL: frozenset({9})}), Refusal.DEEP),
        (ask(*OCTOBER, by=[D.CENTRE, D.NEED, D.THEME], where={D.HOUR: frozenset({9})}), None),
    ],
)
def test_closed_periods_and_no_sum_of_ones_own(question, answer):
    assert refused(question, Audience.PUBLIC, today=TODAY) is answer
    assert refused(question, Audience.TEAM, today=TODAY) is None


def test_a_week_is_closed_when_its_sunday_is_over():
    assert refused(ask(*WEEK), Audience.PARTNERS, today=date(2026, 11, 22)) is Refusal.RUNNING
    assert refused(ask(*WEEK), Audience.PARTNERS, today=date(2026, 11, 23)) is None


def test_periods_that_are_over():
    weeks = closed_periods(D.WEEK, date(2026, 11, 1), TODAY)
    assert weeks == [
        (date(2026, 11, 2), date(2026, 11, 8)),
        (date(2026, 11, 9), date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 22)),
    ]
    assert closed_periods(D.SCHOOL_YEAR, date(2024, 8, 1), date(2026, 8, 31), (8, 1)) == [
        (date(2024, 8, 1), date(2025, 7, 31)),
        (date(2025, 8, 1), date(2026, 7, 31)),
    ]
    assert closed_periods(D.MONTH, TODAY, TODAY) == []


def test_a_school_year_begins_where_its_country_says():
    assert period_named(date(2025, 8, 1), date(2026, 7, 31)) is None
    assert period_named(date(2025, 8, 1), date(2026, 7, 31), (8, 1)) is D.SCHOOL_YEAR


def test_two_months_are_not_a_span():
    assert period_named(date(2026, 9, 1), date(2026, 10, 31)) is None


def test_margins_over_a_row_of_spans_or_over_lines_that_were_picked_are_chosen_sums():
    assert list(chosen_sums(ask(*EIGHT_WEEKS, by=[D.THEME, D.WEEK]))) == [D.WEEK]
    assert list(chosen_sums(ask(date(2026, 7, 1), date(2026, 9, 30), by=[D.MONTH]))) == []
    picked = ask(*OCTOBER, by=[D.NEED, D.THEME], where={D.NEED: frozenset({1, 2})})
    assert list(chosen_sums(picked)) == [D.NEED]
