"""Periods are whole weeks and months, and lead to the one before and after."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from parvis.guidance.forms.needs.asking import NeedsFilter
from parvis.guidance.queries.needs.periods import Span, Stretch, Whole, own_period, period_of

TODAY = date(2026, 3, 18)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, date(2026, 3, 1), date(2026, 3, 31)),
        (Span.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(span, first, last):
    assert period_of(span, TODAY) == Stretch(span, first, last)


def test_own_dates_are_widened():
    weeks = own_period(date(2026, 3, 4), date(2026, 3, 17), Whole.WEEKS)
    assert (weeks.first, weeks.last) == (date(2026, 3, 2), date(2026, 3, 22))
    assert (weeks.before.first, weeks.before.last) == (date(2026, 2, 9), date(2026, 3, 1))
    months = own_period(date(2026, 2, 4), date(2026, 3, 17), Whole.MONTHS)
    assert (months.first, months.last) == (date(2026, 2, 1), date(2026, 3, 31))
    assert (months.before.first, months.before.last) == (date(2025, 12, 1), date(2026, 1, 31))


@given(st.sampled_from([Span.MONTH, Span.QUARTER, Span.YEAR]), DAYS)
def test_periods_lie_side_by_side(span, day):
    here = period_of(span, day)
    assert here.first <= day <= here.last
    assert here.before.last + timedelta(days=1) == here.first
    assert here.before.after == here
    assert here.after.before == here


@given(DAYS, st.integers(0, 800), st.sampled_from(list(Whole)))
def test_own_periods_too(first, days, whole):
    here = own_period(first, first + timedelta(days=days), whole)
    assert here.first <= first <= first + timedelta(days=days) <= here.last
    assert here.before.after == here
    assert here.after.before == here


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["March 2026", "January to March 2026", "2026", "2 March 2026 to 22 March 2026"]),
        ("fr", ["mars 2026", "janvier – mars 2026", "2026", "2 mars 2026 – 22 mars 2026"]),
    ],
)
def test_periods_in_words(language, said):
    own = own_period(date(2026, 3, 4), date(2026, 3, 17), Whole.WEEKS)
    with translation.override(language):
        spans = [period_of(span, TODAY).words for span in (Span.MONTH, Span.QUARTER, Span.YEAR)]
        assert [*spans, own.words] == said


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({}, []),
        ({"span": "own", "first": "2026-03-01", "last": "2026-03-05"}, []),
        ({"span": "own", "first": "2026-03-05", "last": "2026-03-01"}, ["last"]),
        ({"span": "own", "first": "2026-03-05"}, ["last"]),
        ({"span": "own", "first": "2027-03-05", "last": "2027-03-06"}, ["first"]),
        ({"span": "own", "first": "0001-01-01", "last": "2026-03-06"}, ["first"]),
        ({"span": "own", "first": "soon", "last": "2026-03-06"}, ["first"]),
        ({"span": "decade"}, ["span"]),
        ({"on": "9999-12-31"}, []),
        ({"on": "0001-01-01", "span": "year"}, []),
    ],
)
def test_what_cannot_be_read_is_said_and_this_month_is_shown(asked, wrong):
    form = NeedsFilter(asked, themes=[], today=TODAY)
    stretch = form.stretch
    assert list(form.errors) == wrong
    assert stretch.first <= TODAY
    if wrong:
        assert stretch == period_of(Span.MONTH, TODAY)
