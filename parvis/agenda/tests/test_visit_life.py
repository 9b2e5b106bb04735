"""The life of class visits, whatever happens in whatever order: rooms are never taken twice, and each key is one step."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from parvis.accounts.roles import Role
from parvis.agenda.actions import visits
from parvis.agenda.actions.bookings import Taken
from parvis.agenda.actions.leading import Busy
from parvis.agenda.actions.visits import Asking, Doing, Kept
from parvis.agenda.factories import a_room
from parvis.agenda.models import AgendaSettings, Booking, ClassVisit, Facilitation, VisitStep
from parvis.centres.factories import a_centre, a_person

S = ClassVisit.State
NEXT = {
    S.ASKED: {S.OPTION, S.CANCELLED},
    S.OPTION: {S.OPTION, S.CONFIRMED, S.CANCELLED, S.ASKED},
    S.CONFIRMED: {S.CONFIRMED, S.PREPARED, S.CANCELLED},
    S.PREPARED: {S.PREPARED, S.CANCELLED},
    S.CANCELLED: set(),
}
REFUSED = (visits.VisitError, Taken, Busy)


class Visits(RuleBasedStateMachine):
    """A centre with two rooms, two people and place for forty pupils."""

    known = Bundle("known")

    @initialize()
    def a_house(self):
        self.centre = a_centre()
        AgendaSettings.objects.create(centre=self.centre, class_size=40)
        self.rooms = [a_room(self.centre, f"Room {n}") for n in range(2)]
        self.people = [a_person(Role.FACILITATOR, centre=self.centre) for _n in range(2)]
        self.start = self.now = self.centre.now()
        self.before: dict[int, str] = {}

    def doing(self, **more):
        return Doing(key=uuid4(), at=self.now, **more)

    def attempt(self, action, **more):
        said = self.doing()
        with suppress(*REFUSED):
            action(doing=said, **more)
            steps = VisitStep.objects.filter(visit__centre=self.centre).count()
            action(doing=said, **more)  # sent again: nothing more happens
            assert VisitStep.objects.filter(visit__centre=self.centre).count() == steps

    @rule(target=known, pupils=st.integers(5, 30))
    def ask(self, pupils):
        asking = Asking(school_name="Port", pupils=pupils, language="fr", name="C", email="c@example.org")
        key = uuid4()
        made = visits.ask(centre=self.centre, key=key, asking=asking, at=self.now)
        assert visits.ask(centre=self.centre, key=key, asking=asking, at=self.now).pk == made.pk
        return made.pk

    @rule(
        one=known,
        hours=st.integers(0, 4),
        room=st.integers(0, 1),
        person=st.integers(0, 1),
        move=st.booleans(),
    )
    def keep(self, one, hours, room, person, move):
        begins = self.start + timedelta(days=40, hours=hours)
        until = self.centre.local_day(self.now) + timedelta(days=3)
        kept = Kept(begins, begins + timedelta(hours=2), [self.rooms[room]], [self.people[person]], until)
        action = visits.move if move else visits.keep_date
        self.attempt(action, visit=ClassVisit.objects.get(pk=one), kept=kept)

    @rule(one=known, what=st.sampled_from(["confirm", "prepare", "cancel", "say"]))
    def go_on(self, one, what):
        self.attempt(getattr(visits, what), visit=ClassVisit.objects.get(pk=one))

    @rule(one=known, pupils=st.integers(5, 45))
    def another_size(self, one, pupils):
        self.attempt(visits.change_numbers, visit=ClassVisit.objects.get(pk=one), pupils=pupils, adults=2)

    @rule(days=st.integers(0, 5))
    def nights(self, days):
        self.now += timedelta(days=days)
        visits.lapse_options(at=self.now)

    @invariant()
    def nothing_is_taken_twice(self):
        if not hasattr(self, "centre"):
            return
        booked = list(Booking.objects.filter(centre=self.centre))
        led = list(Facilitation.objects.filter(visit__centre=self.centre).select_related("visit"))
        spans = [(one.room_id, one.begins_at, one.ends_at) for one in booked]
        spans += [(-one.person_id, one.visit.begins_at, one.visit.ends_at) for one in led]
        for place, one in enumerate(spans):
            assert all(
                one[0] != other[0] or one[1] >= other[2] or one[2] <= other[1] for other in spans[:place]
            )

    @invariant()
    def what_is_given_up_is_free_and_no_class_too_many(self):
        if not hasattr(self, "centre"):
            return
        mine = ClassVisit.objects.filter(centre=self.centre)
        every = list(mine.prefetch_related("bookings", "facilitations"))
        for one in every:
            held = bool(one.bookings.all()) or bool(one.facilitations.all())
            assert held == (one.state in (S.OPTION, S.CONFIRMED, S.PREPARED))
            assert (one.option_until is not None) <= (one.state == S.OPTION)
            before = self.before.get(one.pk)
            assert before is None or one.state == before or one.state in NEXT[S(before)]
            self.before[one.pk] = one.state
        coming = [one for one in every if one.state in (S.OPTION, S.CONFIRMED, S.PREPARED)]
        for one in coming:
            there = [o.pupils for o in coming if o.begins_at <= one.begins_at < o.ends_at]
            assert sum(there) <= 40


class TestVisits(TestCase, Visits.TestCase):
    settings = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )
