"""Sessions are planned, moved, cancelled, brought back; people are told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.agenda.actions.addresses import keep_address
from parvis.agenda.actions.bookings import Taken
from parvis.agenda.actions.cancelling import bring_back, cancel_coming, cancel_session
from parvis.agenda.actions.errors import (
    ChangedMeanwhile,
    LeadsElsewhere,
    NotOfThisCentre,
    OnDay,
    TooFewSeats,
    TooManySeats,
    WrongState,
)
from parvis.agenda.actions.people import choose_facilitators
from parvis.agenda.actions.sessions import move_session, plan_sessions
from parvis.agenda.factories import a_class_visit, a_coming, a_room, a_session, an_event
from parvis.agenda.models import Booking, Equipment, Event, Facilitation, Session, Told
from parvis.agenda.queries.where import Place, When, place_of, when_of
from parvis.centres.factories import a_centre, a_person, words
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db
State = Session.State


@pytest.fixture
def house():
    centre = a_centre()
    return centre, an_event(centre), a_room(centre, places=20), a_person(Role.FACILITATOR, centre=centre)


def at(centre, hour=14, day=10, month=3):
    return datetime(2026, month, day, hour, tzinfo=centre.zone)


def when(centre, hour=14, **other):
    begins = at(centre, hour, **other)
    return When(begins, begins + timedelta(hours=2))


def planned(house, *days, place=None, people=None, key=None):
    centre, event, room, _ana = house
    whens = [when(centre, day=day) for day in days]
    place = place or Place(site=centre.sites.get(), rooms=frozenset({room}), room_seats=12)
    early = at(centre, month=1)
    return plan_sessions(event=event, key=key or uuid4(), whens=whens, place=place, at=early, people=people)


def somebody_comes(session, seats=2):
    coming = a_coming(session, seats)
    keep_address(coming=coming, email="ana@example.org", at=session.changed_at)
    return coming


def test_a_series_is_made_as_sessions_with_room_and_people(house):
    centre, event, room, ana = house
    made = planned(house, 10, 24, people={ana: 30})
    assert [(one.day.day, one.number, one.room_seats) for one in made] == [(10, 1, 12), (24, 2, 12)]
    assert [(one.room, one.begins_at) for one in Booking.objects.order_by("pk")] == [
        (room, one.begins_at) for one in made
    ]
    assert [(one.person, one.preparing) for one in Facilitation.objects.all()] == [(ana, 30)] * 2
    assert [one.number for one in planned(house, 11)] == [3]


def test_a_page_that_is_sent_twice_makes_them_once(house):
    key = uuid4()
    assert planned(house, 10, 24, key=key) == planned(house, 10, 24, key=key)
    assert Session.objects.count() == 2


def test_one_day_that_is_taken_makes_none_of_them(house):
    centre, _event, room, _ana = house
    planned(house, 24)
    with pytest.raises(OnDay) as refused:
        planned(house, 10, 24)
    assert (refused.value.day, type(refused.value.why)) == (date(2026, 3, 24), Taken)
    assert Session.objects.count() == 1


def test_what_is_of_another_centre_is_refused(house):
    centre, _event, _room, _ana = house
    other = a_centre()
    thing = Equipment.objects.create(centre=other, name=words("Lamp", "Lampe"))
    for place in (
        Place(rooms=frozenset({a_room(other)})),
        Place(site=other.sites.get()),
        Place(equipment={thing: 1}),
    ):
        with pytest.raises(NotOfThisCentre):
            planned(house, 10, place=place)
    with pytest.raises(OnDay) as refused:
        planned(house, 10, people={a_person(): 0})
    assert type(refused.value.why) is NotOfThisCentre


def test_no_more_places_than_the_rooms_hold(house):
    _centre, _event, room, _ana = house
    with pytest.raises(TooManySeats) as refused:
        planned(house, 10, place=Place(rooms=frozenset({room}), room_seats=21))
    assert refused.value.places == 20


def test_an_event_that_was_taken_back_gets_no_sessions(house):
    Event.objects.update(state=Event.State.WITHDRAWN)
    with pytest.raises(WrongState):
        planned(house, 10)


def test_a_session_that_moves_tells_everybody_once(house, django_capture_on_commit_callbacks):
    centre, _event, room, _ana = house
    [session] = planned(house, 10)
    somebody_comes(session)
    other = a_room(centre, "Blue room")
    place = replace(place_of(session), rooms=frozenset({other}))
    early = at(centre, month=2)
    for _try in range(2):
        moved = move_session(
            session=session, sequence=0, when=when(centre, 16, day=11), place=place, why="More room", at=early
        )
    assert (moved.day.day, moved.sequence, moved.why, moved.changed_at) == (11, 1, "More room", early)
    assert [one.room for one in Booking.objects.all()] == [other]
    assert [(one.about, one.sequence) for one in Told.objects.all()] == [("moved", 1)]


def test_more_places_tell_nobody(house):
    centre, _event, _room, _ana = house
    [session] = planned(house, 10)
    somebody_comes(session)
    place = replace(place_of(session), room_seats=15)
    moved = move_session(
        session=session, sequence=0, when=when_of(session), place=place, why="", at=at(centre, month=2)
    )
    assert (moved.room_seats, moved.sequence, Told.objects.count()) == (15, 1, 0)


def test_fewer_places_than_are_taken_are_refused_with_the_number(house):
    centre, _event, _room, _ana = house
    [session] = planned(house, 10)
    somebody_comes(session, 5)
    place = replace(place_of(session), room_seats=4)
    with pytest.raises(TooFewSeats) as refused:
        move_session(session=session, sequence=0, when=when_of(session), place=place, why="", at=at(centre))
    assert (refused.value.taken, refused.value.online) == (5, False)


def test_a_room_that_is_taken_leaves_the_session_where_it_was(house):
    centre, _event, room, _ana = house
    first, second = planned(house, 10, 11)
    with pytest.raises(Taken) as refused:
        move_session(
            session=second,
            sequence=0,
            when=when(centre, 15),
            place=place_of(second),
            why="",
            at=at(centre, month=2),
        )
    assert (refused.value.what, refused.value.by.session) == (room, first)
    second.refresh_from_db()
    assert (second.day.day, second.sequence) == (11, 0)


def test_whoever_looked_at_an_older_page_moves_nothing(house):
    centre, _event, _room, _ana = house
    [session] = planned(house, 10)
    move_session(
        session=session,
        sequence=0,
        when=when(centre, 16),
        place=place_of(session),
        why="",
        at=at(centre, month=2),
    )
    with pytest.raises(ChangedMeanwhile):
        move_session(
            session=session,
            sequence=0,
            when=when(centre, 9),
            place=place_of(session),
            why="",
            at=at(centre, month=2),
        )


def test_what_was_held_or_cancelled_stays_where_it_is(house):
    centre, _event, _room, _ana = house
    [session] = planned(house, 10)
    cancel_session(session=session, why="Ill", at=at(centre, month=2))
    with pytest.raises(WrongState):
        move_session(
            session=session, sequence=1, when=when(centre, 9), place=Place(), why="", at=at(centre, month=2)
        )
    Session.objects.update(state=State.HELD, counted_at=at(centre), participants=3)
    with pytest.raises(WrongState):
        cancel_session(session=session, why="Ill", at=at(centre))


def test_a_cancelled_session_frees_its_room_and_tells_once(house):
    centre, _event, room, _ana = house
    [session] = planned(house, 10)
    somebody_comes(session)
    for _try in range(2):
        gone = cancel_session(session=session, why="The speaker is ill", at=at(centre, month=2))
    assert (gone.state, gone.why, gone.sequence) == (State.CANCELLED, "The speaker is ill", 1)
    assert (Booking.objects.count(), Told.objects.count()) == (0, 1)


def test_a_cancellation_that_is_taken_back_has_its_room_again(house):
    centre, _event, room, _ana = house
    lamp = Equipment.objects.create(centre=centre, name=words("Lamp", "Lampe"), number=3)
    [session] = planned(house, 10, place=Place(rooms=frozenset({room}), equipment={lamp: 2}))
    before = place_of(session)
    cancel_session(session=session, why="Ill", at=at(centre, month=2))
    for _try in range(2):
        back = bring_back(session=session, at=at(centre, month=2))
    assert (back.state, back.why, back.sequence, place_of(back)) == (State.PLANNED, "", 2, before)


def test_it_stays_cancelled_where_the_room_was_given_away_or_its_time_is_over(house):
    centre, _event, _room, _ana = house
    [session] = planned(house, 10)
    cancel_session(session=session, why="Ill", at=at(centre, month=2))
    with pytest.raises(WrongState):
        bring_back(session=session, at=at(centre, 17))
    planned(house, 10)
    with pytest.raises(Taken):
        bring_back(session=session, at=at(centre, month=2))


def test_all_that_is_still_to_come_is_cancelled(house):
    centre, event, _room, _ana = house
    planned(house, 10, 11, 12)
    gone = cancel_coming(event=event, why="Closed for works", at=at(centre, 15))
    assert [one.day.day for one in gone] == [11, 12]
    assert [one.state for one in event.sessions.all()] == [State.PLANNED, State.CANCELLED, State.CANCELLED]
    assert cancel_coming(event=event, why="Closed for works", at=at(centre, 15)) == []


def test_nobody_leads_two_things_at_once(house):
    centre, _event, _room, ana = house
    [session] = planned(house, 10, people={ana: 0})
    other = a_session(an_event(centre), at(centre, 15))
    with pytest.raises(LeadsElsewhere) as refused:
        choose_facilitators(session=other, people={ana: 0}, at=at(centre))
    assert (refused.value.person, refused.value.owner) == (ana, session)
    visit = a_class_visit(centre, state="confirmed", begins_at=at(centre, 9), ends_at=at(centre, 12))
    Facilitation.objects.create(visit=visit, person=ana)
    with pytest.raises(LeadsElsewhere):
        move_session(
            session=session,
            sequence=0,
            when=when(centre, 10),
            place=place_of(session),
            why="",
            at=at(centre, month=2),
        )
    cancel_session(session=session, why="Ill", at=at(centre, month=2))
    assert [one.person for one in choose_facilitators(session=other, people={ana: 0}, at=at(centre))] == [ana]


def test_each_is_lent_by_the_institution_of_that_day(house):
    centre, _event, _room, ana = house
    lender = an_institution(centre, "Chamber", valid_from=date(2026, 1, 1)).institution
    belong(centre=centre, person=ana, to=lender, on=date(2026, 3, 15))
    [session] = planned(house, 10, people={ana: 0})
    assert Facilitation.objects.get().institution is None
    move_session(
        session=session,
        sequence=0,
        when=when(centre, day=20),
        place=place_of(session),
        why="",
        at=at(centre, month=2),
    )
    assert Facilitation.objects.get().institution == lender


def test_choosing_again_is_the_same_and_who_is_not_chosen_goes(house):
    centre, _event, _room, ana = house
    bea = a_person(Role.ADVISER, centre=centre)
    [session] = planned(house, 10, people={ana: 10})
    for _try in range(2):
        choose_facilitators(session=session, people={bea: 20}, at=at(centre, month=2))
    assert [(one.person, one.preparing) for one in Facilitation.objects.all()] == [(bea, 20)]
