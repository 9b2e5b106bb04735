"""The arrival model and the simulated day: what must hold whatever was drawn."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.demonstration.arrivals import SIZES, Circumstances, day_seed, in_school_holidays, plan_day
from parvis.demonstration.publics import CITE, OHJAAMO
from parvis.demonstration.simulation import CALLED, DONE, INTERVIEW, LEFT, NO_SHOW, OVERTIME, simulate

FULL_DAY = [(540, 1080)]
days = st.builds(lambda n: date(2025, 1, 1) + timedelta(days=n), st.integers(0, 364))
hours = st.sampled_from([FULL_DAY, [(600, 1080)], [(540, 735), (810, 1050)], [(570, 750)], [(600, 630)]])
circumstances = st.builds(
    Circumstances,
    arrivals=st.floats(0, 2),
    talks=st.floats(0.5, 2),
    staff=st.floats(0.3, 1.5),
    school_holiday=st.booleans(),
)
publics = st.sampled_from([CITE, OHJAAMO])
a_plan = st.builds(
    lambda public, day, hours, around, seed: (plan_day(public, day, hours, Random(seed), around), public),
    publics,
    days,
    hours,
    circumstances,
    st.integers(0, 10**6),
)


@settings(max_examples=50, deadline=None)
@given(a_plan)
def test_visitors_come_inside_opening_hours_with_what_the_centre_has(drawn):
    plan, public = drawn
    arrivals = [visitor.arrives for visitor in plan.visitors]
    assert arrivals == sorted(arrivals)
    for visitor in plan.visitors:
        assert any(opens <= visitor.arrives <= closes for opens, closes in plan.hours)
        assert visitor.theme in public.talks
        assert visitor.language in public.languages
        assert visitor.way in {*public.ways, "class"}
        assert visitor.size in SIZES or visitor.way == "class"
        assert (visitor.announced is not None) == (visitor.way in ("appointment", "class"))
        assert visitor.talks >= 2
        assert visitor.patience > 0
    for duty in plan.duties:
        assert duty.starts < duty.ends
        assert set(duty.themes) <= set(public.talks)
        assert duty.languages[0] == next(iter(public.languages))


@settings(max_examples=50, deadline=None)
@given(a_plan, st.integers(0, 10**6))
def test_everybody_ends_somewhere_and_time_never_runs_backwards(drawn, seed):
    plan, _public = drawn
    room = simulate(plan, Random(seed))
    assert len(room.places) == len(plan.visitors)
    for place in room.places:
        assert place.state in (DONE, NO_SHOW, LEFT)
        assert place.steps[0].starts == place.visitor.arrives
        for step, following in zip(place.steps, place.steps[1:], strict=False):
            assert step.starts <= step.ends == following.starts
        assert place.steps[-1].starts == place.steps[-1].ends
        if place.turn is not None:
            assert place.turn >= place.visitor.arrives
    assert all(chair.closed >= chair.opened for chair in room.chairs if chair.opened is not None)
    assert all((chair.closed is None) == (chair.opened is None) for chair in room.chairs)


@settings(max_examples=30, deadline=None)
@given(a_plan, st.integers(0, 10**6))
def test_a_seat_has_one_visitor_at_a_time_and_only_its_own(drawn, seed):
    plan, _public = drawn
    room = simulate(plan, Random(seed))
    for chair in room.chairs:
        here = [
            (step.starts, step.ends, step.theme, place.visitor.language)
            for place in room.places
            for step in place.steps
            if step.seat == chair.index and step.state in (CALLED, INTERVIEW)
        ]
        for (_s, ends, *_a), (starts, *_b) in zip(sorted(here), sorted(here)[1:], strict=False):
            assert ends <= starts
        for starts, _ends, theme, language in here:
            assert theme in chair.duty.themes
            assert language in chair.duty.languages
            assert chair.opened <= starts


def test_nobody_is_called_before_somebody_with_the_same_wish_who_came_earlier():
    room = simulate(plan_day(CITE, date(2025, 9, 16), FULL_DAY, Random(3), Circumstances()), Random(3))
    plain = [place for place in room.places if not place.visitor.priority and place.turn is not None]
    plain = [place for place in plain if place.visitor.asks_for_time_after is None]
    wishes = {(place.visitor.theme, place.visitor.language) for place in plain}
    for wish in wishes:
        same = [place for place in plain if (place.visitor.theme, place.visitor.language) == wish]
        assert [place.turn for place in same] == sorted(place.turn for place in same)


def test_the_same_seed_gives_the_same_day():
    day = date(2025, 3, 4)
    first, second = (plan_day(CITE, day, FULL_DAY, day_seed(7, day), Circumstances()) for _ in range(2))
    assert first == second
    assert first != plan_day(CITE, day, FULL_DAY, day_seed(8, day), Circumstances())


@pytest.mark.parametrize(("busy", "calm"), [(date(2025, 9, 15), date(2025, 8, 11))])
def test_autumn_is_busier_than_high_summer(busy, calm):
    def mean(day):
        plans = [plan_day(CITE, day, FULL_DAY, Random(n), Circumstances()) for n in range(20)]
        return fmean(len(plan.visitors) for plan in plans)

    assert mean(busy) > 1.5 * mean(calm)


def test_nobody_waits_when_nobody_came_and_a_closed_day_is_empty():
    assert plan_day(CITE, date(2025, 1, 1), [], Random(1), Circumstances()).visitors == []
    room = simulate(
        plan_day(CITE, date(2025, 3, 4), FULL_DAY, Random(1), Circumstances(arrivals=0)), Random(1)
    )
    assert room.places == []


def test_school_holidays_are_known():
    assert in_school_holidays(date(2025, 8, 1))
    assert not in_school_holidays(date(2025, 9, 10))


def test_advisers_stay_a_little_after_closing_and_no_longer_call():
    room = simulate(
        plan_day(CITE, date(2025, 9, 16), FULL_DAY, Random(5), Circumstances(arrivals=2)), Random(5)
    )
    calls = [step.starts for place in room.places for step in place.steps if step.state == CALLED]
    assert max(calls) <= 1080 + OVERTIME
