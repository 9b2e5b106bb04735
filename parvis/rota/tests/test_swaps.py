"""Two people exchange their duties, or one gives theirs away."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import pytest

from parvis.rota.actions import undo
from parvis.rota.actions.asking import tell_swap
from parvis.rota.actions.errors import SlotsChanged
from parvis.rota.actions.swaps import (
    AlreadyProposed,
    NotTheirs,
    RulesBroken,
    agree_swap,
    decline_swap,
    propose_swap,
    withdraw_swap,
)
from parvis.rota.factories import a_duty_slot, a_half_day, a_need, a_wish
from parvis.rota.models import Change, DutySlot, Wish, WishForHalfDay
from parvis.rota.queries.covering import partners_for
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = pytest.mark.django_db
FRIDAY = DAY + timedelta(days=1)


@pytest.fixture
def house():
    """On Friday morning it is Eve's turn, and everybody could come."""
    house = a_house()
    friday = a_half_day(house.centre, FRIDAY, time(9))
    a_need(friday, house.jobs)
    for person in house.people.values():
        a_wish(person, friday)
    house.slots["eve"] = a_duty_slot(house.centre, house.people["eve"], FRIDAY, theme=house.jobs)
    house.before = at(house.centre, 8, day=DAY)
    return house


def proposed(house, other="eve", **said):
    usual = {
        "slot": house.slots["ann"],
        "other": house.slots[other] if other else None,
        "to": house.people[other or "dan"],
        "key": uuid4(),
        "by": house.people["ann"],
        "at": house.before,
    }
    return propose_swap(**usual | said)


def who(house, half_day):
    return {one.person.name.split()[0] for one in DutySlot.objects.standing().filter(half_day=half_day)}


def test_an_exchange_happens_when_the_other_agrees_and_once(house):
    swap, friday = proposed(house), house.slots["eve"].half_day
    assert (who(house, house.half_day), who(house, friday)) == ({"Ann", "Bob"}, {"Eve"})
    for _twice in range(2):
        assert agree_swap(swap=swap, by=house.people["eve"], at=house.before).state == "done"
    assert (who(house, house.half_day), who(house, friday)) == ({"Eve", "Bob"}, {"Ann"})
    taken = DutySlot.objects.standing().get(half_day=friday)
    assert (taken.institution, taken.theme) == (house.institutions["Chamber"], house.jobs)
    assert Change.objects.filter(kind="swapped").count() == 4


def test_it_is_undone_as_one_deed(house):
    swap = agree_swap(swap=proposed(house), by=house.people["eve"], at=house.before)
    undo(centre=house.centre, deed=swap.key, key=uuid4(), by=house.planner, at=house.before)
    assert who(house, house.half_day) == {"Ann", "Bob"}
    assert who(house, house.slots["eve"].half_day) == {"Eve"}


def test_a_duty_can_be_given_to_somebody_who_could_come(house):
    swap = proposed(house, None)
    agree_swap(swap=swap, by=house.people["dan"], at=house.before)
    assert who(house, house.half_day) == {"Dan", "Bob"}


def test_rules_are_checked_before_it_is_sent(house):
    with pytest.raises(RulesBroken) as refused:
        proposed(house, None, to=house.people["finn"])
    assert [(one.rule, one.person) for one in refused.value.broken] == [
        ("available", house.people["finn"].pk)
    ]
    house.people["dan"].terms.update(per_day=1)
    a_duty_slot(house.centre, house.people["dan"], DAY, time(13, 30), theme=house.jobs)
    with pytest.raises(RulesBroken):
        proposed(house, None)


def test_rules_are_checked_again_when_it_is_agreed(house):
    swap = proposed(house)
    WishForHalfDay.objects.filter(person=house.people["eve"], half_day=house.half_day).update(
        wish=Wish.CANNOT
    )
    assert agree_swap(swap=swap, by=house.people["eve"], at=house.before).state == "impossible"
    assert who(house, house.half_day) == {"Ann", "Bob"}


def test_what_has_begun_or_no_longer_stands_is_not_exchanged(house):
    with pytest.raises(SlotsChanged):
        proposed(house, at=at(house.centre, 9))
    swap = proposed(house)
    DutySlot.objects.filter(pk=house.slots["eve"].pk).update(state="absent")
    assert agree_swap(swap=swap, by=house.people["eve"], at=house.before).state == "impossible"


def test_only_the_two_may_say_anything(house):
    with pytest.raises(NotTheirs):
        proposed(house, by=house.people["bob"])
    swap = proposed(house)
    for say, person in [(agree_swap, "bob"), (decline_swap, "ann"), (withdraw_swap, "eve")]:
        with pytest.raises(NotTheirs):
            say(swap=swap, by=house.people[person], at=house.before)


def test_declined_or_taken_back_nothing_changes_and_one_may_ask_another(house):
    assert decline_swap(swap=proposed(house), by=house.people["eve"], at=house.before).state == "declined"
    swap = proposed(house)
    with pytest.raises(AlreadyProposed):
        proposed(house, None)
    assert withdraw_swap(swap=swap, by=house.people["ann"], at=house.before).state == "withdrawn"
    with pytest.raises(SlotsChanged):
        agree_swap(swap=swap, by=house.people["eve"], at=house.before)
    assert proposed(house, None).state == "proposed"
    assert who(house, house.half_day) == {"Ann", "Bob"}


def test_with_whom_one_could_exchange(house):
    found = partners_for(house.slots["ann"], house.before)
    assert [(one.person.name.split()[0], one.slot) for one in found] == [
        ("Eve", house.slots["eve"]),
        ("Cleo", None),
        ("Dan", None),
        ("Eve", None),
    ]


def test_the_other_is_told_and_then_who_proposed(house, mailoutbox):
    swap = proposed(house)
    tell_swap.func(swap.pk)
    agree_swap(swap=swap, by=house.people["eve"], at=house.before)
    tell_swap.func(swap.pk)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        ([house.people["eve"].email], "Ann Example proposes a duty to you"),
        ([house.people["ann"].email], "Eve Example agrees"),
    ]
