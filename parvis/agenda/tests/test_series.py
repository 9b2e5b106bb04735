"""Series: which days a rule names."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from parvis.agenda.series import LAST, LONGEST, MOST, Every, Found, Rule, at_hour, days_of, nth_weekday

TUESDAY = date(2026, 9, 1)
OPEN = lambda _day: ""
days = some.dates(date(2020, 1, 1), date(2060, 12, 31))


@some.composite
def rules(draw):
    first = draw(days)
    every = draw(some.sampled_from(Every))
    weekdays = some.frozensets(some.integers(0, 6), min_size=1, max_size=7 if every == Every.WEEK else 1)
    ends = draw(
        some.one_of(
            some.integers(1, MOST).map(lambda n: {"times": n}),
            some.integers(0, 1000).map(lambda n: {"until": first + timedelta(days=n)}),
        )
    )
    return Rule(
        first,
        every,
        draw(weekdays),
        draw(some.integers(1, 6)),
        draw(some.sampled_from([1, 2, 3, 4, 5, LAST])) if every == Every.MONTH else 1,
        **ends,
    )


def test_every_second_tuesday_except_when_the_centre_is_closed():
    rule = Rule(TUESDAY, Every.WEEK, frozenset({1}), step=2, times=3)
    found = days_of(rule, lambda day: "Holiday" if day == date(2026, 9, 15) else "")
    assert found == [
        Found(date(2026, 9, 1)),
        Found(date(2026, 9, 15), "Holiday"),
        Found(date(2026, 9, 29)),
        Found(date(2026, 10, 13)),
    ]


def test_twice_a_week_until_a_day_inclusive():
    rule = Rule(TUESDAY, Every.WEEK, frozenset({1, 3}), until=date(2026, 9, 10))
    assert [one.day.day for one in days_of(rule, OPEN)] == [1, 3, 8, 10]


def test_the_last_friday_of_every_second_month():
    rule = Rule(TUESDAY, Every.MONTH, frozenset({4}), step=2, nth=LAST, times=3)
    assert [one.day for one in days_of(rule, OPEN)] == [
        date(2026, 9, 25),
        date(2026, 11, 27),
        date(2027, 1, 29),
    ]


def test_a_month_without_a_fifth_one_is_left_out():
    rule = Rule(TUESDAY, Every.MONTH, frozenset({1}), nth=5, until=date(2026, 12, 31))
    assert [one.day for one in days_of(rule, OPEN)] == [date(2026, 9, 29), date(2026, 12, 29)]


def test_a_day_before_the_first_is_none_of_the_series():
    rule = Rule(
        date(2026, 9, 2), Every.MONTH, frozenset({1}), times=1
    )  # the first Tuesday was the day before
    assert [one.day for one in days_of(rule, OPEN)] == [date(2026, 10, 6)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"weekdays": frozenset({1, 2}), "every": Every.MONTH},
        {"step": 0},
        {"nth": 6},
        {"times": None},
        {"times": 0},
        {"times": MOST + 1},
        {"until": TUESDAY},
    ],
)
def test_a_rule_that_says_nothing_is_refused(wrong):
    usual = {"first": TUESDAY, "every": Every.WEEK, "weekdays": frozenset({1}), "times": 3}
    with pytest.raises(ValueError, match=r"weekday|step|day or a number|so many"):
        Rule(**usual | wrong)


@given(rules(), some.frozensets(days, max_size=20))
def test_days_are_in_order_fit_the_rule_and_end_in_time(rule, closed):
    found = days_of(rule, lambda day: "closed" if day in closed else "")
    named = [one.day for one in found]
    assert named == sorted(set(named))
    assert all(day.weekday() in rule.weekdays and day >= rule.first for day in named)
    assert all((one.day in closed) == bool(one.off) for one in found)
    assert len(found) <= MOST
    assert all(day <= rule.first + timedelta(days=LONGEST) for day in named)
    if rule.until:
        assert all(day <= rule.until for day in named)
    else:
        held = [one for one in found if not one.off]
        assert len(held) <= rule.times
        assert not found or len(held) < rule.times or not found[-1].off
    monday = rule.first - timedelta(days=rule.first.weekday())
    for day in named:
        if rule.every == Every.WEEK:
            assert ((day - monday).days // 7) % rule.step == 0
        else:
            months = (day.year - rule.first.year) * 12 + day.month - rule.first.month
            assert months % rule.step == 0
            assert nth_weekday(day, day.weekday(), rule.nth) == day


@given(rules())
def test_no_day_that_fits_is_forgotten(rule):
    found = days_of(rule, OPEN)
    if rule.every == Every.MONTH or not found or len(found) == MOST:
        return
    monday = rule.first - timedelta(days=rule.first.weekday())
    every = (rule.first + timedelta(days=n) for n in range((found[-1].day - rule.first).days + 1))
    fits = [
        day for day in every if day.weekday() in rule.weekdays and ((day - monday).days // 7) % rule.step == 0
    ]
    assert [one.day for one in found] == fits


@given(days, some.times(), some.sampled_from(["Europe/Paris", "Europe/Helsinki", "America/Guadeloupe"]))
def test_an_hour_is_the_clock_s_or_just_after_the_one_that_is_left_out(day, clock, zone):
    clock = clock.replace(second=0, microsecond=0)
    at = at_hour(day, clock, ZoneInfo(zone))
    assert at.date() == day
    assert at.time() == clock or at.time() == clock.replace(hour=clock.hour + 1)
    assert at.astimezone(UTC).astimezone(ZoneInfo(zone)) == at
    assert at_hour(day, time(14), ZoneInfo(zone)).time() == time(14)
