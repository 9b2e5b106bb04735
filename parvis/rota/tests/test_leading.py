"""Who leads an event while on duty: held once, in the rota, whatever is noted before or after."""

from __future__ import annotations

from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners import on_duty
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.rota.actions import held as holding
from parvis.rota.models import DutyKind, Held
from parvis.rota.tests.duty import a_half_day, a_slot, a_stretch, at

LED = DutyKind.FACILITATION


@pytest.fixture
def centre(db):
    return a_centre(languages=["en"], language="en")


@pytest.fixture
def ann(centre):
    person = a_person(Role.ADVISER, centre=centre)
    belong(centre=centre, person=person, to=an_institution(centre, "Chamber").institution, on=LONG_AGO)
    return person


def hold(centre, person, begins, ends, source=None, people=None):
    found = on_duty.hold(
        centre=centre,
        people=[person] if people is None else people,
        begins=begins,
        ends=ends,
        source=source or uuid4(),
        at=at(centre, 20),
    )
    return found.get(person.pk)


def test_everybody_on_duty_is_seen_with_what_for(centre, ann):
    theme = a_theme(centre)
    a_slot(ann, None, a_half_day(centre), duty=LED)
    a_slot(a_person(Role.ADVISER, centre=centre), theme, a_half_day(centre, (14, 17)))
    a_slot(a_person(Role.ADVISER, centre=centre), theme, a_half_day(centre), state="absent")
    found = on_duty.on_duty(centre=centre, begins=at(centre, 11), ends=at(centre, 15))
    assert [(one.begins, one.ends, one.facilitates) for one in found] == [
        (at(centre, 9), at(centre, 12), True),
        (at(centre, 14), at(centre, 17), False),
    ]
    assert on_duty.on_duty(centre=centre, begins=at(centre, 12), ends=at(centre, 14)) == []


def test_a_slot_of_facilitation_is_held_for_the_time_that_was_led(centre, ann):
    slot = a_slot(ann, None, a_half_day(centre), duty=LED)
    source = uuid4()
    for _ in range(2):
        assert hold(centre, ann, at(centre, 10), at(centre, 13), source) == 120
    one = Held.objects.get()
    assert (one.slot, one.begun_at, one.minutes, one.ending) == (slot, at(centre, 10), 120, Held.Ending.LED)
    assert hold(centre, ann, at(centre, 10), at(centre, 11), source) == 60
    assert Held.objects.get().minutes == 60
    assert hold(centre, ann, at(centre, 10), at(centre, 11), source, people=[]) is None
    assert not Held.objects.exists()


def test_what_was_held_at_a_desk_counts_and_is_not_noted_again(centre, ann):
    half_day = a_half_day(centre)
    a_slot(ann, None, half_day, duty=LED)
    desk = a_slot(ann, a_theme(centre), a_half_day(centre, (8, 11)))
    a_stretch(desk, at(centre, 8), at(centre, 10, 20))
    assert hold(centre, ann, at(centre, 10), at(centre, 12)) == 120
    assert [one.minutes for one in Held.objects.order_by("begun_at")] == [140, 100]


def test_a_desk_that_nobody_sat_at_is_not_held_by_leading_something_else(centre, ann):
    a_slot(ann, a_theme(centre), a_half_day(centre))
    assert hold(centre, ann, at(centre, 10), at(centre, 12)) == 0
    assert not Held.objects.exists()


def test_a_seat_that_is_still_open_counts_until_now(centre, ann):
    desk = a_slot(ann, a_theme(centre), a_half_day(centre))
    a_stretch(desk, at(centre, 9), None, ending="")
    assert hold(centre, ann, at(centre, 10), at(centre, 11)) == 60


def test_what_was_corrected_by_hand_since_stays(centre, ann):
    a_slot(ann, None, a_half_day(centre), duty=LED)
    source = uuid4()
    hold(centre, ann, at(centre, 10), at(centre, 12), source)
    one = Held.objects.get()
    holding.correct_held(
        held=one,
        begun=at(centre, 9),
        ended=at(centre, 11),
        reason="Left early",
        key=uuid4(),
        by=ann,
        at=at(centre, 20),
    )
    assert hold(centre, ann, at(centre, 10), at(centre, 12), source) == 120
    assert [(one.begun_at, one.minutes) for one in Held.objects.order_by("begun_at")] == [
        (at(centre, 9), 120),
        (at(centre, 11), 60),
    ]


def test_whoever_counts_beside_the_rota_is_told_of_time_noted_ended_and_corrected(
    centre, ann, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setitem(
        on_duty._FOLLOWERS, "test", lambda **said: told.append((said["begins"], said["ends"]))
    )
    slot = a_slot(ann, a_theme(centre), a_half_day(centre))
    with django_capture_on_commit_callbacks(execute=True):
        one = holding.note_held(
            slot=slot, begun=at(centre, 9), ended=at(centre, 11), key=uuid4(), at=at(centre, 20)
        )
        holding.correct_held(
            held=one,
            begun=at(centre, 10),
            ended=at(centre, 12),
            reason="It was later",
            key=uuid4(),
            by=ann,
            at=at(centre, 20),
        )
        holding.begin_held(centre=centre, person=ann, themes=[], at=at(centre, 14))
        holding.end_held(centre=centre, person=ann, at=at(centre, 15))
    assert told == [
        (at(centre, 9), at(centre, 11)),
        (at(centre, 9), at(centre, 12)),
        (at(centre, 14), at(centre, 15)),
    ]
