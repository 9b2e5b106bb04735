"""The expected wait: what one can reason out by hand, and properties that hold for every queue."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.reception.visitor_waits import wait_in_short, wait_in_words
from parvis.reception.waiting import (
    AT_ONCE,
    STEPS,
    USUAL,
    InLine,
    Interval,
    OpenSeat,
    expected_wait_for_theme,
    paces,
    play,
    rounded,
)

TRAINING, JOB = 1, 2


def a_seat(pk=1, themes=(TRAINING,), languages=("fr",), **fields):
    return OpenSeat(pk=pk, desk=pk, themes=frozenset(themes), languages=frozenset(languages), **fields)


def wait(seats, line=(), theme=TRAINING, language="fr"):
    return expected_wait_for_theme(seats=seats, line=line, pace={}, theme=theme, language=language)


def middle(interval):
    return (interval.low + (interval.high or 180)) / 2


def test_a_free_seat_and_nobody_before_is_less_than_five_minutes():
    assert wait([a_seat()]) == Interval(0, 5) == AT_ONCE


def test_without_a_seat_for_theme_and_language_there_is_no_wait_to_tell():
    assert wait([]) is None
    assert wait([a_seat(themes=[JOB])]) is None
    assert wait([a_seat(languages=["en"])]) is None


def test_somebody_who_talks_since_long_ends_sooner_than_somebody_who_has_just_begun():
    fresh, old = (wait([a_seat(talking=minutes, theme=TRAINING)]) for minutes in (0.5, 15.0))
    assert middle(old) < middle(fresh)


def test_a_second_seat_shortens_the_wait_and_people_before_lengthen_it():
    line = [InLine(number, TRAINING, "fr") for number in range(1, 5)]
    one = wait([a_seat(1, talking=5.0)], line)
    two = wait([a_seat(1, talking=5.0), a_seat(2, talking=5.0)], line)
    alone = wait([a_seat(1, talking=5.0)])
    assert middle(alone) < middle(two) < middle(one)


def test_people_for_another_theme_hold_nobody_up():
    others = [InLine(number, JOB, "fr") for number in range(1, 9)]
    assert wait([a_seat(1), a_seat(2, themes=[JOB])], others) == Interval(0, 5)


def test_a_transferred_visitor_waits_for_that_desk_even_for_another_theme():
    line = [InLine(7, JOB, "ar", desk=1), InLine(8, TRAINING, "fr")]
    waits = play(seats=[a_seat(1)], line=line, pace={})
    assert waits.for_ticket(7) == Interval(0, 5)
    assert waits.before(8) == 1
    assert middle(waits.for_ticket(8)) > 5


def test_a_parked_visitor_waits_at_least_as_long_as_they_asked_and_holds_nobody_up():
    line = [InLine(1, TRAINING, "fr", away=10.0), InLine(2, TRAINING, "fr")]
    waits = play(seats=[a_seat()], line=line, pace={})
    assert waits.for_ticket(1).low == 10
    assert waits.for_ticket(2) == Interval(0, 5)


def test_a_ticket_that_was_called_meanwhile_is_at_once():
    assert play(seats=[a_seat()], line=[], pace={}).for_ticket(12) == AT_ONCE


def test_before_counts_only_those_who_compete():
    line = [
        InLine(1, JOB, "fr"),
        InLine(2, TRAINING, "en"),
        InLine(3, TRAINING, "fr"),
        InLine(4, TRAINING, "fr"),
    ]
    waits = play(seats=[a_seat(1), a_seat(2, themes=[JOB])], line=line, pace={})
    assert [waits.before(number) for number in (1, 2, 3, 4)] == [0, 0, 0, 1]


def test_few_talks_lean_on_the_usual_and_many_speak_for_themselves():
    assert paces({TRAINING: []})[TRAINING].median == pytest.approx(USUAL.median)
    few, many = (paces({TRAINING: [40.0] * count})[TRAINING].median for count in (1, 40))
    assert USUAL.median < few < many < 40


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 3.0, Interval(0, 5)),
        (4.9, 5.1, Interval(0, 10)),
        (10.0, 20.0, Interval(10, 20)),
        (61.0, 500.0, Interval(60, None)),
        (0.0, 500.0, Interval(5, None)),
    ],
)
def test_rounding_goes_outward(low, high, said):
    assert rounded(low, high) == said


@pytest.mark.parametrize(
    ("said", "words", "short"),
    [
        (Interval(0, 5), "less than 5 minutes", "under 5 min"),
        (Interval(10, 20), "10 to 20 minutes", "10–20 min"),
        (Interval(0, 60), "less than an hour", "under 60 min"),
        (Interval(60, None), "more than an hour", "over 60 min"),
        (Interval(90, None), "more than 90 minutes", "over 90 min"),
        (None, "nobody is on duty for this at the moment", "nobody now"),
    ],
)
def test_words(said, words, short):
    with translation.override("en"):
        assert (wait_in_words(said), wait_in_short(said)) == (words, short)


def test_words_follow_each_language_and_its_plurals(settings):
    with translation.override("ar"):
        assert wait_in_words(Interval(5, 10)) == "من 5 إلى 10 دقائق"
        assert wait_in_words(Interval(10, 20)) == "من 10 إلى 20 دقيقة"
    said = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said.add(wait_in_words(Interval(60, None)))
    assert len(said) == len(settings.LANGUAGES)


seats_of_a_centre = st.lists(
    st.builds(
        OpenSeat,
        pk=st.integers(1, 9),
        desk=st.integers(1, 4),
        themes=st.frozensets(st.integers(1, 3), min_size=1),
        languages=st.frozensets(st.sampled_from(["fr", "en"]), min_size=1),
        paused=st.booleans(),
        talking=st.none() | st.floats(0, 300),
    ),
    max_size=5,
)
lines = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["fr", "en"])), max_size=30).map(
    lambda people: [InLine(number, *person) for number, person in enumerate(people, 1)]
)


@settings(max_examples=60, deadline=None)
@given(seats=seats_of_a_centre, line=lines)
def test_every_interval_is_made_of_round_minutes_in_order(seats, line):
    waits = play(seats=seats, line=line, pace={})
    said = [waits.for_ticket(place.number) for place in line]
    said += [waits.for_theme(theme, language) for theme in (1, 2, 3) for language in ("fr", "en")]
    for interval in filter(None, said):
        assert interval.low in STEPS
        assert interval.high is None or (interval.high in STEPS and interval.low < interval.high)
    for place in line:
        able = any(seat.takes(place) for seat in seats)
        assert (waits.for_ticket(place.number) is not None) == able
