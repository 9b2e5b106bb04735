"""Two facilitators book one room: one has it. On a real file database and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from parvis.accounts.roles import Role
from parvis.agenda.actions.bookings import Closed, Taken, book
from parvis.agenda.actions.errors import ChangedMeanwhile, LeadsElsewhere, OnDay
from parvis.agenda.actions.people import choose_facilitators
from parvis.agenda.actions.rooms import StillBooked, close_room
from parvis.agenda.actions.sessions import move_session, plan_sessions
from parvis.agenda.factories import a_room, a_session, an_event
from parvis.agenda.models import Booking, Facilitation, Session
from parvis.agenda.queries.where import Place, When
from parvis.centres.factories import a_centre, a_person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def all_at_once(work, jobs):
    """``work(job)`` for every job at once, each on a thread and a connection of its own: what it returned or was refused with."""

    def one(job):
        try:
            return work(job)
        except (Taken, Closed, StillBooked, OnDay, LeadsElsewhere, ChangedMeanwhile) as refused:
            return type(refused).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def an_hour(centre, hours=24):
    begins = (centre.now() + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return When(begins, begins + timedelta(hours=1))


def test_two_facilitators_plan_into_one_room_and_one_has_it():
    centre = a_centre()
    rooms, when = [a_room(centre, f"Room {n}") for n in range(2)], an_hour(centre)
    events = [an_event(centre) for _n in range(20)]
    at = centre.now()

    def plan(event):
        wanted = rooms if event.pk % 2 else rooms[::-1]  # both ways round: nobody waits for each other
        place = Place(rooms=frozenset(wanted))
        return plan_sessions(event=event, key=uuid4(), whens=[when], place=place, at=at)

    given = all_at_once(plan, events)
    assert Counter(str(one) for one in given if one == "OnDay") == {"OnDay": 19}
    assert (Session.objects.count(), Booking.objects.count()) == (1, 2)


def test_twenty_sessions_are_moved_into_one_room_and_one_is():
    centre = a_centre()
    room, when, at = a_room(centre), an_hour(centre), centre.now()
    sessions = [a_session(an_event(centre)) for _n in range(20)]
    place = Place(rooms=frozenset({room}))
    given = all_at_once(
        lambda one: move_session(session=one, sequence=0, when=when, place=place, why="", at=at), sessions
    )
    assert (given.count("Taken"), Booking.objects.count()) == (19, 1)
    assert Session.objects.filter(begins_at=when.begins, sequence=1).count() == 1


def test_a_room_is_closed_or_booked_and_never_both():
    centre = a_centre()
    at = centre.now()
    for _try in range(8):
        room, sessions = a_room(centre), [a_session(an_event(centre)) for _n in range(3)]

        def work(one, room=room):
            if one is None:
                return close_room(room=room, at=at)
            return book(owner=one, begins=one.begins_at, ends=one.ends_at, rooms=[room])

        given = all_at_once(work, [*sessions[:2], None, sessions[2]])
        room.refresh_from_db()
        booked = room.bookings.count()
        assert (room.closed_on is None) == (booked == 1) == (given[2] == "StillBooked")
        assert booked or [given[n] for n in (0, 1, 3)] == ["Closed"] * 3


def test_one_click_many_times_makes_one_series():
    centre = a_centre()
    event, key, at = an_event(centre), uuid4(), centre.now()
    whens = [an_hour(centre, 24 * n) for n in range(1, 4)]
    place = Place(rooms=frozenset({a_room(centre)}))
    given = all_at_once(
        lambda _n: plan_sessions(event=event, key=key, whens=whens, place=place, at=at), range(10)
    )
    assert [len(one) for one in given] == [3] * 10
    assert (Session.objects.count(), Booking.objects.count()) == (3, 3)


def test_one_person_who_is_chosen_by_everybody_leads_one_thing():
    centre = a_centre()
    person, at = a_person(Role.FACILITATOR, centre=centre), centre.now()
    sessions = [a_session(an_event(centre), an_hour(centre).begins) for _n in range(20)]
    given = all_at_once(lambda one: choose_facilitators(session=one, people={person: 0}, at=at), sessions)
    assert (given.count("LeadsElsewhere"), Facilitation.objects.count()) == (19, 1)


def test_two_colleagues_who_move_one_session_do_not_undo_each_other():
    centre = a_centre()
    session, at = a_session(an_event(centre)), centre.now()
    whens = [an_hour(centre, 48 + n) for n in range(10)]
    given = all_at_once(
        lambda when: move_session(session=session, sequence=0, when=when, place=Place(), why="", at=at), whens
    )
    assert given.count("ChangedMeanwhile") == 9
    session.refresh_from_db()
    assert session.sequence == 1
