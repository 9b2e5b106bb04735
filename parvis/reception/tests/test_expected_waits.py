"""What the tables say reaches the estimate, at a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from parvis.centres.factories import a_centre, a_desk, a_theme
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.waiting import AT_ONCE, expected_waits

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def later(minutes):
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def theme():
    return a_theme(a_centre())


def test_nobody_on_duty_then_a_seat(theme):
    ticket = a_ticket(theme, AT)
    assert expected_waits(theme.centre, AT).for_ticket(ticket.number) is None
    seat = a_seat([theme], AT)
    waits = expected_waits(theme.centre, AT)
    assert waits.for_ticket(ticket.number) == AT_ONCE
    assert waits.for_theme(theme.pk, "fr").high > 5
    assert waits.for_theme(theme.pk, "nl") is None
    assert waits.seats[0].pk == seat.pk


def test_a_visitor_in_interview_is_waited_for_and_known_talks_set_the_pace(theme):
    seat = a_seat([theme], AT)
    for minutes in range(0, 120, 4):  # thirty talks of three minutes
        ticket = a_ticket(theme, later(minutes))
        actions.call_next(seat=seat, at=later(minutes))
        actions.start_interview(seat=seat, ticket=ticket, at=later(minutes))
        if minutes < 116:
            actions.finish_interview(seat=seat, ticket=ticket, at=later(minutes + 3))
    waits = expected_waits(theme.centre, later(117))
    assert waits.seats[0].talking == 1.0
    assert waits.for_theme(theme.pk, "fr").high <= 15


def test_who_asked_for_time_waits_at_least_that_long(theme):
    a_seat([theme], AT)
    ticket = actions.ask_for_time(ticket=a_ticket(theme, AT), at=AT)
    assert expected_waits(theme.centre, AT).for_ticket(ticket.number).low == 10


def test_a_visitor_handed_to_a_desk_waits_for_it_alone(theme):
    far = a_desk(theme.centre, "2")
    a_seat([theme], AT)
    ticket = actions.transfer(ticket=a_ticket(theme, AT), to=Target(desk=far), at=AT)
    assert expected_waits(theme.centre, AT).for_ticket(ticket.number) is None


def test_another_centre_and_another_day_do_not_count(theme):
    a_seat([theme], AT)
    other = a_theme(a_centre())
    a_seat([other], AT)
    for day in (-1, 0):
        a_ticket(other, AT + timedelta(days=day))
    a_ticket(theme, AT - timedelta(days=1))
    waits = expected_waits(theme.centre, AT)
    assert (len(waits.seats), len(waits.line)) == (1, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_three_queries_whatever_the_queue(theme, rows, django_assert_num_queries):
    for number in range(rows):
        a_seat([theme, a_theme(theme.centre, f"more-{number}")], AT, desk=a_desk(theme.centre, f"d{number}"))
        a_ticket(theme, AT)
    with django_assert_num_queries(3):
        expected_waits(theme.centre, AT)
