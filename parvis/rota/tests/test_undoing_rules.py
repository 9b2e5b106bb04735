"""What would break a rule now is not taken back, and the refusal says which rule it is."""

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.rota.actions.changing import Altered, change_slots, lock_rota
from parvis.rota.actions.cover import accept_cover, open_cover_call
from parvis.rota.actions.undoing import BreaksRules, undo
from parvis.rota.factories import a_duty_slot, a_leave, a_need, a_wish
from parvis.rota.models import Change, DutySlot, Leave, Need, Terms, Wish, WishForHalfDay
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = a_house()
    house.before = at(house.centre, 8)
    return house


def cancelled(house, who="ann"):
    deed, slot = uuid4(), DutySlot.objects.select_related("half_day__centre").get(pk=house.slots[who].pk)
    gone = [Altered(slot, state=DutySlot.State.CANCELLED)]
    rota = lock_rota(house.centre)
    change_slots(rota=rota, deed=deed, kind=Change.Kind.CHANGED, changes=gone, by=None, at=house.before)
    return deed


def back(house, deed):
    return undo(centre=house.centre, deed=deed, key=uuid4(), by=house.planner, at=house.before)


def refused(house, deed):
    version = Change.objects.count()
    with pytest.raises(BreaksRules) as error:
        back(house, deed)
    assert Change.objects.count() == version
    return [(one.rule, one.person and one.person.name) for one in error.value.broken], str(error.value)


def test_who_is_on_leave_by_now(house):
    deed = cancelled(house)
    leave = a_leave(house.people["ann"], house.centre, DAY)
    rules, words = refused(house, deed)
    assert rules == [("available", "Ann Example")]
    assert words.endswith("Thursday 12 March, 09:00: Ann Example cannot come then, or has not said so.")
    leave.delete()
    assert back(house, deed)[0].state == "planned"


def test_who_has_as_much_as_was_agreed_by_now(house):
    deed = cancelled(house)
    ann = house.people["ann"]
    friday = a_duty_slot(house.centre, ann, DAY + timedelta(days=1), theme=house.jobs)
    a_need(friday.half_day, house.jobs)
    a_wish(ann, friday.half_day)
    Terms.objects.filter(person=ann).update(per_week=1)
    assert refused(house, deed)[0] == [("per_week", "Ann Example")]
    Terms.objects.filter(person=ann).update(per_week=2)
    assert back(house, deed)[0].state == "planned"


def test_who_does_it_no_longer(house):
    deed = cancelled(house)
    Terms.objects.get(person=house.people["ann"]).themes.clear()
    assert refused(house, deed)[0] == [("able", "Ann Example")]


def test_a_seat_that_somebody_else_has_by_now(house):
    absent = house.absent()
    deed = Change.objects.get(slot=absent).deed
    dan = house.people["dan"]
    call = open_cover_call(slot=absent, asked=[dan], key=uuid4(), by=house.planner, at=house.before)
    accept_cover(call=call, person=dan, at=house.before)
    rules, words = refused(house, deed)
    assert (rules, "more people than seats" in words) == ([("seats", None)], True)
    assert Leave.objects.filter(key=deed).exists()
    back(house, call.key)
    assert back(house, deed)[0].state == "planned"


def test_a_half_day_at_which_nobody_is_needed_any_more(house):
    cancelled(house, "bob")
    deed = cancelled(house)
    Need.objects.filter(half_day=house.half_day).delete()
    assert [rule for rule, _who in refused(house, deed)[0]] == ["seats"]


def test_what_somebody_never_said_is_no_reason_and_a_no_is(house):
    WishForHalfDay.objects.filter(person=house.people["ann"]).delete()
    deed = cancelled(house)
    assert back(house, deed)[0].state == "planned"
    deed = cancelled(house)
    a_wish(house.people["ann"], house.half_day, Wish.CANNOT)
    assert refused(house, deed)[0] == [("available", "Ann Example")]


def test_what_takes_duties_away_is_never_refused(house):
    rota, deed = lock_rota(house.centre), uuid4()
    slot = DutySlot.objects.select_related("half_day__centre").get(pk=house.slots["ann"].pk)
    gone = [Altered(slot, state=DutySlot.State.CANCELLED)]
    change_slots(rota=rota, deed=deed, kind=Change.Kind.CHANGED, changes=gone, by=None, at=house.before)
    key = uuid4()
    undo(centre=house.centre, deed=deed, key=key, by=None, at=house.before)
    a_leave(house.people["ann"], house.centre, DAY)
    assert back(house, key)[0].state == "cancelled"
