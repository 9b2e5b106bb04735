"""Divisions of time follow from a centre's own day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.shared.school_years import first_month, school_year
from parvis.statistics.cube.dimensions import OF, SPANS, is_many, start_of
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension
from parvis.statistics.cube.working import (
    day_number,
    first_of,
    monday,
    month_number,
    week_number,
)

pytestmark = pytest.mark.once
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("country", "day", "begins"),
    [
        ("FR", date(2024, 8, 31), date(2023, 9, 1)),
        ("FR", date(2024, 9, 1), date(2024, 9, 1)),
        ("fi", date(2024, 8, 1), date(2024, 8, 1)),
        ("CH", date(2024, 7, 31), date(2023, 8, 1)),
        ("JP", date(2024, 3, 31), date(2023, 4, 1)),
        ("AU", date(2024, 12, 31), date(2024, 1, 1)),
        ("", date(2024, 1, 1), date(2023, 9, 1)),
    ],
)
def test_school_years(country: str, day: date, begins: date) -> None:
    assert school_year(day, first_month(country)) == begins


@given(DAYS, st.integers(1, 12))
def test_every_day_is_in_the_span_that_begins_before_it(day: date, begins: int) -> None:
    for span in SPANS:
        start = start_of(span, day, begins)
        assert start <= day
        assert start_of(span, start, begins) == start
        if day > date(1990, 1, 1):
            yesterday = start_of(span, day - timedelta(days=1), begins)
            assert yesterday == start or start == day


@given(DAYS)
def test_weeks_begin_on_monday_also_at_the_turn_of_a_year(day: date) -> None:
    start = start_of(Dimension.WEEK, day)
    assert start.isocalendar()[:2] == day.isocalendar()[:2]
    assert start.weekday() == 0


@given(DAYS)
def test_numbers_of_days_weeks_and_months_can_be_read_back(day: date) -> None:
    assert date(1970, 1, 1) + timedelta(days=day_number(day)) == day
    assert monday(week_number(day)) == start_of(Dimension.WEEK, day)
    assert first_of(month_number(day)) == day.replace(day=1)


def test_which_unit_has_which() -> None:
    assert Dimension.NEED in OF[Unit.ACTS]
    assert Dimension.NEED not in OF[Unit.CONTACTS]
    assert Dimension.AGE_BAND in OF[Unit.PROFILES]
    assert Dimension.AGE_BAND in OF[Unit.GROUP_PEOPLE]
    assert (
        Dimension.AGE_BAND not in OF[Unit.ACTS]
    )  # what describes somebody stands apart from what was done for them
    assert Dimension.HOUR not in OF[Unit.PROFILES]
    assert Dimension.THEME not in OF[Unit.PASSAGES]
    for unit in Unit:
        assert {Dimension.CENTRE, Dimension.COUNTRY, Dimension.SCHOOL_YEAR} <= set(OF[unit])
    assert is_many(Unit.ACTS, Dimension.NEED)
    assert not is_many(Unit.ACTS, Dimension.SERVICE)
