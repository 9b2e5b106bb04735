"""The published rota changes in one way, is remembered, and what was done can be taken back."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.rota.actions.changing import Altered, New, change_slots, lock_rota
from parvis.rota.actions.errors import DoubleBooked, NotThatCentre, SlotsChanged
from parvis.rota.actions.undoing import AlreadyUndone, NothingToUndo, TooLate, TouchedSince, undo
from parvis.rota.models import Change, DutySlot, HalfDay, Rota

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = date(2026, 3, 9)


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def people(centre):
    return [a_person(Role.ADVISER, centre=centre) for _ in range(3)]


@pytest.fixture
def themes(centre):
    return [a_theme(centre, "training"), a_theme(centre, "work")]


def half_day(centre, day=DAY, starts=time(9), ends=time(12, 30)):
    made, _new = HalfDay.objects.get_or_create(
        centre=centre, site=centre.sites.get(), date=day, starts=starts, ends=ends
    )
    return made


def do(centre, *changes, kind=Change.Kind.CHANGED, at=AT):
    deed = uuid4()
    slots = change_slots(rota=lock_rota(centre), deed=deed, kind=kind, changes=list(changes), by=None, at=at)
    return deed, slots


def new(centre, person, theme, **fields):
    where = fields.pop("half_day", None) or half_day(centre)
    return New(where, person, None, "advice", theme, **fields)


def rows(centre):
    found = DutySlot.objects.filter(centre=centre).order_by("pk")
    return list(found.values_list("person", "theme", "state", "sequence"))


def test_a_new_slot_is_counted_and_remembered(centre, people, themes):
    deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    assert rows(centre) == [(people[0].pk, themes[0].pk, "planned", 0)]
    assert Rota.objects.get(centre=centre).version == 1
    change = Change.objects.get(deed=deed)
    assert (change.slot, change.before) == (slot, {})
    assert change.after == {"state": "planned", "duty": "advice", "theme": themes[0].pk, "space": None}


def test_a_change_raises_the_sequence_and_keeps_the_uid(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    deed, [changed] = do(centre, Altered(slot, theme=themes[1]))
    assert (changed.uid, changed.sequence, changed.theme_id) == (slot.uid, 1, themes[1].pk)
    change = Change.objects.get(deed=deed)
    assert (change.before, change.after) == ({"theme": themes[0].pk}, {"theme": themes[1].pk})


def test_what_changes_nothing_is_left_out(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    deed, slots = do(centre, Altered(slot, theme=themes[0]))
    assert (slots, Change.objects.filter(deed=deed).count()) == ([], 0)
    assert (rows(centre)[0][3], Rota.objects.get(centre=centre).version) == (0, 1)


def test_who_goes_makes_room_for_who_comes_whatever_the_order(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    again = new(centre, people[0], themes[1], replaces=slot)
    _deed, slots = do(centre, again, Altered(slot, state=DutySlot.State.ABSENT))
    assert [one.state for one in slots] == ["planned", "absent"]


def test_nobody_is_there_twice(centre, people, themes):
    do(centre, new(centre, people[0], themes[0]))
    with pytest.raises(DoubleBooked):
        do(centre, new(centre, people[1], themes[0]), new(centre, people[0], themes[1]))
    assert len(rows(centre)) == 1


def test_slots_read_before_the_lock_are_refused(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    old = DutySlot.objects.get(pk=slot.pk)
    do(centre, Altered(slot, theme=themes[1]))
    with pytest.raises(SlotsChanged):
        do(centre, Altered(old, state=DutySlot.State.CANCELLED))
    elsewhere = a_centre()
    with pytest.raises(NotThatCentre):
        do(elsewhere, Altered(slot, state=DutySlot.State.CANCELLED))


def test_a_deed_is_taken_back_once(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    deed, _slots = do(
        centre, Altered(slot, state=DutySlot.State.ABSENT), new(centre, people[1], themes[0], replaces=slot)
    )
    key = uuid4()
    for _again in range(2):
        undo(centre=centre, deed=deed, key=key, by=None, at=AT)
    assert rows(centre) == [
        (people[0].pk, themes[0].pk, "planned", 2),
        (people[1].pk, themes[0].pk, "cancelled", 1),
    ]
    assert set(Change.objects.filter(deed=key).values_list("kind", "undoes")) == {("undone", deed)}
    with pytest.raises(AlreadyUndone):
        undo(centre=centre, deed=deed, key=uuid4(), by=None, at=AT)


def test_what_something_later_touched_is_not_taken_back(centre, people, themes):
    deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    later, _slots = do(centre, Altered(slot, theme=themes[1]))
    with pytest.raises(TouchedSince) as refused:
        undo(centre=centre, deed=deed, key=uuid4(), by=None, at=AT)
    assert [change.deed for change in refused.value.later] == [later]
    undone = uuid4()
    undo(centre=centre, deed=later, key=undone, by=None, at=AT)
    undo(centre=centre, deed=undone, key=uuid4(), by=None, at=AT)  # undoing is undone like anything else
    assert rows(centre)[0][1:] == (themes[1].pk, "planned", 3)


def test_nobody_is_there_twice_after_undoing_either(centre, people, themes):
    _deed, [slot] = do(centre, new(centre, people[0], themes[0]))
    deed, _slots = do(centre, Altered(slot, state=DutySlot.State.CANCELLED))
    do(centre, new(centre, people[0], themes[1]))
    with pytest.raises(DoubleBooked):
        undo(centre=centre, deed=deed, key=uuid4(), by=None, at=AT)


def test_what_is_over_stays(centre, people, themes):
    deed, _slots = do(centre, new(centre, people[0], themes[0]))
    with pytest.raises(TooLate):
        undo(centre=centre, deed=deed, key=uuid4(), by=None, at=AT + timedelta(days=8))
    with pytest.raises(NothingToUndo):
        undo(centre=a_centre(), deed=deed, key=uuid4(), by=None, at=AT)
