"""The period before and the year before: whole months with whole months, whole weeks with whole weeks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.periods import NotComparable, before, year_before
from parvis.statistics.cube.questions import Dimension, Question

pytestmark = pytest.mark.once


def about(first: date, last: date) -> Question:
    return Question(Unit.ACTS, (Dimension.NEED,), first, last, frozenset({1}))


@pytest.mark.parametrize(
    ("first", "last", "earlier", "a_year"),
    [
        # A month, also where the months differ in length.
        ((2024, 3, 1), (2024, 3, 31), ((2024, 2, 1), (2024, 2, 29)), ((2023, 3, 1), (2023, 3, 31))),
        ((2024, 2, 1), (2024, 2, 29), ((2024, 1, 1), (2024, 1, 31)), ((2023, 2, 1), (2023, 2, 28))),
        # A quarter, a school year, a year after a leap year.
        ((2024, 1, 1), (2024, 3, 31), ((2023, 10, 1), (2023, 12, 31)), ((2023, 1, 1), (2023, 3, 31))),
        ((2023, 9, 1), (2024, 8, 31), ((2022, 9, 1), (2023, 8, 31)), ((2022, 9, 1), (2023, 8, 31))),
        ((2025, 1, 1), (2025, 12, 31), ((2024, 1, 1), (2024, 12, 31)), ((2024, 1, 1), (2024, 12, 31))),
        # A week over the turn of a year; the 53rd week of 2020.
        ((2024, 12, 30), (2025, 1, 5), ((2024, 12, 23), (2024, 12, 29)), ((2024, 1, 1), (2024, 1, 7))),
        ((2020, 12, 28), (2021, 1, 3), ((2020, 12, 21), (2020, 12, 27)), ((2019, 12, 30), (2020, 1, 5))),
        # Four whole weeks that are February too: a month.
        ((2021, 2, 1), (2021, 2, 28), ((2021, 1, 1), (2021, 1, 31)), ((2020, 2, 1), (2020, 2, 29))),
        # Any days, one of them a leap day.
        ((2024, 2, 27), (2024, 2, 29), ((2024, 2, 24), (2024, 2, 26)), ((2023, 2, 27), (2023, 2, 28))),
    ],
)
def test_other_periods(first: object, last: object, earlier: object, a_year: object) -> None:
    question = about(date(*first), date(*last))  # type: ignore[misc]
    assert _days(before(question)) == earlier
    assert _days(year_before(question)) == a_year
    assert before(question).by == question.by


def _days(question: Question) -> object:
    first, last = question.first, question.last
    return (first.year, first.month, first.day), (last.year, last.month, last.day)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 400))
def test_the_period_before_ends_where_this_one_begins(first: date, days: int) -> None:
    question = about(first, date.fromordinal(first.toordinal() + days - 1))
    earlier = before(question)
    assert earlier.last.toordinal() + 1 == first.toordinal()
    assert earlier.first <= earlier.last


def test_filters_that_name_days_of_their_own_are_refused() -> None:
    question = Question(
        Unit.ACTS,
        (),
        date(2024, 1, 1),
        date(2024, 1, 31),
        frozenset({1}),
        {Dimension.WEEK: frozenset({date(2024, 1, 1)})},
    )
    with pytest.raises(NotComparable):
        before(question)
    with pytest.raises(NotComparable):
        year_before(question)
