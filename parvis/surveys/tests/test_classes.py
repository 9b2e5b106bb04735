"""A class answers together: while its screen is open, as a count, and as totals that show nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.centres.factories import a_centre
from parvis.surveys.actions.answering import NotAskedNow
from parvis.surveys.actions.classes import (
    IsOver,
    TooFewPupils,
    Wanted,
    close_round,
    close_rounds,
    open_round,
    prepare_class,
)
from parvis.surveys.actions.collections import Put
from parvis.surveys.factories import a_class, an_open_version, answered
from parvis.surveys.live_classes import read, topic
from parvis.surveys.models import ClassRound, Collection, Response, Way
from parvis.surveys.queries.classes import Stage, class_totals, screen_of, stage_of
from parvis.surveys.queries.results import results

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = AT.date()
LATER = timedelta(minutes=30)


@pytest.fixture
def centre():
    return a_centre(languages=["fr", "en"])


@pytest.fixture
def version(centre):
    return an_open_version(centre, audience="pupil")


@pytest.fixture
def screen(centre, version):
    return a_class(version, centre, DAY)


def now(screen):
    return ClassRound.objects.select_related("collection__centre", "collection__version").get(pk=screen.pk)


def test_a_class_answers_while_its_screen_is_open(screen):
    with pytest.raises(NotAskedNow):
        answered(screen.collection, {"again": "yes"}, DAY)
    opened = open_round(screen=screen, at=AT)
    assert (len(opened.code), opened.code.isdecimal(), opened.ends_at) == (6, True, AT + LATER)
    answered(screen.collection, {"again": "yes"}, DAY)
    close_round(screen=screen, at=AT)
    with pytest.raises(NotAskedNow):
        answered(screen.collection, {"again": "yes"}, DAY)
    assert Response.objects.count() == 1


def test_opening_twice_is_one_opening_and_what_is_over_stays_over(screen):
    first = open_round(screen=screen, at=AT)
    second = open_round(screen=screen, at=AT + timedelta(minutes=5))
    assert (first.code, first.ends_at) == (second.code, second.ends_at)
    for _twice in range(2):
        close_round(screen=screen, at=AT)
    with pytest.raises(IsOver):
        open_round(screen=screen, at=AT)


def test_afterwards_nothing_says_when_the_class_answered(screen):
    open_round(screen=screen, at=AT)
    closed = close_round(screen=screen, at=AT + timedelta(minutes=10))
    assert (closed.state, closed.code, closed.ends_at) == (ClassRound.State.OVER, "", None)
    assert Collection.objects.get(pk=screen.collection_id).closes_on == DAY


def test_time_closes_it_and_the_night_clears_it(screen):
    opened = open_round(screen=screen, at=AT)
    assert [opened.is_open(AT + LATER - timedelta(seconds=1)), opened.is_open(AT + LATER)] == [True, False]
    assert close_rounds(at=AT + LATER - timedelta(seconds=1)) == 0
    assert [close_rounds(at=AT + timedelta(hours=17)) for _night in range(2)] == [1, 0]
    assert (now(screen).state, now(screen).ends_at) == (ClassRound.State.OVER, None)
    assert Collection.objects.get(pk=screen.collection_id).closes_on == DAY


def test_the_days_of_a_screen(screen):
    assert stage_of(now(screen), AT - timedelta(days=1)) == Stage.EARLY
    with pytest.raises(NotAskedNow):
        open_round(screen=screen, at=AT - timedelta(days=1))
    assert [stage_of(now(screen), AT + timedelta(days=days)) for days in (0, 1, 2)] == [
        Stage.READY,
        Stage.READY,
        Stage.GONE,
    ]
    open_round(screen=screen, at=AT)
    assert stage_of(now(screen), AT) == Stage.OPEN
    assert stage_of(now(screen), AT + LATER) == Stage.OVER
    close_round(screen=screen, at=AT + LATER)
    assert stage_of(now(screen), AT + LATER) == Stage.OVER
    assert stage_of(now(screen), AT + timedelta(days=1)) == Stage.GONE


def test_a_class_of_nine_is_refused(centre, version):
    put = Put(way=Way.CLASS, opens_on=DAY, closes_on=DAY, languages=version.languages)
    with pytest.raises(TooFewPupils):
        prepare_class(version=version, centre=centre, key=uuid4(), put=put, wanted=Wanted(9, 30))
    key = uuid4()
    made = [
        prepare_class(version=version, centre=centre, key=key, put=put, wanted=Wanted(10, 30)).pk
        for _twice in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize(("n", "lists"), [(9, 0), (10, 2)])
def test_totals_from_ten_answers_on(screen, n, lists):
    open_round(screen=screen, at=AT)
    for _pupil in range(n):
        answered(screen.collection, {"again": "yes", "welcome": "4"}, DAY)
    totals = class_totals(results(screen.collection, DAY))
    assert len(totals) == lists


def test_few_among_many_are_not_shown(screen):
    open_round(screen=screen, at=AT)
    for n in range(24):
        answered(screen.collection, {"again": "no" if n < 2 else "yes", "themes": ["job"]}, DAY)
    by_question = {one.question: one for one in class_totals(results(screen.collection, DAY))}
    again = next(one for name, one in by_question.items() if "again" in name)
    assert again.base == 25
    assert {line.n for line in again.lines} == {None}, "one hidden alone would be read off the other"


def test_the_count_is_live_in_each_language(screen):
    open_round(screen=screen, at=AT)
    for _pupil in range(3):
        answered(screen.collection, {"again": "yes"}, DAY)
    slots = frozenset({"screen:fr", "screen:en"})
    texts = read(topic(screen.collection), slots)
    assert set(texts) == slots
    assert screen_of(now(screen), AT).answered == 3
    assert read("class/999999", slots) == {}
