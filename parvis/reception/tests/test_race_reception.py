"""Many at once, on a real file database and on PostgreSQL: numbers without gaps, each visitor called once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_desk, a_person, a_theme
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Arrival, Period, State, Ticket

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(work, jobs, threads):
    """``work(job)`` for every job, by that many threads, each with a connection of its own, closed at the end."""

    def one(part):
        try:
            return [work(job) for job in part]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [
            result for part in pool.map(one, [jobs[n::threads] for n in range(threads)]) for result in part
        ]


def test_64_clients_draw_2000_numbers_without_gap_or_double():
    theme, now = a_theme(a_centre()), timezone.now()
    centre = theme.centre
    arriving = actions.Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK)

    def issue(key):
        return actions.issue_ticket(centre=centre, arriving=arriving, key=key, at=now).number

    numbers = at_once(issue, [uuid4() for _ in range(2000)], threads=64)

    assert sorted(numbers) == list(range(1, 2001))
    assert Ticket.objects.count() == Period.objects.count() == 2000


def test_the_same_try_by_32_clients_is_one_ticket():
    theme, now, key = a_theme(a_centre()), timezone.now(), uuid4()
    centre = theme.centre
    arriving = actions.Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK)

    def issue(_):
        return actions.issue_ticket(centre=centre, arriving=arriving, key=key, at=now).pk

    assert len(set(at_once(issue, list(range(32)), threads=32))) == 1
    assert Ticket.objects.get().number == 1


def test_16_seats_call_from_one_queue_and_each_visitor_is_called_once():
    centre, now = a_centre(), timezone.now()
    theme = a_theme(centre)
    tickets = {a_ticket(theme, now).pk for _ in range(160)}
    seats = [
        a_seat([theme], now, desk=a_desk(centre, f"d{n}"), person=a_person(Role.ADVISER, centre=centre))
        for n in range(16)
    ]

    def serve(seat):
        called = []
        with suppress(actions.QueueEmpty):
            while True:
                ticket = actions.call_next(seat=seat, at=timezone.now())
                called.append(ticket.pk)
                actions.finish_interview(seat=seat, ticket=ticket, at=timezone.now())
        return called

    called = [pk for part in at_once(serve, seats, threads=16) for pk in part]

    assert sorted(called) == sorted(tickets)
    assert Period.objects.filter(state=State.CALLED).count() == 160
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.DONE}


def test_a_double_click_on_16_connections_calls_one_visitor():
    theme, now = a_theme(a_centre()), timezone.now()
    for _ in range(5):
        a_ticket(theme, now)
    seat = a_seat([theme], now)
    called = at_once(lambda _: actions.call_next(seat=seat, at=now).number, list(range(16)), threads=16)
    assert set(called) == {1}


def test_two_steps_with_one_visitor_wait_for_each_other_and_not_in_a_circle():
    """An insert that points to a seat waits for whoever locks the seat's key: steps would have locked each other out."""
    theme, now = a_theme(a_centre()), timezone.now()
    seat = a_seat([theme], now)

    def at_the_desk(step):
        ticket = a_ticket(theme, now)
        actions.call_next(seat=seat, at=now)
        if step == "resolve":
            actions.start_interview(seat=seat, ticket=ticket, at=now)
        return ticket

    def take(job):
        what, ticket = job
        with suppress(actions.ReceptionError):
            what(ticket)

    steps = {
        "resolve": (
            lambda ticket: actions.resolve_ticket(ticket=ticket, ending=State.DONE, at=now),
            lambda ticket: actions.finish_interview(seat=seat, ticket=ticket, at=now),
        ),
        "undo": (
            lambda ticket: actions.undo(ticket=ticket, at=now),
            lambda ticket: actions.start_interview(seat=seat, ticket=ticket, at=now),
        ),
    }
    for step, both in steps.items():
        for _ in range(15):
            ticket = at_the_desk(step)
            fresh = Ticket.objects.get(pk=ticket.pk)
            at_once(take, [(one, fresh) for one in both], threads=2)
            actions.resolve_all(centre=theme.centre, day=ticket.date, at=now)
    assert Ticket.objects.open().count() == 0
