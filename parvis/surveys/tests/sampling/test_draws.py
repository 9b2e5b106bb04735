"""Slots cut from opening hours, and which are drawn."""

from collections import Counter
from datetime import date, timedelta

import pytest

from parvis.surveys.sampling import Method, Part, Slot, Stretch, TooFewDays, Unit, draw, slots_of
from parvis.surveys.sampling.draws import shares_of

pytestmark = pytest.mark.once
MONDAY = date(2026, 1, 5)


def weeks(number, *stretches):
    days = [MONDAY + timedelta(weeks=w, days=d) for w in range(number) for d in range(5)]
    return {day: [Stretch(*one) for one in stretches or [(600, 1080)]] for day in days}


def cut(unit, *stretches):
    return [
        (s.opens, s.closes, s.part) for s in slots_of({MONDAY: [Stretch(*one) for one in stretches]}, unit)
    ]


def test_a_day_without_a_break_is_cut_at_one():
    assert cut(Unit.HALF_DAY, (600, 1080)) == [(600, 780, Part.MORNING), (780, 1080, Part.AFTERNOON)]


def test_a_break_is_the_cut():
    assert cut(Unit.HALF_DAY, (540, 720), (840, 1020)) == [
        (540, 720, Part.MORNING),
        (840, 1020, Part.AFTERNOON),
    ]


def test_what_is_short_stays_with_the_other_half():
    assert cut(Unit.HALF_DAY, (600, 800)) == [(600, 800, Part.MORNING)]
    assert cut(Unit.HALF_DAY, (760, 1080)) == [(760, 1080, Part.AFTERNOON)]


def test_hours_and_what_is_left_of_one():
    assert cut(Unit.HOUR, (600, 740)) == [(600, 660, Part.MORNING), (660, 740, Part.MORNING)]
    assert cut(Unit.HOUR, (840, 920)) == [(840, 920, Part.AFTERNOON)]
    assert cut(Unit.DAY, (540, 720), (840, 1020)) == [(540, 1020, Part.WHOLE)]


def test_a_closed_day_has_no_slot():
    assert slots_of({MONDAY: []}, Unit.HALF_DAY) == []


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("number", [4, 12, 41, 60])
def test_as_many_as_asked_on_as_many_days_and_the_same_every_time(method, unit, number):
    frame = slots_of(weeks(12), unit)
    found = draw(frame, number, method=method, seed="linden 4821")
    assert len({slot.day for slot in found.slots}) == len(found.slots) == number
    assert found == draw(frame[::-1], number, method=method, seed="linden 4821")
    assert sum(found.frame.values()) == len(frame)


def test_this_seed_gives_these_slots_for_ever():
    frame = slots_of(weeks(2), Unit.HALF_DAY)
    found = draw(frame, 4, method=Method.STRATIFIED, seed="linden 4821")
    assert [slot.key for slot in found.slots] == [
        "2026-01-06 0600-0780",
        "2026-01-07 0780-1080",
        "2026-01-14 0780-1080",
        "2026-01-15 0600-0780",
    ]


def test_mornings_and_afternoons_in_proportion():
    days = weeks(12) | {day: [Stretch(600, 780)] for day in list(weeks(12))[::5]}
    found = draw(slots_of(days, Unit.HALF_DAY), 18, method=Method.STRATIFIED, seed="a")
    assert Counter(slot.part for slot in found.slots) == {Part.MORNING: 10, Part.AFTERNOON: 8}


def test_shares_are_whole_and_two_at_least():
    assert shares_of({Part.MORNING: 58, Part.AFTERNOON: 2}, 6) == {Part.MORNING: 4, Part.AFTERNOON: 2}
    assert shares_of({Part.MORNING: 58, Part.AFTERNOON: 1}, 6) == {Part.MORNING: 5, Part.AFTERNOON: 1}
    assert shares_of({Part.MORNING: 30, Part.AFTERNOON: 30}, 7) in (
        {Part.MORNING: 4, Part.AFTERNOON: 3},
        {Part.MORNING: 3, Part.AFTERNOON: 4},
    )


def test_systematic_takes_every_weekday_alike():
    found = draw(slots_of(weeks(12), Unit.HALF_DAY), 20, method=Method.SYSTEMATIC, seed="b")
    assert set(Counter(slot.day.weekday() for slot in found.slots).values()) == {4}
    assert Counter(slot.part for slot in found.slots) == {Part.MORNING: 10, Part.AFTERNOON: 10}


def test_more_than_there_are_days():
    with pytest.raises(TooFewDays) as refused:
        draw(slots_of(weeks(2), Unit.HOUR), 11, method=Method.STRATIFIED, seed="c")
    assert refused.value.days == 10


@pytest.mark.parametrize("method", Method)
def test_every_slot_has_the_same_chance(method):
    frame = slots_of(weeks(3), Unit.HALF_DAY)
    drawn: Counter[Slot] = Counter()
    for n in range(1500):
        drawn.update(draw(frame, 6, method=method, seed=str(n)).slots)
    assert all(
        abs(drawn[slot] - 300) < 75 for slot in frame
    )  # 1500 × 6 / 30; nearly five standard deviations
