"""A question's life as a state machine: whatever happens in whatever order, it is read by whom it should be, and every word is there once."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from parvis.accounts.roles import Role
from parvis.centres import leaving
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_question, takes_questions
from parvis.guidance.models import Question
from parvis.guidance.queries.question_keys import opened_question
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.queries.threads import opened_by
from parvis.guidance.visitor_faces import Face
from parvis.shared.sealing.vault import vault

State = Question.State
WHO = st.integers(0, 2)


class QuestionLife(RuleBasedStateMachine):
    @initialize(reviewed=st.booleans())
    def ask(self, reviewed):
        centre = a_centre(slug=f"life-{uuid4().hex}")
        takes_questions(centre, reviewed=reviewed)
        self.theme = a_theme(centre)
        self.elsewhere = takes_questions(a_centre(slug=f"life-{uuid4().hex}", network=centre.network)).centre
        self.people = [
            *(a_person(Role.ADVISER, centre=centre) for _n in range(2)),
            a_person(Role.ADVISER, centre=self.elsewhere),
        ]
        self.now = datetime(2026, 6, 1, 9, tzinfo=UTC)
        self.began = self.now.date()
        self.question, self.opened, self.receipt = a_question(centre, self.now, reply_to="ada@example.org")
        self.words, self.erased = ["How do I become an electrician?"], False

    def attempt(self, action, **arguments):
        """Twice, as over a bad connection: a refusal is fine, and changes nothing half-way."""
        self.now += timedelta(hours=5)
        done = False
        for _twice in range(2):
            with suppress(actions.GuidanceError):
                action(question=self.fresh(), **arguments)
                done = True
        return done

    def fresh(self):
        return Question.objects.select_related("centre", "thread").get(pk=self.question.pk)

    @rule(who=WHO)
    def take(self, who):
        self.attempt(questions.take_question, person=self.people[who])

    @rule(who=WHO)
    def give_back(self, who):
        self.attempt(questions.give_back, person=self.people[who])

    @rule(who=WHO, to=WHO)
    def give(self, who, to):
        seen = self.fresh().taken_by
        self.attempt(questions.give_to, person=self.people[who], colleague=self.people[to], seen_with=seen)

    @rule(who=WHO, away=st.booleans())
    def move(self, who, away):
        centre, theme = (self.elsewhere, None) if away else (self.theme.centre, self.theme)
        self.attempt(questions.move_question, person=self.people[who], centre=centre, theme=theme)

    @rule(who=WHO, text=st.sampled_from(["Half", "More"]))
    def draft(self, who, text):
        revision = self.fresh().draft_revision
        self.attempt(questions.keep_draft, person=self.people[who], text=text, revision=revision)

    @rule(who=WHO)
    def review(self, who):
        self.attempt(questions.ask_review, person=self.people[who], text="Ready", at=self.now)

    @rule(who=WHO)
    def remark(self, who):
        self.attempt(questions.approve_not, person=self.people[who], remark="Say where.")

    @rule(who=WHO)
    def send(self, who):
        before, text = self.fresh(), f"Answer {len(self.words)}"
        if self.attempt(questions.send_answer, key=uuid4(), person=self.people[who], text=text, at=self.now):
            self.words.append(text)
            assert before.written_by_id != self.people[who].pk

    @precondition(lambda self: not self.erased)
    @rule()
    def ask_further(self):
        text = f"Further {len(self.words)}"
        sent = {"opened": self.opened, "key": uuid4(), "text": text, "at": self.now}
        if self.attempt(questions.ask_further, **sent):
            self.words.append(text)

    @rule(who=WHO)
    def close(self, who):
        Question.objects.update(mail_due=False)  # the worker has sent it
        self.attempt(questions.close_question, person=self.people[who])

    @rule(days=st.integers(1, 20))
    def nights(self, days):
        self.now += timedelta(days=days)
        questions.close_silent(at=self.now)

    @rule(who=WHO)
    def leave(self, who):
        leaving.settle_all(centre=self.fresh().centre, person=self.people[who], at=self.now)

    @precondition(lambda self: not self.erased)
    @rule()
    def think_of_it(self):
        said = {"opened": self.opened, "helped": Face.MOSTLY, "clear": Face.MOSTLY, "at": self.now}
        self.attempt(questions.give_opinion, **said)

    @rule()
    def erase(self):
        if not self.erased and len(self.words) > 4:
            actions.erase_thread(thread=self.opened.thread)
            self.erased = True

    @invariant()
    def read_by_whom_it_should_be(self):
        question = self.fresh()
        is_open = question.state != State.CLOSED
        assert (opened_question(question) is not None) == is_open
        assert (vault().get(question.share_key) is not None) == is_open
        assert bool(question.taken_by_id) <= (question.state not in (State.WAITING, State.CLOSED))
        assert (question.written_by_id is not None) <= (question.state == State.REVIEW)
        assert (opened_by(self.receipt, self.began) is None) == self.erased

    @invariant()
    def every_word_is_there_once(self):
        if not self.erased:
            assert [line.said["text"] for line in lines_of(self.opened, self.fresh())] == self.words

    @invariant()
    def what_was_answered_stays_known(self):
        question = self.fresh()
        answered = any(word.startswith("Answer") for word in self.words)
        known = [question.first_answered_on, question.in_time, question.first_hours]
        assert [value is not None for value in known] == [answered] * 3


class TestQuestionLife(QuestionLife.TestCase, TestCase):
    settings = settings(
        max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )


pytestmark = pytest.mark.django_db
