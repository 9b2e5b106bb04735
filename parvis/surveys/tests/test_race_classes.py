"""A class sends at once, on a real file database and on PostgreSQL: each phone counts once, and none after the close."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.centres.factories import a_centre
from parvis.surveys.actions.answering import NotAskedNow, record_answers
from parvis.surveys.actions.classes import close_round, open_round
from parvis.surveys.factories import a_class, an_open_version
from parvis.surveys.models import ClassRound, Response

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def all_at_once(*works):
    start = Barrier(len(works))

    def one(work):
        try:
            start.wait()
            return work()
        except NotAskedNow as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def a_screen():
    centre = a_centre()
    return a_class(an_open_version(centre, audience="pupil"), centre, AT.date())


def sent(screen, key):
    said = {"language": "en", "given": {"again": "yes"}, "day": AT.date()}
    return record_answers(collection=screen.collection, key=key, **said)


def test_twelve_phones_that_each_send_twice_are_twelve():
    open_round(screen=(screen := a_screen()), at=AT)
    keys = [uuid4() for _n in range(12)]
    all_at_once(*(partial(sent, screen, key) for key in (*keys, *keys)))
    assert Response.objects.count() == 12


def test_what_was_sent_is_in_or_was_refused_by_the_close():
    open_round(screen=(screen := a_screen()), at=AT)
    works = [partial(sent, screen, uuid4()) for _n in range(8)]
    works.insert(4, partial(close_round, screen=screen, at=AT))
    told = all_at_once(*works)
    assert sum(isinstance(one, Response) for one in told) == Response.objects.count()
    assert isinstance(all_at_once(partial(sent, screen, uuid4()))[0], NotAskedNow)


def test_a_screen_opened_by_six_clicks_has_one_code():
    screen = a_screen()
    opened = all_at_once(*[partial(open_round, screen=screen, at=AT)] * 6)
    assert {one.code for one in opened} == {ClassRound.objects.get().code}
