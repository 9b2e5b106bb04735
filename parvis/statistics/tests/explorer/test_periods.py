"""Periods by name: what they hold, what stands before them, and that names survive the way through an address."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.statistics.cube.questions import Dimension
from parvis.statistics.queries.explorer.periods import (
    DAY,
    a_year_before,
    choices,
    period,
    period_before,
    relative,
    some_months,
)

pytestmark = pytest.mark.once
TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("name", "first", "last", "exact"),
    [
        ("today", "2026-11-23", "2026-11-23", "day-2026-11-23"),
        ("this-week", "2026-11-23", "2026-11-29", "week-2026-11-23"),
        ("last-week", "2026-11-16", "2026-11-22", "week-2026-11-16"),
        ("last-month", "2026-10-01", "2026-10-31", "month-2026-10"),
        ("last-quarter", "2026-07-01", "2026-09-30", "quarter-2026-3"),
        ("this-year", "2026-01-01", "2026-12-31", "year-2026"),
        ("this-school-year", "2026-09-01", "2027-08-31", "school-year-2026"),
        ("last-school-year", "2025-09-01", "2026-08-31", "school-year-2025"),
        ("week-2026-01-01", "2025-12-29", "2026-01-04", "week-2025-12-29"),
        ("months-2026-02-to-2026-04", "2026-02-01", "2026-04-30", "months-2026-02-to-2026-04"),
        ("months-2026-04-to-2026-06", "2026-04-01", "2026-06-30", "quarter-2026-2"),
    ],
)
def test_a_name_and_its_days(name, first, last, exact):
    found = period(name, TODAY)
    assert (found.first.isoformat(), found.last.isoformat(), found.name) == (first, last, exact)
    assert period(exact, TODAY) == found


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nonsense",
        "month-2026-13",
        "week-2026-02-30",
        "quarter-2026-5",
        "year-1800",
        "months-2026-05-to-2026-04",
    ],
)
def test_names_of_nothing(name):
    assert period(name, TODAY) is None


def test_a_school_year_begins_when_its_country_says():
    found = period("this-school-year", date(2026, 8, 15), begins=8)
    assert (found.first, found.last) == (date(2026, 8, 1), date(2027, 7, 31))
    assert period("this-school-year", date(2026, 8, 15)).first == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("name", "before", "year"),
    [
        ("day-2026-11-23", "day-2026-11-22", "day-2025-11-24"),
        ("week-2026-11-16", "week-2026-11-09", "week-2025-11-17"),
        ("month-2026-03", "month-2026-02", "month-2025-03"),
        ("quarter-2026-1", "quarter-2025-4", "quarter-2025-1"),
        ("school-year-2025", "school-year-2024", "school-year-2024"),
        ("months-2026-02-to-2026-03", "months-2025-12-to-2026-01", "months-2025-02-to-2025-03"),
    ],
)
def test_what_stands_before(name, before, year):
    asked = period(name, TODAY)
    assert period_before(asked) == period(before, TODAY)
    assert a_year_before(asked) == period(year, TODAY)


def test_what_is_not_over_meets_as_much_of_the_one_before():
    running = period("this-school-year", TODAY).cut(date(2026, 10, 31))
    before = period_before(running)
    assert (before.first, before.last, before.is_cut) == (date(2025, 9, 1), date(2025, 10, 31), True)
    today = period("this-year", TODAY).cut(TODAY)
    assert a_year_before(today).last == date(2025, 11, 23)


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2005, 1, 1), date(2090, 1, 1)), st.sampled_from([1, 4, 8, 9]))
def test_every_name_that_is_offered_leads_to_a_period_and_back(today, begins):
    for _head, lines in choices(today, begins):
        for name, _words in lines:
            found = period(name, today, begins)
            assert found.first <= found.last
            assert period(found.name, today, begins) == found
    for name, (_words, span, start) in relative(today, begins).items():
        if name.startswith("last-"):
            this = period(name.replace("last", "this"), today, begins)
            assert this.first - DAY == period(name, today, begins).last
            assert (this.span, start) == (span, period_before(this).first)


@settings(deadline=None, max_examples=30)
@given(st.dates(date(2005, 1, 1), date(2090, 1, 1)), st.integers(0, 30))
def test_some_months_are_followed_without_a_gap(day, count):
    first = day.replace(day=1)
    last = first
    for _n in range(count):
        last = (last + 31 * DAY).replace(day=1)
    found = some_months(first, last)
    before = period_before(found)
    assert before.last + DAY == found.first
    if found.span not in (Dimension.DAY, Dimension.WEEK):
        assert before.first.day == 1
