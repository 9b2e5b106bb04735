"""A seat whose holder is absent is given once, however it went on; and whoever already sits there is counted for it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from parvis.rota.actions.absences import NotAbsent, note_replaced
from parvis.rota.actions.cover import CallOver, accept_cover, open_cover_call
from parvis.rota.actions.held import begin_held, end_held
from parvis.rota.actions.publishing import Seen, publish_plan
from parvis.rota.actions.swaps import agree_swap, propose_swap
from parvis.rota.models import DutyKind, DutySlot, Held, Plan, PlannedSlot, Rota
from parvis.rota.periods import quarter_of
from parvis.rota.queries.covering import missing
from parvis.rota.queries.day_sheet import day_sheet
from parvis.rota.queries.ledger import ledger
from parvis.rota.queries.proposals import proposal
from parvis.rota.tests.cover_house import House, a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = pytest.mark.django_db


def a_cover(house: House, absent: DutySlot, who: str) -> DutySlot:
    asked = [house.people[who]]
    call = open_cover_call(slot=absent, asked=asked, key=uuid4(), by=house.planner, at=house.early)
    slot = accept_cover(call=call, person=house.people[who], at=house.early)
    assert slot
    return slot


def given(house: House, slot: DutySlot, to: str) -> DutySlot:
    assert slot.person
    other = house.people[to]
    swap = propose_swap(slot=slot, other=None, to=other, key=uuid4(), by=slot.person, at=house.early)
    agree_swap(swap=swap, by=other, at=house.early)
    return DutySlot.objects.get(replaces=slot)


def test_a_cover_that_was_passed_on_twice_is_still_the_cover():
    house = a_house()
    absent = house.absent()
    last = given(house, given(house, a_cover(house, absent, "cleo"), "dan"), "eve")
    [line] = missing(house.centre, house.early)
    assert (line.slot, line.cover) == (absent, last)
    with pytest.raises(NotAbsent):
        open_cover_call(
            slot=absent, asked=[house.people["dan"]], key=uuid4(), by=house.planner, at=house.early
        )
    assert DutySlot.objects.standing().filter(half_day=absent.half_day).count() == 2


def test_a_rota_that_is_planned_anew_fills_the_seat_that_was_left():
    house = a_house()
    centre, absent = house.centre, house.absent()
    asked = [house.people["dan"]]
    call = open_cover_call(slot=absent, asked=asked, key=uuid4(), by=house.planner, at=house.early)
    days = {"first_day": DAY, "last_day": DAY, "stage": Plan.Stage.READY, "made_at": house.early}
    plan = Plan.objects.create(key=uuid4(), centre=centre, name="Anew", **days)
    for who in ("bob", "cleo"):
        seated = {"half_day": house.half_day, "duty": DutyKind.ADVICE, "theme": house.jobs}
        PlannedSlot.objects.create(plan=plan, person=house.people[who], **seated)
    gaps = frozenset(gap.key for gap in proposal(plan, DAY, at=house.early).gaps)
    seen = Seen(plan.version, Rota.objects.get(centre=centre).version, gaps)
    publish_plan(plan=plan, until=DAY, seen=seen, deed=uuid4(), by=house.planner, at=house.early)
    [line] = missing(centre, house.early)
    assert line.cover is not None
    assert line.cover.person == house.people["cleo"]
    with pytest.raises(CallOver):
        accept_cover(call=call, person=house.people["dan"], at=house.early)
    assert DutySlot.objects.standing().filter(half_day=house.half_day).count() == 2


def test_who_sat_down_before_it_was_noted_that_they_came_instead():
    house = a_house()
    centre, cleo, noon = house.centre, house.people["cleo"], at(house.centre, 13)
    begin_held(centre=centre, person=cleo, themes=[house.jobs], at=at(centre, 9, 2))
    end_held(centre=centre, person=cleo, at=at(centre, 12, 20))
    cover = note_replaced(slot=house.slots["ann"], instead=cleo, key=uuid4(), by=house.planner, at=noon)
    assert Held.objects.get().slot == cover
    [(_half_day, entries)] = day_sheet(centre, DAY, noon).halves
    unknown = {entry.slot.person.name for entry in entries if entry.unknown and entry.slot.person}
    assert unknown == {"Bob Example"}
    account = ledger(centre, quarter_of(DAY), noon).account
    chamber = house.institutions["Chamber"].pk
    assert (account.planned_by(chamber), account.held_by(chamber)) == (210, 198)


def test_who_sits_there_already_and_says_yes():
    house = a_house()
    absent, cleo = house.absent(), house.people["cleo"]
    begin_held(centre=house.centre, person=cleo, themes=[house.jobs], at=house.early)
    cover = a_cover(house, absent, "cleo")
    assert Held.objects.get().slot == cover
