"""A need in the team's own words: noted once, corrected by one of two, taken back and put back."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Need

from .house import AT, TODAY, a_house, noted

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def entry(house):
    return actions.Noted("Nothing in the evening", house.training, 3, TODAY)


def test_a_need_is_noted_once_however_often_it_is_sent(house, entry):
    key = uuid4()
    first = actions.note_need(centre=house.centre, key=key, noted=entry, at=AT)
    again = actions.note_need(centre=house.centre, key=key, noted=entry, at=AT)
    assert (first, Need.objects.count()) == (again, 1)
    assert (first.text, first.theme, first.voiced, first.date) == (
        entry.text,
        house.training,
        3,
        TODAY,
    )


def test_the_same_page_with_other_words_is_refused(house, entry):
    key = uuid4()
    actions.note_need(centre=house.centre, key=key, noted=entry, at=AT)
    with pytest.raises(actions.RecordedOtherwise):
        actions.note_need(centre=house.centre, key=key, noted=replace(entry, text="Other words"), at=AT)


def test_a_day_to_come_and_another_centre_s_theme_are_refused(house, entry):
    tomorrow = replace(entry, day=TODAY + timedelta(days=1))
    with pytest.raises(actions.NotYet):
        actions.note_need(centre=house.centre, key=uuid4(), noted=tomorrow, at=AT)
    other = replace(entry, theme=a_house().training)
    with pytest.raises(actions.NotOfThisCentre):
        actions.note_need(centre=house.centre, key=uuid4(), noted=other, at=AT)


def test_the_second_of_two_who_correct_is_told_and_a_retry_is_not(house, entry):
    need = noted(house)
    better = replace(entry, text="Nothing after six")
    actions.correct_need(need=need, noted=better, version=1, at=AT)
    assert actions.correct_need(need=need, noted=better, version=1, at=AT).version == 2
    with pytest.raises(actions.ChangedMeanwhile):
        actions.correct_need(need=need, noted=replace(entry, text="Mine"), version=1, at=AT)
    assert Need.objects.get().text == "Nothing after six"


def test_what_is_taken_back_can_be_put_back(house, entry):
    need = noted(house)
    for _twice in range(2):
        actions.withdraw_need(need=need, at=AT)
        assert not Need.objects.kept().exists()
    with pytest.raises(actions.TakenBack):
        actions.correct_need(need=need, noted=entry, version=1, at=AT)
    for _twice in range(2):
        actions.restore_need(need=need)
        assert Need.objects.kept().get() == need
