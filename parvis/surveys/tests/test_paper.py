"""Filled sheets are typed in: each once, the newest may be taken back, and nothing says who or in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import models

from parvis.centres.factories import a_centre
from parvis.surveys.actions import paper
from parvis.surveys.actions.answering import NotAskedNow, NothingAnswered, NotRight
from parvis.surveys.actions.forgetting import forget_batches, forget_keys, mix_answers
from parvis.surveys.actions.versions import close_version
from parvis.surveys.factories import a_collection, a_pile, an_open_version, asked_in
from parvis.surveys.models import DrawnSlot, PaperBatch, Refusals, Response, Sample, Way, Words

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
NIGHT = datetime(2026, 6, 2, 2, tzinfo=UTC)
Became = PaperBatch.Became


@pytest.fixture
def survey():
    return asked_in(a_centre(), way=Way.PAPER)


@pytest.fixture
def pile(survey):
    return a_pile(survey, DAY, "fr", 5)


def entered(pile, given=None, key=None):
    return paper.enter_sheet(batch=pile, key=key or uuid4(), given=given or {"again": "yes"})


def counts(pile):
    pile = PaperBatch.objects.get(pk=pile.pk)
    return pile.entered, pile.declined, pile.unreadable


def test_a_sheet_is_an_answer_of_the_day_on_which_it_was_filled_in(pile):
    entered(pile, {"again": "no", "why_not": "far", "more": "The chairs"})
    kept = Response.objects.get()
    assert (kept.day, kept.language) == (DAY, "fr")
    assert kept.answers == {"again": "no", "why_not": "far", "more": True}
    assert Words.objects.get().text == "The chairs"
    assert (counts(pile), PaperBatch.objects.get().left) == ((1, 0, 0), 4)


def test_a_second_click_is_the_same_sheet(pile):
    key = uuid4()
    for _twice in range(2):
        entered(pile, key=key)
    for _twice in range(2):
        paper.count_sheet(batch=pile, key=(blank := key), became=Became.DECLINED)
    assert (counts(pile), Response.objects.count(), Refusals.objects.count()) == ((1, 0, 0), 1, 0)
    blank = uuid4()
    for _twice in range(2):
        paper.count_sheet(batch=pile, key=blank, became=Became.DECLINED)
    assert (counts(pile), Refusals.objects.get().number) == ((1, 1, 0), 1)


def test_a_second_try_of_an_older_sheet_is_the_same_sheet_too(pile):
    first, second = uuid4(), uuid4()
    for key in (first, second, first):
        entered(pile, key=key)
    assert (counts(pile), Response.objects.count()) == ((2, 0, 0), 2)


def test_blank_and_unreadable_sheets_are_totals_of_the_day(pile):
    for became in (Became.DECLINED, Became.UNREADABLE, Became.UNREADABLE):
        paper.count_sheet(batch=pile, key=uuid4(), became=became)
    assert counts(pile) == (0, 1, 2)
    assert sorted(Refusals.objects.values_list("day", "kind", "number")) == [
        (DAY, "declined", 1),
        (DAY, "unreadable", 2),
    ]


def test_the_newest_sheet_is_taken_back_with_its_words_and_no_other(pile):
    entered(pile, {"again": "yes", "more": "The chairs"})
    entered(pile, {"again": "no", "more": "The lamps"}, key := uuid4())
    assert paper.take_back(batch=pile, key=key)
    assert not paper.take_back(batch=pile, key=key), "a second click takes nothing more"
    assert [one.answers["again"] for one in Response.objects.all()] == ["yes"]
    assert [one.text for one in Words.objects.all()] == ["The chairs"]
    assert counts(pile) == (1, 0, 0)
    entered(pile, {"again": "no"}, key)
    assert counts(pile) == (2, 0, 0), "typed in again"


def test_a_sheet_before_the_newest_stays(pile):
    entered(pile, key=(first := uuid4()))
    entered(pile)
    assert not paper.take_back(batch=pile, key=first)
    assert counts(pile) == (2, 0, 0)


def test_a_counted_sheet_is_taken_back(pile):
    paper.count_sheet(batch=pile, key=(key := uuid4()), became=Became.UNREADABLE)
    assert paper.take_back(batch=pile, key=key)
    assert (counts(pile), Refusals.objects.get().number, Refusals.objects.get().keys) == ((0, 0, 0), 0, [])


def test_after_the_night_nothing_says_which_sheet_was_the_newest(pile):
    entered(pile, {"more": "The chairs"}, key := uuid4())
    mix_answers(at=NIGHT)
    now = PaperBatch.objects.get()
    assert (now.last, now.last_became, now.last_words) == (None, "", [])
    assert not paper.take_back(batch=pile, key=key)
    assert (counts(pile), Words.objects.count()) == ((1, 0, 0), 1)


def test_the_end_of_the_pile_forgets_the_newest_and_takes_no_more(pile):
    entered(pile, key=(key := uuid4()))
    done = paper.finish_batch(batch=pile)
    assert (done.is_over, done.last, done.last_words) == (True, None, [])
    for work in (
        lambda: entered(pile),
        lambda: paper.count_sheet(batch=pile, key=uuid4(), became=Became.DECLINED),
        lambda: paper.take_back(batch=pile, key=key),
    ):
        with pytest.raises(paper.BatchIsOver):
            work()
    assert counts(pile) == (1, 0, 0)


def test_the_pile_goes_after_a_week_and_its_answers_stay(pile):
    entered(pile)
    assert [forget_batches(at=NIGHT + timedelta(days=days)) for days in (5, 6, 7)] == [0, 0, 1]
    assert Response.objects.count() == 1


def test_an_old_sheet_typed_twice_with_a_night_between_is_the_same(survey):
    pile = paper.begin_batch(
        collection=survey, key=uuid4(), pile=paper.Pile(DAY - timedelta(days=20), "fr"), on=DAY
    )
    entered(pile, key=(key := uuid4()))
    mix_answers(at=NIGHT)
    assert forget_keys(at=NIGHT) == 0
    entered(pile, key=key)
    assert (counts(pile), Response.objects.count()) == ((1, 0, 0), 1)
    assert forget_keys(at=NIGHT + timedelta(days=8)) == 1


@pytest.mark.parametrize(
    ("given", "refused"),
    [({}, NothingAnswered), ({"hours": "99"}, NotRight), ({"more": "Ask Mr Martin Dupont"}, NotRight)],
)
def test_what_is_wrong_counts_nothing(pile, given, refused):
    with pytest.raises(refused):
        paper.enter_sheet(batch=pile, key=uuid4(), given=given)
    assert (counts(pile), Response.objects.count(), Words.objects.count()) == ((0, 0, 0), 0, 0)


def test_a_pile_is_of_a_day_on_which_people_were_asked(survey):
    later = DAY + timedelta(days=1)
    for pile, why in [
        (paper.Pile(later, "fr"), NotAskedNow),
        (paper.Pile(date(1999, 1, 1), "fr"), NotAskedNow),
        (paper.Pile(DAY, "ar"), paper.NotOnPaper),
    ]:
        with pytest.raises(why):
            paper.begin_batch(collection=survey, key=uuid4(), pile=pile, on=DAY)
    link = a_collection(survey.version)
    with pytest.raises(paper.NotOnPaper):
        a_pile(link, DAY)


def test_the_same_key_begins_one_pile_and_none_of_another_survey(survey):
    key, pile = uuid4(), paper.Pile(DAY, "fr", 5)
    begun = [paper.begin_batch(collection=survey, key=key, pile=pile, on=DAY).pk for _twice in range(2)]
    assert len(set(begun)) == 1
    other = a_collection(survey.version, way=Way.PAPER)
    with pytest.raises(paper.NotOnPaper):
        paper.begin_batch(collection=other, key=key, pile=pile, on=DAY)


def test_sheets_of_a_version_that_was_closed_meanwhile_are_typed_in(survey):
    close_version(version=survey.version, on=DAY)
    survey.refresh_from_db()
    pile = a_pile(survey, DAY)
    entered(pile)
    assert counts(pile) == (1, 0, 0)
    with pytest.raises(NotAskedNow):
        a_pile(survey, DAY + timedelta(days=1))


def test_in_a_sample_only_drawn_days_count():
    centre = a_centre()
    survey = a_collection(
        an_open_version(centre), way=Way.PAPER, opens_on=DAY, closes_on=DAY + timedelta(days=9)
    )
    sample = Sample.objects.create(
        collection=survey,
        site=centre.sites.get(),
        unit=Sample.Unit.DAY,
        method=Sample.Method.STRATIFIED,
        seed="s",
    )
    DrawnSlot.objects.create(sample=sample, day=DAY, opens="09:00", closes="17:00", part="whole")
    assert a_pile(survey, DAY).day == DAY
    with pytest.raises(paper.NotDrawn):
        a_pile(survey, DAY + timedelta(days=1))


def test_a_pile_names_nobody_and_knows_no_hour():
    fields = [field for field in PaperBatch._meta.get_fields() if field.concrete]
    assert {field.related_model.__name__ for field in fields if field.is_relation} == {"Collection"}
    assert not any(isinstance(field, models.DateTimeField | models.TimeField) for field in fields)
