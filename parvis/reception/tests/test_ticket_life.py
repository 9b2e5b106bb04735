"""A ticket's life as a state machine: whatever happens in whatever order, its periods tell one unbroken story."""

import itertools
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from parvis.centres.factories import a_centre, a_desk, a_theme
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Ticket
from parvis.reception.models.ticket import AT_A_SEAT, OPEN_STATES, OutOfTurn


class TicketLife(RuleBasedStateMachine):
    @initialize()
    def open_the_house(self):
        centre = a_centre(slug=f"life-{uuid4().hex}", network=None)
        self.themes = [a_theme(centre, "jobs"), a_theme(centre, "training")]
        self.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
        self.seats = [
            a_seat([self.themes[0]], self.now),
            a_seat(self.themes, self.now, desk=a_desk(centre, "2")),
        ]
        self.tickets = [a_ticket(self.themes[0], self.now)]

    def attempt(self, action, **arguments):
        self.now += timedelta(seconds=40)
        with suppress(
            actions.ReceptionError
        ):  # a refusal is fine; the invariants say that it changed nothing halfway
            action(**arguments)

    def pick(self, rows, n):
        row = rows[n % len(rows)]
        row.refresh_from_db()
        return row

    @rule(theme=st.integers(0, 1))
    def arrive(self, theme):
        self.now += timedelta(seconds=40)
        self.tickets.append(a_ticket(self.themes[theme], self.now))

    @rule(seat=st.integers(0, 1))
    def call_next(self, seat):
        self.attempt(actions.call_next, seat=self.seats[seat], at=self.now)

    @rule(seat=st.integers(0, 1), n=st.integers(0, 9))
    def call_chosen(self, seat, n):
        chosen = self.pick(self.tickets, n)
        self.attempt(
            actions.call_chosen, seat=self.seats[seat], ticket=chosen, reason=OutOfTurn.SHORT, at=self.now
        )

    @rule(
        name=st.sampled_from(["recall", "start_interview", "finish_interview", "mark_no_show"]),
        seat=st.integers(0, 1),
        n=st.integers(0, 9),
    )
    def at_the_desk(self, name, seat, n):
        ticket = self.pick(self.tickets, n)
        self.attempt(getattr(actions, name), seat=self.seats[seat], ticket=ticket, at=self.now)

    @rule(
        name=st.sampled_from(["ask_for_time", "come_back", "leave", "void_ticket", "undo"]),
        n=st.integers(0, 9),
    )
    def by_the_visitor(self, name, n):
        self.attempt(getattr(actions, name), ticket=self.pick(self.tickets, n), at=self.now)

    @rule(n=st.integers(0, 9), theme=st.integers(0, 1), to_seat=st.booleans())
    def hand_over(self, n, theme, to_seat):
        to = Target(seat=self.seats[theme]) if to_seat else Target(theme=self.themes[theme])
        self.attempt(actions.transfer, ticket=self.pick(self.tickets, n), to=to, at=self.now)

    @invariant()
    def periods_tell_one_unbroken_story(self):
        for ticket in Ticket.objects.filter(centre=self.themes[0].centre):
            story = list(ticket.periods.filter(undone_at=None).order_by("started_at", "pk"))
            assert story[0].started_at == ticket.taken_at
            assert story[-1].state == ticket.state
            assert (story[-1].ended_at is None) == (ticket.state in OPEN_STATES)
            assert (ticket.state in AT_A_SEAT) <= (ticket.seat_id is not None)
            for one, following in itertools.pairwise(story):
                assert one.ended_at is not None
                assert one.ended_at <= following.started_at

    @invariant()
    def a_seat_has_one_visitor(self):
        held = list(
            Ticket.objects.filter(seat__in=self.seats, state__in=AT_A_SEAT).values_list("seat", flat=True)
        )
        assert len(held) == len(set(held))


class TestTicketLife(TicketLife.TestCase, TestCase):
    settings = settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
    )


pytestmark = pytest.mark.django_db
