"""Voluntary answers: counted when asked, tied to nothing."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import coded_centre, codes_of
from parvis.reception.models import Profile

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
OWN = Profile.Method.OWN_SCREEN


def test_being_asked_counts_once_and_answering_fills_it_in():
    centre, key = coded_centre(), uuid4()
    asked = actions.ask_profile(centre=centre, key=key, method=OWN, day=DAY)
    actions.ask_profile(centre=centre, key=key, method=OWN, day=DAY)
    answers = codes_of(centre, CodeList.AGE_BAND, "18_24") + codes_of(centre, CodeList.GENDER, "woman")
    answered = actions.answer_profile(
        centre=centre, key=key, method=OWN, day=DAY, answers=answers, commune_prefix="750"
    )
    assert answered == asked == Profile.objects.get()
    assert set(answered.answers.all()) == set(answers)
    assert answered.commune_prefix == "750"


def test_declining_is_an_answer_too():
    centre = coded_centre()
    profile = actions.answer_profile(centre=centre, key=uuid4(), method=Profile.Method.ASKED, day=DAY)
    assert (profile.answers.count(), profile.commune_prefix) == (0, "")


def test_nothing_in_the_row_points_to_a_visit():
    names = {field.name for field in Profile._meta.get_fields()}
    assert names == {
        "id", "key", "centre", "date", "method", "answers", "commune_prefix", "past_import",
    }  # fmt: skip


def test_rows_do_not_keep_the_order_of_the_visits():
    centre = coded_centre()
    made = [actions.ask_profile(centre=centre, key=uuid4(), method=OWN, day=DAY).pk for _ in range(20)]
    assert made != sorted(made)


def test_two_answers_to_one_question_or_a_foreign_one_are_refused():
    centre, other = coded_centre(), coded_centre()
    for answers in (
        codes_of(centre, CodeList.GENDER, "woman", "man"),
        codes_of(other, CodeList.GENDER, "woman"),
        codes_of(centre, CodeList.NEED, "application"),
    ):
        with pytest.raises(actions.NotOfThisCentre):
            actions.answer_profile(centre=centre, key=uuid4(), method=OWN, day=DAY, answers=answers)
    assert not Profile.objects.exists()
