"""An absence typed at 8:50, who could come, the call for cover, and what becomes of it."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import pytest

from parvis.rota.actions import undo
from parvis.rota.actions.absences import (
    NotAbsent,
    Step,
    note_absent,
    note_replaced,
    repair_absence,
    report_absence,
)
from parvis.rota.actions.asking import tell_absence, tell_asked, tell_taken
from parvis.rota.actions.cover import (
    AgainstARule,
    CallOver,
    NobodyToAsk,
    NotAsked,
    accept_cover,
    close_past_calls,
    decline_cover,
    open_cover_call,
    withdraw_cover_call,
)
from parvis.rota.actions.errors import SlotsChanged
from parvis.rota.factories import a_duty_slot
from parvis.rota.models import (
    Change,
    CoverAsk,
    CoverCall,
    DutySlot,
    Leave,
    Part,
    Rota,
    Terms,
    Wish,
    WishForHalfDay,
)
from parvis.rota.queries.covering import could_cover, missing, ways
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = pytest.mark.django_db
State, Answer = DutySlot.State, CoverAsk.Answer


@pytest.fixture
def house():
    return a_house()


def called(house, slot=None, **said):
    slot = slot or house.absent()
    asked = [one.person for one in could_cover(slot, house.early)]
    usual = {"slot": slot, "asked": asked, "key": uuid4(), "by": house.planner, "at": house.early}
    return open_cover_call(**usual | said)


def test_an_absence_marks_the_duties_of_those_days_once(house):
    said = {"centre": house.centre, "person": house.people["ann"], "days": (DAY, DAY), "part": None}
    said |= {"key": uuid4(), "by": house.people["ann"], "at": house.early}
    assert [report_absence(**said)[0].state for _twice in range(2)] == ["absent", "absent"]
    assert Change.objects.filter(kind="absent").count() == 1
    leave = Leave.objects.get()
    assert (leave.person, leave.sudden, leave.first_day, leave.part) == (house.people["ann"], True, DAY, "")
    house.slots["bob"].refresh_from_db()
    assert house.slots["bob"].state == State.PLANNED


@pytest.mark.parametrize(
    ("part", "minute", "state"),
    [(Part.AFTERNOON, 0, "planned"), (Part.MORNING, 29, "absent"), (None, 30, "planned")],
)
def test_only_that_part_and_nothing_that_is_over(house, part, minute, state):
    report_absence(
        centre=house.centre, person=house.people["ann"], days=(DAY, DAY), part=part, key=uuid4(),
        by=house.people["ann"], at=at(house.centre, 12, minute),
    )  # fmt: skip
    house.slots["ann"].refresh_from_db()
    assert house.slots["ann"].state == state


def test_those_who_could_come_are_free_able_and_within_their_limits(house):
    people = house.people
    terms = people["dan"].terms.get()
    terms.themes.set([house.training])
    WishForHalfDay.objects.filter(person=people["eve"], half_day=house.half_day).update(wish=Wish.PREFERS)
    found = could_cover(house.absent(), house.early)
    assert [(one.person, one.gladly) for one in found] == [(people["eve"], True), (people["cleo"], False)]
    assert could_cover(house.slots["ann"], house.early, among={people["cleo"].pk})[0].person == people["cleo"]


def test_who_speaks_a_language_that_is_missing_is_asked_first(house):
    house.half_day.needs.update(languages={"nl": 1})
    house.people["dan"].terms.update(languages=["nl"])
    found = could_cover(house.absent(), house.early)
    assert found[0].person == house.people["dan"]
    assert len(found) == 3


def test_the_fewest_changes_are_proposed_first(house):
    found = ways(house.absent(), house.early).found
    assert [[(one.what, one.half_day) for one in way.changes] for way in found] == [
        [("comes", house.half_day)]
    ] * 3
    assert {way.changes[0].person for way in found} == {house.people[who] for who in ("cleo", "dan", "eve")}
    assert found[0].proven


def test_a_proposal_is_applied_once_and_only_as_it_was_shown(house):
    slot = house.absent()
    one = ways(slot, house.early).found[0].changes[0]
    step = Step(one.what, one.person, one.half_day, one.duty, one.theme)
    version = Rota.objects.get().version
    said = {"slot": slot, "steps": [step], "key": uuid4(), "by": house.planner, "at": house.early}
    with pytest.raises(SlotsChanged):
        repair_absence(**said, version=version - 1)
    done = [repair_absence(**said, version=version) for _twice in range(2)]
    cover = DutySlot.objects.get(replaces=slot)
    assert [[one.pk for one in slots] for slots in done] == [[cover.pk]] * 2
    assert (cover.person, cover.theme, cover.state) == (one.person, house.jobs, State.PLANNED)
    with pytest.raises(NotAbsent):
        repair_absence(**said | {"key": uuid4()}, version=version + 1)


def test_the_first_to_accept_has_it_and_the_second_is_thanked(house):
    call, people = called(house), house.people
    cover = accept_cover(call=call, person=people["dan"], at=house.early)
    assert accept_cover(call=call, person=people["dan"], at=house.early) == cover
    assert accept_cover(call=call, person=people["eve"], at=house.early) is None
    call.refresh_from_db()
    assert (call.state, call.cover, cover.person, cover.replaces) == (
        "taken",
        cover,
        people["dan"],
        call.slot,
    )
    assert dict(call.asks.values_list("person", "answer")) == {
        people["cleo"].pk: Answer.NONE,
        people["dan"].pk: Answer.YES,
        people["eve"].pk: Answer.LATE,
    }
    assert [one.is_open for one in missing(house.centre, house.early)] == [False]


def test_who_asked_and_who_was_asked_are_told_and_nobody_else(house, mailoutbox):
    call = called(house)
    assert tell_asked.func(call.pk) == 3
    assert {mail.to[0] for mail in mailoutbox} == {house.people[who].email for who in ("cleo", "dan", "eve")}
    assert "Find jobs" in mailoutbox[0].body
    decline_cover(call=call, person=house.people["cleo"], at=house.early)
    mailoutbox.clear()
    accept_cover(call=call, person=house.people["dan"], at=house.early)
    assert tell_taken.func(call.pk) == 1
    told = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert set(told) == {house.people["eve"].email, house.planner.email}
    assert told[house.people["eve"].email].startswith("Somebody else was first, thank you")


@pytest.mark.parametrize("address", ["", "https://parvis.example"])
def test_a_mail_leads_to_its_page_where_the_house_knows_its_address(house, mailoutbox, settings, address):
    settings.PUBLIC_ADDRESS = address
    tell_asked.func(called(house).pk)
    page = f"{address}/c/{house.centre.slug}/rota/asked/"
    for one in mailoutbox:
        assert (page in one.body, "http" in one.body) == (bool(address), bool(address))
    assert "“Asked of me”" in mailoutbox[0].body


def test_an_absence_is_told_to_who_plans(house, mailoutbox):
    house.absent()
    assert tell_absence.func(str(Change.objects.get().deed)) == 1
    assert [(mail.to, mail.subject.split(":")[0]) for mail in mailoutbox] == [
        ([house.planner.email], "Ann Example cannot come")
    ]


def test_a_call_is_opened_once_and_goes_to_somebody(house):
    slot = house.absent()
    with pytest.raises(NobodyToAsk):
        called(house, slot, asked=[])
    assert called(house, slot) == called(house, slot)
    with pytest.raises(NotAbsent):
        called(house, house.slots["bob"], asked=[house.people["eve"]])


def test_who_was_not_asked_or_comes_too_late_does_not_get_it(house):
    call = called(house)
    with pytest.raises(NotAsked):
        accept_cover(call=call, person=house.people["finn"], at=house.early)
    with pytest.raises(CallOver):
        accept_cover(call=call, person=house.people["dan"], at=at(house.centre, 12, 30))
    withdraw_cover_call(call=call, at=house.early)
    with pytest.raises(CallOver):
        accept_cover(call=call, person=house.people["dan"], at=house.early)
    assert called(house, house.slots["ann"]).pk != call.pk


def test_rules_are_checked_again_when_somebody_accepts(house):
    call = called(house)
    WishForHalfDay.objects.filter(person=house.people["dan"]).update(wish=Wish.CANNOT)
    with pytest.raises(AgainstARule):
        accept_cover(call=call, person=house.people["dan"], at=house.early)


def test_declining_is_kept_and_can_become_a_yes(house):
    call = called(house)
    assert decline_cover(call=call, person=house.people["dan"], at=house.early).answer == Answer.NO
    assert accept_cover(call=call, person=house.people["dan"], at=house.early) is not None


def test_a_call_that_nobody_took_is_past(house):
    call = called(house)
    assert close_past_calls(at=at(house.centre, 12, 29)) == 0
    assert close_past_calls(at=at(house.centre, 12, 30)) == 1
    call.refresh_from_db()
    assert call.state == CoverCall.State.PAST


def test_undoing_an_absence_takes_its_leave_and_its_call_back(house):
    slot = house.absent()
    call = called(house, slot)
    undo(centre=house.centre, deed=Change.objects.get().deed, key=uuid4(), by=house.planner, at=house.early)
    call.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.state, call.state, Leave.objects.count()) == (State.PLANNED, "withdrawn", 0)


def test_undoing_a_cover_lets_one_ask_again(house):
    call = called(house)
    accept_cover(call=call, person=house.people["dan"], at=house.early)
    undo(centre=house.centre, deed=call.key, key=uuid4(), by=house.planner, at=house.early)
    call.refresh_from_db()
    assert (call.state, call.cover) == ("withdrawn", None)
    again = called(house, call.slot)
    assert accept_cover(call=again, person=house.people["eve"], at=house.early).person == house.people["eve"]


def test_afterwards_one_notes_who_did_not_come_and_who_came_instead(house):
    later, slot = at(house.centre, 18), house.slots["ann"]
    key = uuid4()
    cover = note_replaced(slot=slot, instead=house.people["finn"], key=key, by=house.planner, at=later)
    assert (
        note_replaced(slot=slot, instead=house.people["finn"], key=key, by=house.planner, at=later) == cover
    )
    with pytest.raises(NotAbsent):
        note_replaced(slot=slot, instead=house.people["eve"], key=uuid4(), by=house.planner, at=later)
    assert note_absent(slot=house.slots["bob"], key=uuid4(), by=house.planner, at=later).state == State.ABSENT
    slot.refresh_from_db()
    assert (slot.state, cover.person, cover.replaces) == (State.ABSENT, house.people["finn"], slot)


@pytest.mark.parametrize("absences", [1, 2])
def test_what_is_missing_costs_three_queries(house, absences, django_assert_num_queries):
    for who in ("ann", "bob")[:absences]:
        house.absent(who)
    with django_assert_num_queries(3):
        found = missing(house.centre, house.early)
    assert len(found) == absences
    assert missing(house.centre, house.early + timedelta(days=1)) == []


@pytest.mark.parametrize(("hour", "touched"), [(8, True), (12, False)])
def test_what_has_begun_is_not_changed_for_the_afternoon(hour, touched):
    """Bob could come in the afternoon if Dan took his morning: at noon it is too late for that."""
    house = a_house(free=("dan",))
    Terms.objects.filter(person__in=[house.people["bob"], house.people["dan"]]).update(per_day=1)
    WishForHalfDay.objects.filter(person__in=[house.people["dan"], house.people["finn"]]).exclude(
        half_day=house.half_day
    ).delete()
    slot = a_duty_slot(house.centre, house.people["ann"], DAY, time(13, 30), theme=house.jobs)
    DutySlot.objects.filter(pk=slot.pk).update(state=State.ABSENT)
    slot.refresh_from_db()
    changed = {change.half_day for way in ways(slot, at(house.centre, hour)).found for change in way.changes}
    assert (house.half_day in changed) is touched
