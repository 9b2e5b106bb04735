"""A talk in live hours: offered honestly, taken by one, every word once and in order, and nothing lost when it ends."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from parvis.accounts.roles import Role
from parvis.centres import leaving
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import OpeningHours
from parvis.guidance import actions, live_talks, live_threads
from parvis.guidance.actions import questions, talks
from parvis.guidance.actions.questions.mails import tell_answer
from parvis.guidance.factories import a_question, a_thread, answers_live
from parvis.guidance.models import Entry, OnlineDuty, Question, Talk
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.queries.talks import offer, online

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)  # a Monday; ten o'clock in the centre
MINUTE = timedelta(minutes=1)
State, End = Question.State, Talk.End


@pytest.fixture
def centre():
    centre = a_centre()
    for weekday in range(5):
        OpeningHours.objects.create(site=centre.sites.get(), weekday=weekday, opens=time(9), closes=time(17))
    return centre


@pytest.fixture
def adviser(centre):
    person = a_person(Role.ADVISER, centre=centre)
    answers_live(centre, person, at=AT)
    return person


def a_talk(centre, at=AT, **said):
    question, opened, receipt = a_question(centre, at, **said)
    talks.open_talk(opened=opened, question=question, at=at)
    return question, opened, receipt


def says(opened, question, text, at=AT, **more):
    return talks.say_live(opened=opened, question=question, key=uuid4(), text=text, at=at, **more)


def answers(question, person, text, at=AT, **more):
    return talks.answer_live(
        question=question, key=more.pop("key", None) or uuid4(), person=person, text=text, at=at, **more
    )


def words(opened, question):
    return [line.said["text"] for line in lines_of(opened, question)]


def now(question):
    return Question.objects.get(pk=question.pk)


def end_of(question):
    return Talk.objects.filter(question=question).last().end


class TestOffer:
    def test_somebody_is_free(self, centre, adviser):
        found = offer(centre, None, "fr", AT)
        assert (found.free, found.before, found.minutes) == (True, 0, 15)

    @pytest.mark.parametrize(
        "at",
        [
            AT.replace(hour=6, minute=59),  # before nine
            AT.replace(hour=10),  # noon
            AT - timedelta(days=1),  # a Sunday: the door is closed
        ],
    )
    def test_not_outside_the_live_hours(self, centre, at):
        answers_live(centre, a_person(Role.ADVISER, centre=centre), at=at)
        assert offer(centre, None, "fr", at) is None

    def test_not_where_nobody_reads_that_language(self, centre, adviser):
        assert offer(centre, None, "de", AT) is None

    def test_not_for_a_theme_of_which_nobody_is_on_duty(self, centre, adviser):
        assert offer(centre, a_theme(centre), "fr", AT) is None

    def test_not_once_the_page_of_who_was_on_duty_is_gone(self, centre, adviser):
        assert offer(centre, None, "fr", AT + 3 * MINUTE) is None

    def test_who_waits_before_is_told(self, centre, adviser):
        a_talk(centre)
        found = offer(centre, None, "fr", AT)
        assert (found.free, found.before) == (False, 1)

    def test_not_of_somebody_who_may_answer_no_longer(self, centre, adviser):
        adviser.assignments.all().delete()
        assert offer(centre, None, "fr", AT) is None

    def test_nobody_there_is_said(self, centre):
        answers_live(centre, at=AT)
        with pytest.raises(talks.NobodyThere):
            a_talk(centre)
        assert Question.objects.get().state == State.WAITING


class TestTaking:
    def test_one_has_it_and_the_other_is_told(self, centre, adviser):
        question, *_rest = a_talk(centre)
        other = a_person(Role.ADVISER, centre=centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        with pytest.raises(questions.TakenByAnother):
            talks.take_talk(question=question, person=other, at=AT)

    def test_first_come_first_taken_among_those_that_are_theirs(self, centre, adviser):
        first, *_rest = a_talk(centre)
        a_talk(centre, at=AT + MINUTE)
        page = online(centre, adviser, AT + 2 * MINUTE)
        assert (page.next.talk.question, page.next.minutes, len(page.waiting)) == (first, 2, 2)

    def test_a_role_without_answers_is_refused(self, centre, adviser):
        question, *_rest = a_talk(centre)
        with pytest.raises(questions.NotYours):
            talks.take_talk(question=question, person=a_person(Role.RECEPTIONIST, centre=centre), at=AT)

    def test_somebody_silent_is_replaced_and_nobody_else(self, centre, adviser):
        question, *_rest = a_talk(centre)
        other = a_person(Role.ADVISER, centre=centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        with pytest.raises(questions.TakenByAnother):
            talks.take_over(question=question, person=other, at=AT + MINUTE)
        talks.take_over(question=question, person=other, at=AT + 2 * MINUTE)
        with pytest.raises(questions.NotYours):
            answers(question, adviser, "Still me?", AT + 2 * MINUTE)
        assert now(question).taken_by == other


class TestTalking:
    def test_both_write_and_it_stays_in_order(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        answers(question, adviser, "Good morning.", AT + 4 * MINUTE)
        says(opened, question, "I like wires.", AT + 5 * MINUTE)
        answers(question, adviser, "Look at the evening course.", AT + 6 * MINUTE)
        assert words(opened, question)[1:] == [
            "Good morning.",
            "I like wires.",
            "Look at the evening course.",
        ]
        assert now(question).state == State.ANSWERED
        assert Talk.objects.get().waited == 4

    def test_a_message_sent_twice_is_one(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        mine, theirs = uuid4(), uuid4()
        for _again in range(3):
            talks.say_live(opened=opened, question=question, key=mine, text="Hello?", at=AT)
            answers(question, adviser, "Yes.", key=theirs)
        assert words(opened, question)[1:] == ["Hello?", "Yes."]

    def test_the_same_key_with_other_words_is_refused(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        key = answers(question, adviser, "Yes.").key
        with pytest.raises(actions.SaidOtherwise):
            answers(question, adviser, "No.", key=key)
        other, elsewhere, _receipt = a_talk(centre)
        talks.take_talk(question=other, person=adviser, at=AT)
        with pytest.raises(actions.SaidOtherwise):
            answers(other, adviser, "Yes.", key=key)

    def test_nothing_is_said_before_what_was_said_before_it(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        first = uuid4()
        with pytest.raises(talks.OutOfOrder):
            says(opened, question, "Second", after=first)
        talks.say_live(opened=opened, question=question, key=first, text="First", at=AT)
        says(opened, question, "Second", after=first)
        assert words(opened, question)[1:] == ["First", "Second"]

    def test_only_whoever_has_it_answers(self, centre, adviser):
        question, *_rest = a_talk(centre)
        with pytest.raises(questions.NotYours):
            answers(question, adviser, "Hello")

    def test_another_thread_says_nothing_here(self, centre, adviser):
        question, *_rest = a_talk(centre)
        other, _receipt = a_thread(centre, AT)
        with pytest.raises(questions.QuestionGone):
            says(other, question, "Me too")
        with pytest.raises(questions.QuestionGone):
            talks.open_talk(opened=other, question=question, at=AT)


class TestEnds:
    def test_nobody_was_free_in_time(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.heard_visitor(question=question, at=AT + 14 * MINUTE)
        assert talks.settle(question=question, at=AT + 14 * MINUTE) is not None
        talks.heard_visitor(question=question, at=AT + 15 * MINUTE)
        assert talks.settle(question=question, at=AT + 15 * MINUTE) is None
        assert (end_of(question), now(question).state) == (End.NOBODY, State.WAITING)
        assert now(question).due_on.isoformat() == "2026-06-03"

    def test_the_hours_end_for_those_who_wait(self, centre, adviser):
        noon = AT.replace(hour=10)
        question, *_rest = a_talk(centre)
        talks.heard_visitor(question=question, at=noon)
        assert talks.settle(question=question, at=noon) is None
        assert end_of(question) == End.HOURS

    def test_who_talks_when_the_hours_end_may_finish(self, centre, adviser):
        noon = AT.replace(hour=10)
        question, *_rest = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        talks.heard_visitor(question=question, at=noon + 29 * MINUTE)
        assert talks.settle(question=question, at=noon + 29 * MINUTE) is not None
        assert talks.settle(question=question, at=noon + 30 * MINUTE) is None
        assert (end_of(question), now(question).state) == (End.HOURS, State.TAKEN)

    def test_a_visitor_who_is_silent(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        assert talks.settle(question=question, at=AT + 10 * MINUTE) is None
        assert end_of(question) == End.SILENCE
        says(opened, question, "I am back", AT + 11 * MINUTE)
        assert words(opened, question)[-1] == "I am back"
        with pytest.raises(talks.TalkOver):
            answers(question, adviser, "Hello again", AT + 11 * MINUTE)

    def test_an_ended_talk_keeps_no_time_and_can_begin_again(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        talks.end_talk(question=question, end=End.LATER)
        talks.end_talk(question=question, end=End.SAID)
        over = Talk.objects.get()
        assert (over.end, over.opened_at, over.visitor_at, over.waits_since) == (End.LATER, None, None, None)
        talks.open_talk(opened=opened, question=question, at=AT + MINUTE)
        assert Talk.objects.count() == 2

    def test_a_mail_goes_where_the_last_answer_was_never_read(
        self, centre, adviser, django_capture_on_commit_callbacks
    ):
        for read in (True, False):
            question, _opened, _receipt = a_talk(centre, reply_to="a@example.org")
            talks.take_talk(question=question, person=adviser, at=AT)
            answers(question, adviser, "Here it is.")
            if read:
                talks.heard_visitor(question=question, at=AT + MINUTE)
            talks.end_talk(question=question, end=End.LATER, link="https://x/thread/")
            assert now(question).mail_due is not read
        tell_answer.call(now(question).pk, "https://x/thread/")
        assert [message.to for message in mail.outbox] == [["a@example.org"]]

    def test_whoever_leaves_is_on_duty_no_longer_and_the_talk_waits_again(self, centre, adviser):
        question, *_rest = a_talk(centre)
        talks.take_talk(question=question, person=adviser, at=AT)
        leaving.settle_all(centre=centre, person=adviser, at=AT)
        assert not OnlineDuty.objects.exists()
        assert (now(question).state, Talk.objects.open().count()) == (State.WAITING, 1)

    def test_the_night_ends_what_nobody_ended(self, centre, adviser):
        a_talk(centre)
        late = AT + timedelta(days=1, minutes=1)
        assert (talks.end_left_talks(at=late), talks.forget_duties(at=late)) == (1, 1)
        assert (Talk.objects.open().count(), OnlineDuty.objects.count()) == (0, 0)

    def test_an_erased_thread_leaves_a_talk_without_words(self, centre, adviser):
        question, opened, _receipt = a_talk(centre)
        actions.erase_thread(thread=opened.thread)
        assert Entry.objects.count() == 0
        assert talks.settle(question=question, at=AT) is None
        assert online(centre, adviser, AT).waiting == []


class TestStreams:
    def test_whoever_may_answer_no_longer_follows_nothing(self, centre, adviser):
        question, *_rest = a_talk(centre)
        topic = live_threads.topic(question.thread_id)
        slots = frozenset({f"question:{question.key}:{adviser.pk}", f"question:{question.key}:visitor"})
        queue = f"{live_talks.PREFIX}/{centre.pk}"
        assert set(live_threads.read(topic, slots)) == slots
        assert set(live_talks.read(queue, frozenset({str(adviser.pk)}))) == {str(adviser.pk)}
        adviser.assignments.all().delete()
        assert set(live_threads.read(topic, slots)) == {f"question:{question.key}:visitor"}
        assert live_talks.read(queue, frozenset({str(adviser.pk)})) == {}

    def test_of_another_centre_nothing_is_followed(self, centre, adviser):
        question, *_rest = a_talk(centre)
        stranger = a_person(Role.ADVISER, centre=a_centre())
        slots = frozenset({f"question:{question.key}:{stranger.pk}"})
        assert live_threads.read(live_threads.topic(question.thread_id), slots) == {}
