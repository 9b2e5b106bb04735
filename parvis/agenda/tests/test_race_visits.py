"""Two people of the team keep one room for two classes at the same instant: one has it, the other is told by whom."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.actions.bookings import Taken
from parvis.agenda.actions.leading import Busy
from parvis.agenda.actions.visits import Doing, Kept, TooMany
from parvis.agenda.factories import a_class_visit, a_room
from parvis.agenda.models import AgendaSettings, Booking, ClassVisit, Facilitation
from parvis.centres.factories import a_centre, a_person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MANY = 8


@pytest.fixture
def centre():
    centre = a_centre()
    AgendaSettings.objects.create(centre=centre, class_size=200)
    return centre


def at_once(centre, **what):
    """Each of many classes is given the same time at once; who was refused, and why."""
    begins = centre.now() + timedelta(days=20)
    kept = Kept(begins, begins + timedelta(hours=2), **what)
    classes = [a_class_visit(centre) for _n in range(MANY)]
    ready = Barrier(MANY)

    def one(visit):
        try:
            ready.wait()
            visits.keep_date(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=centre.now()))
        except (Taken, Busy, TooMany) as refused:
            return type(refused)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(MANY) as pool:
        return [one for one in pool.map(one, classes) if one]


def test_one_room_is_kept_for_one_class(centre):
    assert at_once(centre, rooms=[a_room(centre)]) == [Taken] * (MANY - 1)
    assert (Booking.objects.count(), ClassVisit.objects.filter(state="option").count()) == (1, 1)


def test_one_person_leads_one_class(centre):
    assert at_once(centre, people=[a_person(Role.FACILITATOR, centre=centre)]) == [Busy] * (MANY - 1)
    assert (Facilitation.objects.count(), ClassVisit.objects.filter(state="option").count()) == (1, 1)


def test_no_more_pupils_than_there_is_place_for(centre):
    AgendaSettings.objects.update(class_size=50)
    assert at_once(centre) == [TooMany] * (MANY - 2)
    assert ClassVisit.objects.filter(state="option").count() == 2


def test_one_step_sent_many_times_at_once_is_taken_once(centre):
    begins = centre.now() + timedelta(days=20)
    visit, said = a_class_visit(centre), Doing(key=uuid4(), at=centre.now())
    kept = Kept(begins, begins + timedelta(hours=2))

    def one(_n):
        try:
            return visits.keep_date(visit=visit, kept=kept, doing=said).state
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        assert set(pool.map(one, range(MANY))) == {"option"}
    assert visit.steps.count() == 1
