"""Tries of codes are counted for each network, exactly, in memory; a centre's own network is never held up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from parvis.centres.factories import a_centre
from parvis.guidance.visitor_limits import AT_A_DESK, TRIES, limiter, may, may_at_desk, trace
from parvis.reception.visitor_limits import remember_house

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_tries_before():
    limiter().storage.reset()


def test_so_many_and_no_more_even_at_once():
    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _n: limiter().hit(TRIES, "one network"), range(400)))
    assert allowed.count(True) == TRIES.amount


def test_addresses_of_one_connection_are_one_network_and_others_are_not():
    tried = [may(TRIES, f"2001:db8:1:2::{n}", AT) for n in range(TRIES.amount + 1)]
    assert tried == [True] * TRIES.amount + [False]
    assert may(TRIES, "2001:db8:1:3::1", AT)
    assert may(TRIES, "192.0.2.1", AT)


def test_a_centres_own_network_is_never_held_up():
    remember_house(a_centre(), "192.0.2.1", AT)
    assert all(may(TRIES, "192.0.2.1", AT) for _n in range(3 * TRIES.amount))
    assert not all(may(TRIES, "192.0.2.2", AT) for _n in range(3 * TRIES.amount))


def test_an_adviser_tries_often_but_not_for_ever():
    assert [may_at_desk(1) for _n in range(AT_A_DESK.amount + 1)].count(True) == AT_A_DESK.amount
    assert may_at_desk(2)


def test_what_is_remembered_says_nothing():
    may(TRIES, "192.0.2.1", AT)
    kept = str(limiter().storage.storage)
    assert "192.0.2.1" not in kept
    assert trace("192.0.2.1") in kept
