from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from parvis.centres import visitor_words
from parvis.centres.visitor_words.distinct import confusable, skeleton
from parvis.reception.models import Ticket

LANGUAGES = [code for code, _name in settings.LANGUAGES]
DAY = date(2026, 3, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_a_language_can_be_misheard_for_one_another(language):
    words = [visitor_words.label(key, language) for key in visitor_words.KEYS]
    assert confusable(words) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_short(language):
    words = [visitor_words.WORDS[key][language] for key in visitor_words.KEYS]
    assert [word for word in words if not 2 < len(word) <= 13 and word not in {"iep", "elm"}] == []
    assert [word for word in words if word != word.strip()] == []


def test_the_list_is_long_enough_and_its_keys_fit_the_table():
    assert len(visitor_words.KEYS) >= 50
    assert max(map(len, visitor_words.KEYS)) <= Ticket._meta.get_field("word").max_length
    assert set(visitor_words.WORDS["heron"]) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("one", "other"),
    [("fountain", "mountain"), ("kompas", "topas"), ("olmo", "molino"), ("лаванда", "левада")],
)
def test_pairs_that_the_ear_confuses_are_found(one, other):
    assert confusable([one, other]) == [(one, other)]


def test_a_skeleton_keeps_what_a_noisy_room_lets_through():
    assert skeleton("Becker") == skeleton("pegger")
    assert skeleton("غيتار") == skeleton("ketar")


@given(st.integers(1, 10**6), st.integers(0, 10**5))
def test_numbers_near_each_other_have_different_words(centre, number):
    near = [visitor_words.word_for(DAY, centre, number + i) for i in range(len(visitor_words.KEYS))]
    assert len(set(near)) == len(visitor_words.KEYS)


def test_the_word_depends_on_day_and_centre_alone_besides_the_number():
    assert visitor_words.word_for(DAY, 1, 12) == visitor_words.word_for(date(2026, 3, 3), 1, 12)
    days = {visitor_words.word_for(date(2026, 3, day), 1, 12) for day in range(1, 29)}
    assert len(days) > 8


def test_labels_speak_the_language_and_survive_what_they_do_not_know():
    assert visitor_words.label("heron", "uk") == "Чапля"
    assert visitor_words.label("heron", "xx") == "Heron"
    assert visitor_words.label("", "fr") == ""
