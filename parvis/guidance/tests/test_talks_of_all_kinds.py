"""Whatever happens in whatever order, retries and ends included: every word that was accepted is there once, in its sender's order."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import OpeningHours
from parvis.guidance import actions
from parvis.guidance.actions import questions, talks
from parvis.guidance.factories import a_question, answers_live
from parvis.guidance.models import Question, Talk
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.queries.talks import online

pytestmark = pytest.mark.django_db
State = Question.State


class LifeOfATalk(RuleBasedStateMachine):
    """A visitor, two advisers, a bad line: messages are tried, tried again, late; talks end and begin again."""

    @initialize()
    def asked(self):
        self.at = datetime(2026, 6, 1, 8, tzinfo=UTC)
        self.centre = a_centre()
        OpeningHours.objects.create(site=self.centre.sites.get(), weekday=0, opens="09:00", closes="17:00")
        self.people = [a_person(Role.ADVISER, centre=self.centre) for _n in range(2)]
        answers_live(self.centre, *self.people, at=self.at)
        self.question, self.opened, _receipt = a_question(self.centre, self.at, "0")
        self.said = {"visitor": [(self.question.key, "0")], 0: [], 1: []}
        self.count = 0

    @rule(minutes=st.integers(0, 20))
    def time_passes(self, minutes):
        self.at += timedelta(minutes=minutes)
        talks.settle(question=self.question, at=self.at)

    @rule()
    def visitor_would_talk(self):
        self.tried(lambda: talks.open_talk(opened=self.opened, question=self.question, at=self.at))

    @rule(who=st.integers(0, 1), over=st.booleans())
    def adviser_takes(self, who, over):
        take = talks.take_over if over else talks.take_talk
        self.tried(lambda: take(question=self.question, person=self.people[who], at=self.at))

    @rule(who=st.integers(0, 1))
    def adviser_comes_on_duty(self, who):
        talks.heard_on_duty(centre=self.centre, person=self.people[who], at=self.at)

    @rule(tries=st.integers(1, 3))
    def visitor_says(self, tries):
        self.count += 1
        message = uuid4(), str(self.count)
        before = self.said["visitor"][-1][0]
        for _n in range(tries):
            self.visitor_sends(message, before)
        self.said["visitor"].append(message)

    @rule(which=st.integers(0, 20))
    def a_late_retry_of_the_visitor(self, which):
        self.visitor_sends(self.said["visitor"][which % len(self.said["visitor"])], None)

    def visitor_sends(self, message, before):
        key, text = message
        talks.say_live(
            opened=self.opened, question=self.question, key=key, text=text, at=self.at, after=before
        )

    @rule(who=st.integers(0, 1), tries=st.integers(1, 3))
    def adviser_says(self, who, tries):
        self.count += 1
        message = uuid4(), str(self.count)
        sent = [self.adviser_sends(who, message) for _n in range(tries)]
        if any(sent):
            assert all(sent)
            self.said[who].append(message)

    @rule(who=st.integers(0, 1))
    def a_late_retry_of_the_adviser(self, who):
        if self.said[who]:
            assert self.adviser_sends(who, self.said[who][-1])

    def adviser_sends(self, who, message):
        key, text = message
        person = self.people[who]
        return self.tried(
            lambda: talks.answer_live(question=self.question, key=key, person=person, text=text, at=self.at)
        )

    @rule(end=st.sampled_from(list(Talk.End)))
    def it_ends(self, end):
        talks.end_talk(question=self.question, end=end)

    @rule(who=st.integers(0, 1))
    def adviser_gives_back(self, who):
        self.tried(lambda: questions.give_back(question=self.question, person=self.people[who]))

    def tried(self, work):
        try:
            work()
        except actions.GuidanceError:
            return False
        return True

    @invariant()
    def every_word_is_there_once_and_in_order(self):
        lines = [(line.key, line.said["text"]) for line in lines_of(self.opened, self.question)]
        for messages in self.said.values():
            assert [line for line in lines if line in messages] == messages
        assert len(lines) == sum(len(messages) for messages in self.said.values())

    @invariant()
    def what_nobody_answered_is_due(self):
        now = Question.objects.get(pk=self.question.pk)
        lines = lines_of(self.opened, now)
        if now.state == State.ANSWERED:
            assert lines[-1].kind == "answer"
        else:
            assert now.due_on >= now.asked_on
            assert (now.state == State.WAITING) == (now.taken_by_id is None)
        assert online(self.centre, self.people[0], self.at).duty is not None


def test_no_word_is_lost_or_doubled():
    few = settings(
        max_examples=25,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LifeOfATalk, settings=few)
