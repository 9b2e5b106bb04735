"""The life of a session's places in any order of events: never more promised than there is, and nobody waits for what is free."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F, Sum
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from parvis.agenda.actions.door import Full, check_in, undo_check_in
from parvis.agenda.actions.places import NotOpen, Wish, accept_offer, come, decline_offer, withdraw
from parvis.agenda.actions.seats import settle
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Coming, Event, Registration, Session
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db
State = Coming.State


class Places(RuleBasedStateMachine):
    """What people do, what staff change, and time that passes."""

    comings = Bundle("comings")

    @initialize(seats=st.integers(0, 9), minutes=st.none() | st.integers(0, 120))
    def opens(self, seats, minutes):
        centre = a_centre()
        self.at = centre.now()
        event = an_event(centre, registration=Registration.ALIAS, release_minutes=minutes)
        self.session = a_session(event, self.at + timedelta(days=3), room_seats=seats)

    @rule(target=comings, wanted=st.integers(1, 5), fewer=st.booleans())
    def joins(self, wanted, fewer):
        try:
            return come(session=self.session, wish=Wish(wanted, "en", fewer=fewer), key=uuid4(), at=self.at)
        except NotOpen:
            assert self.at >= self.session.begins_at
            return None

    @rule(coming=comings, keep=st.integers(0, 5))
    def gives_back(self, coming, keep):
        if coming:
            withdraw(coming=coming, keep=keep, at=self.at)

    @rule(coming=comings, seats=st.none() | st.integers(1, 5))
    def accepts(self, coming, seats):
        if coming:
            before = self.row(coming)
            after = accept_offer(coming=coming, seats=seats, at=self.at)
            if before.state == State.OFFERED and before.offered_until > self.at:
                assert (after.state, after.seats) == (State.HELD, min(seats or 99, before.offered))

    @rule(coming=comings)
    def declines(self, coming):
        if coming:
            decline_offer(coming=coming, at=self.at)

    @rule(coming=comings, came=st.integers(1, 6))
    def is_here(self, coming, came):
        if coming:
            try:
                assert check_in(coming=coming, came=came, at=self.at).came == min(came, 5)
            except Full:
                assert self.row(coming).state != State.HELD

    @rule(coming=comings)
    def was_a_slip(self, coming):
        if coming:
            undo_check_in(coming=coming, at=self.at)

    @rule(hours=st.integers(1, 30))
    def waits(self, hours):
        self.at += timedelta(hours=hours)
        settle(session=self.session, at=self.at)

    @rule(more=st.integers(1, 5))
    def finds_more_chairs(self, more):
        Session.objects.filter(pk=self.session.pk).update(room_seats=F("room_seats") + more)
        settle(session=self.session, at=self.at)

    @rule(minutes=st.none() | st.integers(0, 120))
    def releases_at_another_time(self, minutes):
        Event.objects.filter(pk=self.session.event_id).update(release_minutes=minutes)

    def row(self, coming):
        return Coming.objects.get(pk=coming.pk)

    @invariant()
    def nothing_is_promised_twice(self):
        if not hasattr(self, "session"):
            return
        self.session = Session.objects.select_related("event", "centre").get(pk=self.session.pk)
        told = self.session.comings.aggregate(all=Sum(F("seats") + F("offered")))["all"] or 0
        assert self.session.room_taken == told <= self.session.room_seats

    @invariant()
    def nobody_waits_for_what_is_free(self):
        if hasattr(self, "session") and self.at < self.session.begins_at:
            free = self.session.room_left
            waiting = self.session.comings.filter(state=State.WAITING)
            assert not [one for one in waiting if one.wanted <= free or (one.fewer and free)]


class TestPlaces(TestCase, Places.TestCase):
    settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
