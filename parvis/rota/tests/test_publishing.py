"""A draft is published by its difference alone, on what is known at that moment, and only those affected are told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from parvis.rota.actions import drafting
from parvis.rota.actions.changing import Altered, change_slots, lock_rota
from parvis.rota.actions.drafting import clear_seat, pin, seat, take_back
from parvis.rota.actions.plans import DraftChanged, NotAtRest
from parvis.rota.actions.publishing import NotConfirmed, RotaMoved, RulesBroken, Seen, publish_plan
from parvis.rota.actions.telling import tell_deed
from parvis.rota.factories import a_leave
from parvis.rota.models import Change, DutySlot, Need, Plan, PlannedSlot, Rota, Terms
from parvis.rota.queries.proposals import proposal
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene(days=2)
    Need.objects.update(seats=1)
    return scene


@pytest.fixture
def draft(scene):
    """Two people at each half-day, one for each theme: nothing is missing."""
    return scene.ready(
        *(
            (half_day, scene.people[place], scene.themes[place])
            for half_day in scene.half_days
            for place in range(2)
        )
    )


def publish(plan, until=SUNDAY, deed=None, by=None, confirm=True, **seen):
    plan.refresh_from_db()
    gaps = frozenset(gap.key for gap in proposal(plan, until, at=AT).gaps) if confirm else frozenset()
    rota = Rota.objects.filter(centre=plan.centre).first()
    saw = Seen(**{"draft": plan.version, "rota": rota.version if rota else 0, "gaps": gaps} | seen)
    return publish_plan(plan=plan, until=until, seen=saw, deed=deed or uuid4(), by=by, at=AT)


def rows(centre):
    found = DutySlot.objects.filter(centre=centre).order_by("half_day__date", "half_day__starts", "pk")
    return list(found.values_list("half_day", "person", "theme", "state", "sequence"))


def test_a_first_publishing_makes_slots_with_the_institution_of_the_day(scene, draft):
    slots = publish(draft)
    assert len(slots) == 8
    assert {slot.institution for slot in slots} == set(scene.institutions[:2])
    draft.refresh_from_db()
    assert (draft.stage, draft.published_at, draft.rota_version) == ("published", AT, 1)
    assert set(Change.objects.values_list("kind", flat=True)) == {"published"}
    with pytest.raises(NotAtRest):
        publish(draft)


def test_the_same_deed_is_published_once(draft):
    deed = uuid4()
    first = publish(draft, deed=deed)
    again = publish(draft, deed=deed)
    assert sorted(one.pk for one in first) == sorted(one.pk for one in again)
    assert Rota.objects.get().version == 1


def test_a_second_one_touches_only_what_differs(scene, draft):
    publish(draft)
    before = {slot.pk: slot for slot in DutySlot.objects.all()}
    first = scene.half_days[0]
    places = [
        (half_day, scene.people[place], scene.themes[place])
        for half_day in scene.half_days[1:]
        for place in range(2)
    ]
    changed = [(first, scene.people[0], scene.themes[1]), (first, scene.people[2], scene.themes[0])]
    publish(scene.ready(*places, *changed))
    after = {slot.pk: slot for slot in DutySlot.objects.all()}
    same = [pk for pk in before if after[pk].sequence == 0 and after[pk].changed_at == AT]
    assert len(same) == 6
    theme = next(slot for slot in after.values() if (slot.half_day, slot.person) == (first, scene.people[0]))
    assert (theme.uid, theme.sequence, theme.theme) == (before[theme.pk].uid, 1, scene.themes[1])
    gone = next(slot for slot in after.values() if (slot.half_day, slot.person) == (first, scene.people[1]))
    assert (gone.uid, gone.sequence, gone.state) == (before[gone.pk].uid, 1, "cancelled")
    publish(scene.ready(*places, *changed[:1], (first, scene.people[1], scene.themes[0])))
    gone.refresh_from_db()  # who comes back finds the entry in their calendar again
    assert (gone.sequence, gone.state, gone.theme) == (2, "planned", scene.themes[0])


def test_what_was_entered_since_is_looked_at(scene, draft):
    a_leave(scene.people[0], scene.centre, MONDAY)
    with pytest.raises(RulesBroken) as refused:
        publish(draft)
    assert {(fault.rule, fault.person_id) for fault in refused.value.faults} == {
        ("available", scene.people[0].pk)
    }
    assert (rows(scene.centre), Plan.objects.get().stage) == ([], "ready")


def test_somebody_who_left_is_told_not_crashed_upon(scene, draft):
    Terms.objects.filter(person=scene.people[1]).delete()
    with pytest.raises(RulesBroken) as refused:
        publish(draft)
    assert {fault.rule for fault in refused.value.faults} == {"team"}


def test_what_is_missing_is_confirmed_by_name(scene, draft):
    draft.slots.filter(half_day=scene.half_days[0], person=scene.people[0]).delete()
    with pytest.raises(NotConfirmed) as refused:
        publish(draft, confirm=False)
    [gap] = refused.value.gaps
    assert (gap.rule, gap.half_day_id, gap.missing) == ("uncovered", scene.half_days[0].pk, 1)
    assert len(publish(draft, gaps=frozenset({gap.key}))) == 7


def test_until_a_day_the_rest_stays_a_draft(scene, draft):
    assert len(publish(draft, until=MONDAY)) == 4
    draft.refresh_from_db()
    assert draft.stage == "ready"
    assert len(publish(draft)) == 4
    assert [row[4] for row in rows(scene.centre)] == [0] * 8


def test_somebody_else_was_quicker(scene, draft):
    copy = scene.ready(*((one.half_day, one.person, one.theme) for one in draft.slots.all()))
    publish(draft)
    with pytest.raises(RotaMoved):
        publish(copy, rota=0)
    with pytest.raises(DraftChanged):
        publish(copy, draft=copy.version + 1)


def test_what_has_begun_stays(scene, draft):
    publish(draft)
    at = AT + timedelta(days=7, hours=3)  # Monday at noon
    empty = scene.ready()
    found = proposal(empty, SUNDAY, at=at)
    assert {move.half_day for move in found.moves} == set(scene.half_days[1:])
    assert {move.what for move in found.moves} == {"goes"}


def test_only_those_affected_are_told_once(scene, draft, django_capture_on_commit_callbacks):
    publish(draft)
    slot = DutySlot.objects.filter(person=scene.people[1]).order_by("pk")[0]
    deed = uuid4()
    change_slots(
        rota=lock_rota(scene.centre),
        deed=deed,
        kind=Change.Kind.CHANGED,
        changes=[Altered(slot, state="cancelled")],
        by=scene.people[0],
        at=AT,
    )
    tell_deed.func(str(deed))
    [told] = mail.outbox
    assert told.to == [scene.people[1].email]
    assert "No longer: Monday 9 March 2026" in told.body
    mail.outbox.clear()
    deed = Change.objects.filter(kind="published").values_list("deed", flat=True)[0]
    tell_deed.func(str(deed))
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in scene.people[:2])


def test_somebody_is_put_in_a_seat_and_it_is_taken_back(scene, draft):
    slot = draft.slots.get(half_day=scene.half_days[0], person=scene.people[0])
    edited = seat(
        plan=draft,
        half_day=slot.half_day,
        duty="advice",
        theme=slot.theme,
        person=scene.people[3],
        instead_of=slot,
        seen=draft.version,
        at=AT,
    )
    here = draft.slots.filter(half_day=slot.half_day, theme=slot.theme)
    assert list(here.values_list("person", "pinned")) == [(scene.people[3].pk, True)]
    with pytest.raises(DraftChanged):
        take_back(plan=draft, edited=edited, seen=draft.version)
    take_back(plan=draft, edited=edited, seen=edited.version)
    assert list(here.values_list("person", "pinned")) == [(scene.people[0].pk, False)]


def test_hard_rules_refuse_a_hand(scene, draft):
    def put(person, half_day, instead_of=None):
        draft.refresh_from_db()
        with pytest.raises(drafting.NotAllowed) as refused:
            seat(
                plan=draft,
                half_day=half_day,
                duty="advice",
                theme=scene.themes[0],
                person=person,
                instead_of=instead_of,
                seen=draft.version,
                at=AT,
            )
        return {about.rule for about in refused.value.subjects}

    first = scene.half_days[0]
    slot = draft.slots.get(half_day=first, person=scene.people[0])
    a_leave(scene.people[4], scene.centre, MONDAY)
    assert put(scene.people[4], first, slot) == {"available"}
    assert put(scene.people[3], first) == {"seats"}
    assert put(scene.director, first, slot) == {"team"}


def test_pins_and_empty_seats(scene, draft):
    slot = draft.slots.first()
    edited = pin(plan=draft, slot=slot, pinned=True, seen=draft.version)
    edited = clear_seat(plan=draft, slot=slot, seen=edited.version)
    assert PlannedSlot.objects.filter(pk=slot.pk).count() == 0
    take_back(plan=draft, edited=edited, seen=edited.version)
    assert draft.slots.get(pinned=True).person == slot.person
