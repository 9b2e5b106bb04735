"""Somebody who leaves the team leaves no visitor behind at their desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_person
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_seat, a_ticket, coded_centre
from parvis.reception.models import State
from parvis.reception.queries.closing import uncoded

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
LATER = NOON + timedelta(minutes=20)


@pytest.fixture
def centre():
    return coded_centre()


def at_their_desk(centre, *, received):
    """An adviser, their seat, and a visitor called to it, in interview or not."""
    adviser = a_person(Role.ADVISER, centre=centre)
    seat = a_seat([centre.themes.get()], NOON, person=adviser)
    ticket = a_ticket(centre.themes.get(), NOON - timedelta(minutes=5))
    actions.call_next(seat=seat, at=NOON)
    if received:
        actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    return adviser, seat, ticket


def test_an_interview_ends_and_stays_to_be_recorded(centre):
    adviser, seat, ticket = at_their_desk(centre, received=True)
    for _twice in range(2):
        team.remove_from_team(place=centre, person=adviser, at=LATER)
    seat.refresh_from_db()
    ticket.refresh_from_db()
    assert (seat.closed_at, ticket.state, ticket.state_since) == (LATER, State.DONE, LATER)
    assert [(one.ticket, one.minutes) for one in uncoded(centre, ticket.date, ticket.date)] == [(ticket, 20)]


def test_who_was_called_waits_again_at_the_time_of_their_arrival(centre):
    adviser, seat, called = at_their_desk(centre, received=False)
    later = a_ticket(centre.themes.get(), NOON)
    handed = a_ticket(centre.themes.get(), LATER)
    actions.transfer(ticket=handed, to=Target(seat=seat), at=LATER)
    team.remove_from_team(place=centre, person=adviser, at=LATER)
    called.refresh_from_db()
    handed.refresh_from_db()
    assert (called.state, called.seat, handed.for_seat) == (State.WAITING, None, None)
    colleague = a_seat([centre.themes.get()], LATER)
    assert actions.call_next(seat=colleague, at=LATER) == called
    assert later.number > called.number


def test_roles_without_desks_end_a_duty_and_others_do_not(centre):
    adviser, seat, _ticket = at_their_desk(centre, received=False)
    director = a_person(Role.DIRECTOR, centre=centre)
    for roles, closed_at in (([Role.FACILITATOR], None), ([Role.RECEPTIONIST], LATER)):
        team.change_roles(place=centre, person=adviser, roles=roles, by=director, at=LATER)
        seat.refresh_from_db()
        assert seat.closed_at == closed_at


def test_leaving_one_centre_leaves_the_seat_in_another(centre):
    other = coded_centre()
    adviser, seat, _ticket = at_their_desk(other, received=False)
    team.give_roles(place=centre, person=adviser, roles=[Role.ADVISER])
    team.remove_from_team(place=centre, person=adviser, at=LATER)
    seat.refresh_from_db()
    assert seat.closed_at is None
