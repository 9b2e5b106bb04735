"""A question: asked once, taken by one, answered within the promise, closed for good; erased when its visitor says so."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from parvis.accounts.roles import Role
from parvis.centres import leaving
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance import actions, live_questions
from parvis.guidance.actions import questions
from parvis.guidance.actions.questions.mails import tell_answer
from parvis.guidance.factories import a_question, a_thread, takes_questions
from parvis.guidance.models import Entry, OpinionCount, Question, Thread
from parvis.guidance.queries.question_keys import opened_question, reply_to_of
from parvis.guidance.queries.questions import Wanted, Which, lines_of, open_question, questions_of, reading
from parvis.guidance.queries.threads import entries_of, opened_by
from parvis.guidance.tests.hours import week
from parvis.guidance.visitor_faces import Face
from parvis.shared.sealing.vault import vault

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 20, tzinfo=UTC)  # a Monday night
DAY = AT.date()
State = Question.State


@pytest.fixture
def centre():
    centre = week(a_centre())
    takes_questions(centre)
    return centre


@pytest.fixture
def adviser(centre):
    return a_person(Role.ADVISER, centre=centre)


def answered(question, person, at=AT + timedelta(days=1), text="Ask for the evening course."):
    questions.take_question(question=question, person=person)
    questions.send_answer(
        question=question, key=uuid4(), person=person, text=text, at=at, link="https://x/thread/"
    )
    return Question.objects.get(pk=question.pk)


class TestAsking:
    def test_it_is_in_the_thread_and_waits(self, centre):
        theme = a_theme(centre)
        question, _opened, receipt = a_question(
            centre, AT, theme=theme, reply_to="ada@example.org", dangers=("violence",)
        )
        assert (question.state, question.due_on, question.dangers) == (
            State.WAITING,
            date(2026, 6, 3),
            ["violence"],
        )
        assert [line.said["text"] for line in entries_of(opened_by(receipt, DAY))] == [
            "How do I become an electrician?"
        ]
        house = opened_question(Question.objects.get())
        assert reply_to_of(house, question) == "ada@example.org"
        kept = b" ".join(bytes(value) for value in (question.wrapped, question.reply_to))
        assert b"ada" not in kept
        assert house.key not in kept

    def test_the_same_question_again_is_the_same(self, centre):
        opened, _receipt = a_thread(centre, AT)
        asking = questions.Asking(centre=centre, theme=None, language="fr", text="Where?")
        key = uuid4()
        first = questions.ask(opened=opened, key=key, asking=asking, at=AT)
        assert questions.ask(opened=opened, key=key, asking=asking, at=AT + timedelta(days=3)) == first
        assert (Question.objects.count(), Entry.objects.count()) == (1, 1)
        other, _other = a_thread(centre, AT)
        with pytest.raises(actions.SaidOtherwise):
            questions.ask(opened=other, key=key, asking=asking, at=AT)

    def test_only_where_questions_are_taken(self, centre):
        with pytest.raises(questions.NotTakenHere):
            a_question(a_centre(), AT)
        with pytest.raises(questions.NotTakenHere):
            a_question(centre, AT, theme=a_theme(a_centre()))
        assert Entry.objects.count() == 0

    def test_more_words_before_the_answer_belong_to_it(self, centre):
        question, opened, _receipt = a_question(centre, AT)
        key = uuid4()
        for _twice in range(2):
            questions.ask_further(
                opened=opened, question=question, key=key, text="At night.", at=AT + timedelta(days=1)
            )
        now = Question.objects.get()
        assert (now.state, now.due_on) == (State.WAITING, date(2026, 6, 3))
        assert [line.said["text"] for line in lines_of(opened, now)][1:] == ["At night."]

    def test_after_the_answer_it_waits_again_with_the_same_adviser(self, centre, adviser):
        question, opened, _receipt = a_question(centre, AT)
        answered(question, adviser)
        later = AT + timedelta(days=2)
        now = questions.ask_further(opened=opened, question=question, key=uuid4(), text="And then?", at=later)
        assert (now.state, now.taken_by, now.due_on) == (State.TAKEN, adviser, date(2026, 6, 5))

    def test_after_closure_it_waits_for_anybody_and_the_centre_reads_again(self, centre, adviser):
        question, opened, _receipt = a_question(centre, AT)
        questions.close_question(question=answered(question, adviser), person=adviser)
        assert opened_question(Question.objects.get()) is None
        questions.ask_further(
            opened=opened, question=question, key=uuid4(), text="And then?", at=AT + timedelta(days=9)
        )
        now = Question.objects.get()
        assert (now.state, now.taken_by) == (State.WAITING, None)
        assert opened_question(now).key == opened.key


class TestHands:
    def test_one_takes_it_and_the_other_is_told(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        other = a_person(Role.ADVISER, centre=centre)
        for _twice in range(2):
            assert questions.take_question(question=question, person=adviser).taken_by == adviser
        with pytest.raises(questions.TakenByAnother):
            questions.take_question(question=question, person=other)
        with pytest.raises(questions.NotYours):
            questions.give_back(question=question, person=other)
        for _twice in range(2):
            assert questions.give_back(question=question, person=adviser).state == State.WAITING
        assert questions.take_question(question=question, person=other).taken_by == other

    def test_only_who_answers_there_takes_it(self, centre):
        question, *_rest = a_question(centre, AT)
        for person in (a_person(Role.ADVISER, centre=a_centre()), a_person(Role.RECEPTIONIST, centre=centre)):
            with pytest.raises(questions.NotYours):
                questions.take_question(question=question, person=person)

    def test_it_is_given_to_a_colleague_as_it_was_seen(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        other = a_person(Role.DOCUMENTALIST, centre=centre)
        give = {"question": question, "person": other}
        assert questions.give_to(**give, seen_with=None, colleague=adviser).taken_by == adviser
        with pytest.raises(questions.TakenByAnother):
            questions.give_to(**give, seen_with=None, colleague=other)
        assert questions.give_to(**give, seen_with=adviser, colleague=other).taken_by == other

    def test_it_moves_to_another_theme_with_its_draft_and_to_another_centre_without(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        theme, elsewhere = a_theme(centre), a_centre(network=centre.network)
        questions.take_question(question=question, person=adviser)
        questions.keep_draft(question=question, person=adviser, text="Half", revision=0)
        moved = questions.move_question(question=question, centre=centre, theme=theme, person=adviser)
        assert (moved.theme, moved.state, moved.taken_by) == (theme, State.WAITING, None)
        assert reading(open_question(centre, question.pk), adviser, AT).draft == "Half"
        with pytest.raises(questions.NotTakenHere):
            questions.move_question(question=question, centre=elsewhere, theme=None, person=adviser)
        takes_questions(elsewhere)
        moved = questions.move_question(question=question, centre=elsewhere, theme=None, person=adviser)
        assert (moved.centre, moved.draft, moved.due_on) == (elsewhere, b"", date(2026, 6, 3))
        assert open_question(centre, question.pk) is None
        stranger = takes_questions(a_centre()).centre
        with pytest.raises(questions.NotTakenHere):
            questions.move_question(
                question=question,
                centre=stranger,
                theme=None,
                person=a_person(Role.ADVISER, centre=elsewhere),
            )

    def test_what_somebody_who_leaves_had_taken_waits_again(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        questions.take_question(question=question, person=adviser)
        leaving.settle_all(centre=centre, person=adviser, at=AT)
        assert (Question.objects.get().state, Question.objects.get().taken_by) == (State.WAITING, None)


class TestAnswering:
    def test_a_draft_is_kept_sealed_and_not_overwritten_by_another_page(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        questions.take_question(question=question, person=adviser)
        draft = {"question": question, "person": adviser}
        assert questions.keep_draft(**draft, text="Evening courses", revision=0) == 1
        assert questions.keep_draft(**draft, text="Evening courses", revision=0) == 1
        with pytest.raises(questions.DraftChanged):
            questions.keep_draft(**draft, text="Something else", revision=0)
        assert b"Evening" not in bytes(Question.objects.get().draft)
        with pytest.raises(questions.NotYours):
            questions.keep_draft(
                question=question, person=a_person(Role.ADVISER, centre=centre), text="Mine", revision=1
            )

    def test_the_answer_is_read_with_the_code_and_nobody_learns_who_wrote_it(self, centre, adviser):
        question, _opened, receipt = a_question(centre, AT)
        now = answered(question, adviser)
        lines = entries_of(opened_by(receipt, DAY))
        assert [(line.said["text"], line.centre) for line in lines][1:] == [
            ("Ask for the evening course.", centre.name)
        ]
        assert (now.state, now.first_answered_on, now.in_time, now.first_hours) == (
            State.ANSWERED,
            date(2026, 6, 2),
            True,
            8,
        )
        assert bytes(now.draft) == b""

    def test_after_the_promised_day_it_is_late(self, centre, adviser):
        question, *_rest = a_question(centre, AT)
        assert answered(question, adviser, AT + timedelta(days=3)).in_time is False

    def test_sent_twice_is_sent_once(self, centre, adviser, django_capture_on_commit_callbacks):
        question, *_rest = a_question(centre, AT, reply_to="ada@example.org")
        questions.take_question(question=question, person=adviser)
        with django_capture_on_commit_callbacks(execute=False) as later:
            sent = {"question": question, "key": uuid4(), "person": adviser, "text": "Yes.", "at": AT}
            assert questions.send_answer(**sent) == questions.send_answer(**sent)
            with pytest.raises(actions.SaidOtherwise):
                questions.send_answer(**sent | {"text": "No."})
        assert Entry.objects.count() == 2
        assert len([call for call in later if "tell_answer" in repr(call) or "enqueue" in repr(call)]) == 1

    def test_a_mail_says_that_it_is_there_and_nothing_else(self, centre, adviser):
        question, _opened, receipt = a_question(centre, AT, reply_to="ada@example.org")
        now = answered(question, adviser)
        with pytest.raises(questions.MailNotGone):
            questions.close_question(question=now, person=adviser)
        for _twice in range(2):
            tell_answer.call(now.pk, "https://x/thread/")
        (sent,) = mail.outbox
        assert sent.to == ["ada@example.org"]
        assert "https://x/thread/" in sent.body
        for word in ["electrician", "evening", receipt.letters()]:
            assert word not in sent.body + sent.subject
        assert questions.close_question(question=now, person=adviser).state == State.CLOSED

    def test_what_is_added_after_the_answer_is_not_late(self, centre, adviser):
        takes_questions(centre, reviewed=True)
        question, *_rest = a_question(centre, AT)
        questions.take_question(question=question, person=adviser)
        questions.ask_review(question=question, person=adviser, text="Yes.", at=AT)
        second = a_person(Role.ADVISER, centre=centre)
        questions.send_answer(question=question, key=uuid4(), person=second, text="Yes.", at=AT)
        later = AT + timedelta(days=9)
        now = questions.ask_review(question=question, person=adviser, text="And on Fridays.", at=later)
        assert (now.state, now.is_overdue(later.date())) == (State.REVIEW, False)

    def test_a_second_adviser_reads_it_first_where_the_centre_wants_it(self, centre, adviser):
        takes_questions(centre, reviewed=True)
        question, *_rest = a_question(centre, AT)
        second = a_person(Role.ADVISER, centre=centre)
        questions.take_question(question=question, person=adviser)
        send = {"question": question, "key": uuid4(), "text": "Yes.", "at": AT}
        with pytest.raises(questions.AnswerUnreviewed):
            questions.send_answer(**send, person=adviser)
        for _twice in range(2):
            questions.ask_review(question=question, person=adviser, text="Yes.", at=AT)
        with pytest.raises(questions.OwnAnswer):
            questions.send_answer(**send, person=adviser)
        with pytest.raises(questions.OwnAnswer):
            questions.approve_not(question=question, person=adviser, remark="Good.")
        questions.approve_not(question=question, person=second, remark="Say where.")
        mine = reading(open_question(centre, question.pk), adviser, AT)
        assert (mine.draft, mine.remark, mine.may_write) == ("Yes.", "Say where.", True)
        questions.ask_review(question=question, person=adviser, text="Yes, here.", at=AT)
        questions.send_answer(**send | {"text": "Yes, here."}, person=second)
        assert Question.objects.get().state == State.ANSWERED


class TestEnd:
    def test_at_closure_the_centre_reads_nothing_more(self, centre, adviser):
        question, _opened, receipt = a_question(centre, AT, reply_to="ada@example.org")
        share = question.share_key
        now = answered(question, adviser)
        tell_answer.call(now.pk, "")
        for _twice in range(2):
            questions.close_question(question=now, person=adviser)
        closed = Question.objects.get()
        assert opened_question(closed) is None
        assert vault().get(share) is None
        assert (bytes(closed.reply_to), closed.asked_at, closed.taken_by) == (b"", None, None)
        assert (closed.asked_on, closed.first_hours) == (DAY, 8)
        assert len(entries_of(opened_by(receipt, DAY))) == 2

    def test_two_weeks_without_a_word_close_it(self, centre, adviser):
        waiting, *_rest = a_question(centre, AT)
        question, *_more = a_question(centre, AT)
        answered(question, adviser)
        assert questions.close_silent(at=AT + timedelta(days=14)) == 0
        assert questions.close_silent(at=AT + timedelta(days=15)) == 1
        assert Question.objects.get(pk=waiting.pk).state == State.WAITING

    def test_erasing_the_thread_leaves_a_number(self, centre, adviser):
        question, opened, _receipt = a_question(centre, AT, dangers=("violence",))
        questions.take_question(question=question, person=adviser)
        actions.erase_thread(thread=opened.thread)
        now = Question.objects.get()
        assert (now.thread, now.state, now.dangers, now.taken_by) == (None, State.CLOSED, [], None)
        assert now.key != question.key
        assert vault().get(question.share_key) is None
        assert (Thread.objects.count(), Entry.objects.count()) == (0, 0)
        with pytest.raises(questions.QuestionGone):
            questions.send_answer(question=question, key=uuid4(), person=adviser, text="Late", at=AT)
        assert Entry.objects.count() == 0

    def test_an_opinion_counts_once_and_only_after_an_answer(self, centre, adviser):
        question, opened, _receipt = a_question(centre, AT)
        said = {
            "opened": opened,
            "question": question,
            "helped": Face.MOSTLY,
            "clear": Face.COMPLETELY,
            "at": AT,
        }
        with pytest.raises(questions.QuestionGone):
            questions.give_opinion(**said)
        answered(question, adviser)
        assert [questions.give_opinion(**said), questions.give_opinion(**said)] == [True, False]
        row = OpinionCount.objects.get()
        assert (row.month, row.helped, row.clear, row.times) == (date(2026, 6, 1), 3, 4, 1)


class TestList:
    def test_by_due_day_with_filters(self, centre, adviser, django_assert_num_queries):
        theme = a_theme(centre)
        late, *_rest = a_question(centre, AT - timedelta(days=7))
        mine, *_more = a_question(centre, AT, theme=theme, language="ar")
        questions.take_question(question=mine, person=adviser)
        at = AT + timedelta(days=2)
        with django_assert_num_queries(3):
            page = questions_of(centre, adviser, Wanted(), at)
        assert [(row.question, row.overdue, row.due_today) for row in page.rows] == [
            (late, True, False),
            (mine, False, True),
        ]
        assert (page.counts.open, page.counts.mine, page.counts.overdue, page.counts.due_today) == (
            2,
            1,
            1,
            1,
        )

        def shown(**wanted):
            return [row.question for row in questions_of(centre, adviser, Wanted(**wanted), at).rows]

        assert shown(which=Which.MINE) == shown(theme=theme.pk) == shown(language="ar") == [mine]
        assert shown(theme=0) == shown(words=page.rows[0].nickname.upper()) == [late]

    def test_another_centre_sees_nothing(self, centre):
        question, *_rest = a_question(centre, AT)
        other = takes_questions(a_centre(network=centre.network)).centre
        assert open_question(other, question.pk) is None


class TestLive:
    def test_both_sides_follow_and_whoever_left_does_not(self, centre, adviser):
        question, opened, _receipt = a_question(centre, AT)
        name, stranger = live_questions.topic(question.pk), a_person(Role.ADVISER, centre=a_centre())
        slots = frozenset({"visitor", str(adviser.pk), str(stranger.pk)})
        assert live_questions.read(name, slots).keys() == {"visitor", str(adviser.pk)}
        adviser.assignments.all().delete()
        assert live_questions.read(name, slots).keys() == {"visitor"}
        other = a_person(Role.ADVISER, centre=centre)
        questions.close_question(question=question, person=other)
        assert live_questions.read(name, frozenset({str(other.pk)})) == {}
        actions.erase_thread(thread=opened.thread)
        assert live_questions.read(name, slots) == {}
