"""Fifty people accept one cover: one has it, the others are told. On a real file database and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from parvis.rota.actions.cover import accept_cover, open_cover_call
from parvis.rota.actions.swaps import agree_swap, propose_swap
from parvis.rota.models import Change, CoverAsk, CoverCall, DutySlot, Swap
from parvis.rota.queries.covering import could_cover
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
FIFTY = tuple(f"p{n}" for n in range(50))


def all_at_once(work, jobs):
    """``work(job)`` for every job at once, each on a thread and a connection of its own."""

    def one(job):
        try:
            return work(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def test_fifty_people_accept_one_cover_and_one_has_it():
    house = a_house(free=FIFTY)
    slot = house.absent()
    asked = [one.person for one in could_cover(slot, house.early)]
    call = open_cover_call(slot=slot, asked=asked, key=uuid4(), by=house.planner, at=house.early)
    people = [house.people[name] for name in FIFTY]

    given = all_at_once(lambda person: accept_cover(call=call, person=person, at=house.early), people)

    cover = DutySlot.objects.get(replaces=slot)
    assert [one for one in given if one] == [cover]
    assert Counter(CoverAsk.objects.values_list("answer", flat=True)) == {"yes": 1, "late": 49}
    call = CoverCall.objects.get()
    assert (call.state, call.cover, call.asks.get(answer="yes").person) == ("taken", cover, cover.person)
    assert Change.objects.filter(kind="covered").count() == 1


def test_one_person_who_taps_twenty_times_comes_once():
    house = a_house()
    slot = house.absent()
    call = open_cover_call(
        slot=slot, asked=[house.people["dan"]], key=uuid4(), by=house.planner, at=house.early
    )
    given = all_at_once(
        lambda _n: accept_cover(call=call, person=house.people["dan"], at=house.early), range(20)
    )
    assert {one.pk for one in given} == {DutySlot.objects.get(replaces=slot).pk}


def test_a_gift_that_is_agreed_to_many_times_changes_hands_once():
    house = a_house()
    before = at(house.centre, 8, day=DAY)
    swap = propose_swap(
        slot=house.slots["ann"],
        other=None,
        to=house.people["eve"],
        key=uuid4(),
        by=house.people["ann"],
        at=before,
    )
    all_at_once(lambda _n: agree_swap(swap=swap, by=house.people["eve"], at=before), range(20))
    assert Swap.objects.get().state == "done"
    assert DutySlot.objects.standing().get(replaces=house.slots["ann"]).person == house.people["eve"]
