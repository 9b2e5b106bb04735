"""Who leaves is expected nowhere any more: their duties are open, who plans is told, and a mistake is undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_person
from parvis.partners.actions import belong
from parvis.partners.actions.stages import take_step
from parvis.partners.models import Relation, Stage
from parvis.rota.actions.asking import tell_left
from parvis.rota.actions.cover import accept_cover, open_cover_call
from parvis.rota.actions.telling import tell_deed
from parvis.rota.actions.undoing import BreaksRules, undo
from parvis.rota.factories import a_duty_slot, a_need
from parvis.rota.models import Change, CoverCall, DutySlot, Plan, PlannedSlot, Rota, Swap, Terms
from parvis.rota.queries.covering import missing
from parvis.rota.queries.history import Asked, deeds
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import DAY, at

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def house():
    house = a_house()
    house.before = at(house.centre, 8)
    house.later = a_duty_slot(house.centre, house.people["ann"], DAY + WEEK, theme=house.jobs)
    a_need(house.later.half_day, house.jobs)
    return house


def remove(house, who="ann"):
    person = house.people[who]
    return team.remove_from_team(place=house.centre, person=person, at=house.before)


def states(person):
    return list(DutySlot.objects.filter(person=person).order_by("pk").values_list("state", "sequence"))


def test_duties_to_come_are_open_again_as_one_deed_and_those_begun_stay(house):
    ann = house.people["ann"]
    past = a_duty_slot(house.centre, ann, DAY - WEEK, theme=house.jobs)
    assert remove(house) == {Role.ADVISER}
    assert states(ann) == [("cancelled", 1), ("cancelled", 1), ("planned", 0)]
    changes = Change.objects.filter(kind="left")
    assert (changes.count(), len(set(changes.values_list("deed", flat=True)))) == (2, 1)
    assert not changes.filter(slot=past).exists()
    assert Rota.objects.get(centre=house.centre).version == 1
    [shown], _following = deeds(house.centre, Asked(), at=house.before)
    assert (shown.kind, shown.by, shown.may_undo) == ("Somebody left", "", True)


def test_while_a_role_is_held_nothing_changes(house):
    roles = [Role.RECEPTIONIST]
    ann = house.people["ann"]
    team.change_roles(place=house.centre, person=ann, roles=roles, by=house.planner, at=house.before)
    assert states(ann) == [("planned", 0), ("planned", 0)]


def test_who_plans_and_who_leaves_are_told(house):
    remove(house)
    deed = str(Change.objects.filter(kind="left").values_list("deed", flat=True)[0])
    assert (tell_left.call(deed), tell_deed.call(deed)) == (1, 1)
    [planner, ann] = mail.outbox
    assert planner.to == [house.planner.email]
    assert "Ann Example" in planner.body
    assert planner.body.count("– ") == 2
    assert (ann.to, "private addresses of calendars have ended" in ann.body) == (
        [house.people["ann"].email],
        True,
    )


def test_drafts_leave_them_out_and_say_that_they_changed(house):
    plan = Plan.objects.create(
        key=uuid4(), centre=house.centre, name="Spring", first_day=DAY, last_day=DAY + WEEK,
        stage=Plan.Stage.READY, made_at=house.before,
    )  # fmt: skip
    for who in ("ann", "bob"):
        PlannedSlot.objects.create(
            plan=plan, half_day=house.half_day, person=house.people[who], duty="advice", theme=house.jobs
        )
    remove(house)
    plan.refresh_from_db()
    assert (plan.version, plan.slots.get().person) == (1, house.people["bob"])


def test_swaps_are_over_and_a_cover_that_leaves_is_looked_for_again(house):
    ann, dan = house.people["ann"], house.people["dan"]
    swap = Swap.objects.create(
        key=uuid4(), centre=house.centre, slot=house.later, proposed_by=ann, proposed_to=dan,
        proposed_at=house.before,
    )  # fmt: skip
    absent = house.absent("bob")
    call = open_cover_call(slot=absent, asked=[dan], key=uuid4(), by=house.planner, at=house.before)
    assert accept_cover(call=call, person=dan, at=house.before) is not None
    assert not missing(house.centre, house.before)[0].is_open
    remove(house, "dan")
    call.refresh_from_db()
    swap.refresh_from_db()
    assert (call.state, call.cover) == (CoverCall.State.WITHDRAWN, None)
    assert swap.state == Swap.State.IMPOSSIBLE
    assert missing(house.centre, house.before)[0].is_open


def test_a_removal_by_mistake_brings_the_duties_back(house):
    ann, held = house.people["ann"], remove(house)
    for _click in range(2):
        team.take_back_removal(place=house.centre, person=ann, roles=held, by=house.planner, at=house.before)
    assert states(ann) == [("planned", 2), ("planned", 2)]
    assert Change.objects.filter(kind="undone").count() == 2


def test_who_has_left_is_not_brought_back_by_undoing_in_the_rota(house):
    remove(house)
    deed = Change.objects.filter(kind="left").values_list("deed", flat=True)[0]
    with pytest.raises(BreaksRules, match="Ann Example is no longer in the team") as refused:
        undo(centre=house.centre, deed=deed, key=uuid4(), by=house.planner, at=house.before)
    assert len(refused.value.broken) == 2
    assert states(house.people["ann"]) == [("cancelled", 1), ("cancelled", 1)]


def test_who_comes_from_elsewhere_counts_there_from_that_day_on(house):
    ann, school = house.people["ann"], house.institutions["School"]
    belong(centre=house.centre, person=ann, to=school, on=DAY + timedelta(days=1), at=house.before)
    slots = DutySlot.objects.filter(person=ann).order_by("pk")
    assert [one.institution.name for one in slots] == ["Chamber", "School"]
    assert [one.state for one in slots] == ["planned", "planned"]
    deed = Change.objects.get(kind="belongs").deed
    undo(centre=house.centre, deed=deed, key=uuid4(), by=house.planner, at=house.before)
    assert slots.last().institution.name == "Chamber"
    belong(centre=house.centre, person=ann, to=None, on=DAY + WEEK, at=house.before)
    assert slots.last().institution is None


def test_a_partnership_that_ends_lends_nobody_any_more(house):
    relation = Relation.objects.get(centre=house.centre, institution=house.institutions["Chamber"])
    take_step(relation=relation, stage=Stage.ENDED, since=DAY, reason="", by=house.planner, at=house.before)
    ann, bob = house.people["ann"], house.people["bob"]
    assert states(ann) == [("cancelled", 1), ("cancelled", 1)]
    assert states(bob) == [("planned", 0)]
    assert Terms.objects.get(person=ann).until == DAY
    assert Terms.objects.get(person=bob).until is None


def test_another_centre_keeps_its_own(house):
    other = a_house()
    ann = house.people["ann"]
    there = a_duty_slot(other.centre, ann, DAY, theme=other.jobs)
    a_person(Role.ADVISER, centre=other.centre)
    remove(house)
    there.refresh_from_db()
    assert there.state == "planned"
