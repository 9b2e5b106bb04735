"""Hundreds at one session, on a real file database and on PostgreSQL: nothing is promised twice, and counts are their rows."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import BoundedSemaphore
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F, Sum

from parvis.agenda.actions.door import check_in, click
from parvis.agenda.actions.places import Wish, accept_offer, come, decline_offer, withdraw
from parvis.agenda.actions.seats import settle
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Coming, Registration, Session
from parvis.agenda.queries.door import came_in, clicked
from parvis.centres.factories import a_centre

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Coming.State
THREADS = 200
CONNECTIONS = BoundedSemaphore(60)  # a PostgreSQL takes a hundred as it comes


def all_at_once(works, threads=THREADS):
    def one(work):
        with CONNECTIONS:
            try:
                return work()
            finally:
                connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, works))


def a_full_house(seats):
    centre = a_centre()
    event = an_event(centre, registration=Registration.ALIAS)
    return a_session(event, centre.now() + timedelta(days=3), room_seats=seats)


def wants(session, number, key=None, **more):
    wish = Wish(number, "en", **more)
    return partial(come, session=session, wish=wish, key=key or uuid4(), at=session.centre.now())


def assert_nothing_is_promised_twice(session):
    row = Session.objects.annotate(promised=Sum(F("comings__seats") + F("comings__offered"))).get(
        pk=session.pk
    )
    assert row.room_taken == row.promised
    assert row.room_taken <= row.room_seats


def test_of_five_hundred_who_want_one_seat_one_has_it():
    session = a_full_house(1)
    all_at_once([wants(session, 1) for _n in range(500)])
    states = list(session.comings.values_list("state", flat=True))
    assert (states.count("held"), states.count("waiting")) == (1, 499)
    assert set(session.comings.values_list("number", flat=True)) == set(range(1, 501))
    assert_nothing_is_promised_twice(session)


def test_eight_tries_of_one_device_are_one_registration():
    session = a_full_house(20)
    keys = [uuid4() for _n in range(10)]
    all_at_once([wants(session, 2, key) for key in keys * 8])
    assert session.comings.count() == 10
    assert_nothing_is_promised_twice(session)


def test_a_waiting_list_never_promises_more_than_there_is():
    """Two hundred threads join, withdraw, take, leave and let lapse, in whatever order they come."""
    session, drawn = a_full_house(12), random.Random(65)
    all_at_once([wants(session, drawn.randint(1, 4), fewer=drawn.random() < 0.5) for _n in range(60)])
    for turn in range(3):
        at = session.centre.now() + timedelta(hours=25 * (turn // 2))  # offers of before have run out then
        works = []
        for coming in session.comings.select_related("session"):
            keep = drawn.randint(0, coming.wanted)
            works += drawn.sample(
                [
                    partial(withdraw, coming=coming, keep=keep, at=at),
                    partial(accept_offer, coming=coming, at=at, seats=drawn.choice([None, 1])),
                    partial(decline_offer, coming=coming, at=at),
                    partial(settle, session=session, at=at),
                ],
                2,
            )
        works += [wants(session, drawn.randint(1, 4), fewer=drawn.random() < 0.5) for _n in range(80)]
        drawn.shuffle(works)
        all_at_once(works)
        assert_nothing_is_promised_twice(session)
    settle(session=session, at=session.centre.now())
    free = session.__class__.objects.get(pk=session.pk).room_left
    waiting = session.comings.filter(state=State.WAITING)
    assert all(one.wanted > free and not (one.fewer and free) for one in waiting), (
        "somebody waits for free places"
    )


def test_what_eight_tablets_hand_in_at_once_counts_once():
    session = a_full_house(5)
    coming = wants(session, 3)()
    keys = [uuid4() for _n in range(6)]
    at = session.centre.now()
    works = [partial(click, session=session, key=key, count=1, at=at) for key in keys * 8]
    works += [partial(check_in, coming=coming, came=3, at=at) for _n in range(8)]
    random.Random(7).shuffle(works)
    all_at_once(works)
    assert (clicked(session), came_in(session)["room"]) == (6, 3)
    assert_nothing_is_promised_twice(session)
