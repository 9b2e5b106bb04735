"""Pages about absences, covers, swaps and the day: who may, what they say, and that a phone is enough."""

from __future__ import annotations

from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.rota.actions.cover import accept_cover, open_cover_call
from parvis.rota.factories import a_wish, speaks_for, terms_for
from parvis.rota.models import DutySlot, Held, HeldCorrection, Swap
from parvis.rota.queries.covering import could_cover
from parvis.rota.tests import clock
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, a_stretch, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """A house on its Thursday at 8:50."""
    house = a_house()
    clock.stands(house.centre, house.early)
    house.coordinator = a_person(Role.PARTNER_COORDINATOR, centre=house.centre)
    speaks_for(house.coordinator, house.centre, house.institutions["Chamber"])
    return house


def a_call(house):
    slot = house.absent()
    asked = [one.person for one in could_cover(slot, house.early)]
    return open_cover_call(slot=slot, asked=asked, key=uuid4(), by=house.planner, at=house.early)


def test_somebody_tells_on_their_phone_that_they_cannot_come(house):
    ann = house.client("ann")
    page = ann.get(house.address("absence"))
    assert "I cannot come then" in page.content.decode()
    said = {"key": uuid4(), "first_day": DAY.isoformat(), "part": "morning"}
    assert ann.post(house.address("absence"), said).url == house.address("mine")
    house.slots["ann"].refresh_from_db()
    assert house.slots["ann"].state == DutySlot.State.ABSENT


def test_a_wrong_day_is_said_beside_the_field(house):
    said = {"key": uuid4(), "first_day": "2026-03-11", "part": ""}
    answer = house.client("ann").post(house.address("absence"), said)
    assert (answer.status_code, "That day is over" in answer.content.decode()) == (422, True)


def test_for_whom_one_may_tell_it(house):
    bob, ann = house.people["bob"].pk, house.people["ann"].pk
    tell = [
        (house.planner, bob, 200),
        (house.coordinator, ann, 200),
        (house.coordinator, bob, 404),
        (house.people["ann"], bob, 404),
    ]
    for who, whom, status in tell:
        assert house.client(who).get(house.address("absence_of", person_id=whom)).status_code == status


def test_one_click_calls_somebody_in(house):
    slot = house.absent()
    planner, address = house.client(house.planner), house.address("absence_slot", slot=slot.pk)
    page = planner.get(address)
    words = page.content.decode()
    assert "1 change; nobody else is affected." in words
    assert "No way has fewer." in words
    way = page.context["ways"][0]
    said = {"do": "way", "key": page.context["key"], "way": way.key, "version": page.context["version"]}
    assert [planner.post(address, said).status_code for _twice in range(2)] == [302, 302]
    assert DutySlot.objects.get(replaces=slot).person == way.changes[0].person
    assert "comes instead" in planner.get(address).content.decode()


def test_where_every_seat_is_filled_nothing_has_to_be_done_and_one_may_still_ask(house):
    house.half_day.needs.update(seats=1)
    slot = house.absent()
    planner, address = house.client(house.planner), house.address("absence_slot", slot=slot.pk)
    words = planner.get(address).content.decode()
    assert "Every seat is filled without Ann Example" in words
    assert "Nothing has to be done. You may still ask somebody." in words
    assert "No way without breaking a rule" not in words
    assert planner.post(address, {"do": "call", "key": uuid4()}).status_code == 302
    assert {ask.person for ask in slot.cover_calls.get().asks.all()} == {
        house.people[who] for who in ("cleo", "dan", "eve")
    }


def test_where_somebody_could_come_the_page_never_says_that_nobody_could(house):
    house.people["ann"].terms.all().delete()
    slot = house.absent()
    words = house.client(house.planner).get(house.address("absence_slot", slot=slot.pk)).content.decode()
    assert ("No change is proposed" in words, "3 people could come." in words) == (True, True)
    assert "No way without breaking a rule" not in words


def test_where_nobody_could_come_the_page_says_so():
    house = a_house(free=())
    clock.stands(house.centre, house.early)
    slot = house.absent()
    words = house.client(house.planner).get(house.address("absence_slot", slot=slot.pk)).content.decode()
    assert ("No way without breaking a rule" in words, "could come" in words) == (True, True)
    assert "Every seat is filled" not in words


def test_an_old_page_changes_nothing(house):
    slot = house.absent()
    planner, address = house.client(house.planner), house.address("absence_slot", slot=slot.pk)
    way = planner.get(address).context["ways"][0]
    answer = planner.post(address, {"do": "way", "key": uuid4(), "way": way.key, "version": 0})
    assert (answer.status_code, DutySlot.objects.filter(replaces=slot).count()) == (409, 0)


def test_a_coordinator_sees_and_asks_their_own_people_only(house):
    house.absent("ann")
    house.absent("bob")
    client = house.client(house.coordinator)
    page = client.get(house.address("absences")).content.decode()
    assert ("Ann Example" in page, "Bob Example" in page) == (True, False)
    mine = client.get(house.address("absence_slot", slot=house.slots["ann"].pk))
    assert {one.person for one in mine.context["could"]} == {house.people["cleo"], house.people["eve"]}
    theirs = {change.person for way in mine.context["ways"] for change in way.changes}
    assert theirs <= {house.people["cleo"], house.people["eve"]}
    assert client.get(house.address("absence_slot", slot=house.slots["bob"].pk)).status_code == 404


def test_a_coordinator_reads_no_name_of_another_institution_where_their_own_person_is_absent(house):
    call = a_call(house)
    client, slot = house.client(house.coordinator), house.address("absence_slot", slot=call.slot.pk)
    asked = client.get(slot).content.decode()
    assert ("Cleo Example" in asked, "Dan Example" in asked) == (True, False)
    assert "1 person of another institution" in asked
    accept_cover(call=call, person=house.people["dan"], at=house.early)
    for address in (slot, house.address("absences")):
        words = client.get(address).content.decode()
        assert ("somebody comes instead" in words, "Dan Example" in words) == (True, False)
        assert "Dan Example comes instead" in house.client(house.planner).get(address).content.decode()


def test_who_speaks_for_nobody_and_who_works_elsewhere_find_no_page(house):
    slot = house.absent()
    stranger = a_person(Role.DIRECTOR, centre=a_centre())
    for name, parts in [("absences", {}), ("absence_slot", {"slot": slot.pk})]:
        for who in (house.people["bob"], stranger):
            assert house.client(who).get(house.address(name, **parts)).status_code == 404


def test_a_call_reaches_the_page_of_those_asked_and_the_first_yes_has_it(house):
    slot = house.absent()
    said = {"do": "call", "key": uuid4()}
    house.client(house.planner).post(house.address("absence_slot", slot=slot.pk), said)
    call = slot.cover_calls.get()
    assert "Can you come instead?" in house.client("dan").get(house.address("asked")).content.decode()
    assert "1 question waits" in house.client("dan").get(house.address("mine")).content.decode()
    assert "Can you come instead?" not in house.client("bob").get(house.address("asked")).content.decode()
    for who, words in [("dan", "You come: thank you."), ("eve", "Somebody else was first, thank you.")]:
        answer = house.client(who).post(house.address("cover_answer", call=call.pk, say="yes"), follow=True)
        assert words in answer.content.decode()
    assert DutySlot.objects.get(replaces=slot).person == house.people["dan"]
    not_asked = house.client("bob").post(house.address("cover_answer", call=call.pk, say="yes"))
    assert not_asked.status_code == 404


def test_a_duty_is_given_away_from_the_phone(house):
    ann = house.client("ann")
    page = ann.get(house.address("exchange", slot=house.slots["ann"].pk))
    assert {one.person for one in page.context["partners"]} == {
        house.people[w] for w in ("cleo", "dan", "eve")
    }
    said = {"key": uuid4(), "to": house.people["dan"].pk}
    ann.post(house.address("exchange", slot=house.slots["ann"].pk), said)
    swap = Swap.objects.get()
    assert "would like to give you a duty" in house.client("dan").get(house.address("asked")).content.decode()
    other = house.client("eve").post(house.address("swap_answer", pk=swap.pk, say="agree"))
    assert other.status_code == 404
    house.client("dan").post(house.address("swap_answer", pk=swap.pk, say="agree"))
    swap.refresh_from_db()
    assert swap.state == "done"


def test_what_breaks_a_rule_is_said_in_words_and_not_sent(house):
    said = {"key": uuid4(), "to": house.people["finn"].pk}
    address = house.address("exchange", slot=house.slots["ann"].pk)
    answer = house.client("ann").post(address, said)
    assert answer.status_code == 409
    assert "Finn Example cannot come then" in answer.content.decode()
    assert house.client("bob").get(address).status_code == 404


@pytest.mark.parametrize("asked", [1, 3])
def test_what_is_asked_costs_the_same_for_one_and_three(house, asked, django_assert_max_num_queries):
    call = a_call(house)
    others = [house.people[who] for who in ("bob", "finn")]
    for person in others[: asked - 1]:
        call.asks.create(person=person, rank=9)
    client = house.client(house.planner)
    address = house.address("absences")
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)


def test_afterwards_one_notes_what_became_of_a_slot(house):
    clock.stands(house.centre, at(house.centre, 18))
    greeter = house.client(a_person(Role.RECEPTIONIST, centre=house.centre))
    assert "2 lines to look at" in greeter.get(house.address("duty_day", day=DAY)).content.decode()
    for who, said in [
        ("ann", {"do": "held", "begun": "09:10", "ended": "12:30"}),
        ("bob", {"do": "replaced", "person": house.people["finn"].pk}),
    ]:
        address = house.address("duty_slot", slot=house.slots[who].pk)
        assert greeter.post(address, {"key": uuid4()} | said).status_code == 302
    assert Held.objects.get().minutes == 200
    assert DutySlot.objects.get(replaces=house.slots["bob"]).person == house.people["finn"]
    assert house.client("ann").get(house.address("duty_day", day=DAY)).status_code == 404


@pytest.mark.parametrize("do", ["absent", "replaced"])
def test_of_a_duty_still_to_come_nothing_is_noted_and_the_page_leads_to_absences(house, do):
    slot = house.slots["ann"]
    address = house.address("duty_slot", slot=slot.pk)
    to_absences = house.address("absence_of", person_id=house.people["ann"].pk)
    said = {"key": uuid4(), "do": do, "person": house.people["finn"].pk}
    planner = house.client(house.planner)
    for answer in (planner.get(address), planner.post(address, said)):
        assert to_absences in answer.content.decode()
        assert "Note the absence" not in answer.content.decode()
    assert (answer.status_code, "This duty has not begun." in answer.content.decode()) == (422, True)
    greeter = house.client(a_person(Role.RECEPTIONIST, centre=house.centre)).get(address).content.decode()
    assert ("Somebody who plans the rota notes" in greeter, to_absences in greeter) == (True, False)
    slot.refresh_from_db()
    assert (slot.state, DutySlot.objects.filter(replaces=slot).count()) == (DutySlot.State.PLANNED, 0)
    clock.stands(house.centre, at(house.centre, 9))
    assert planner.post(address, said).status_code == 302


def test_the_day_leads_from_an_absence_still_to_come_to_who_could_come(house):
    slot = house.absent()
    day, who = house.address("duty_day", day=DAY), house.address("absence_slot", slot=slot.pk)
    greeter = a_person(Role.RECEPTIONIST, centre=house.centre)
    assert who in house.client(house.planner).get(day).content.decode()
    assert who not in house.client(greeter).get(day).content.decode()
    assert who in house.client(house.planner).get(house.address("duty_slot", slot=slot.pk)).content.decode()


def test_a_time_is_corrected_with_a_reason_and_the_old_one_stays_beside_it(house):
    clock.stands(house.centre, at(house.centre, 18))
    held = a_stretch(house.slots["ann"], at(house.centre, 9), at(house.centre, 12, 30))
    planner, address = house.client(house.planner), house.address("held_time", pk=held.pk)
    said = {"key": uuid4(), "begun": "09:00", "ended": "12:00", "reason": ""}
    assert planner.post(address, said).status_code == 422
    assert planner.post(address, said | {"ended": "08:00", "reason": "Left early"}).status_code == 422
    for _twice in range(2):
        assert planner.post(address, said | {"reason": "Left early"}).status_code == 302
    held.refresh_from_db()
    assert (held.minutes, held.ending, HeldCorrection.objects.count()) == (180, "hand", 1)
    assert (
        "before: 09:00–12:30; Left early" in planner.get(house.address("duty_day", day=DAY)).content.decode()
    )


def test_somebody_new_can_be_asked_as_soon_as_they_say_that_they_can(house):
    slot = house.absent()
    gus = a_person(Role.ADVISER, centre=house.centre)
    terms_for(gus, house.centre, house.jobs)
    assert gus not in [one.person for one in could_cover(slot, house.early)]
    a_wish(gus, house.half_day)
    assert gus in [one.person for one in could_cover(slot, house.early)]
