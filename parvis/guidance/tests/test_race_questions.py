"""Many at once, on a real file database and on PostgreSQL: one has a question, one answer is sent, an erased one gets none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_question, a_thread, takes_questions
from parvis.guidance.models import Entry, Question, Thread

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def all_at_once(*works):
    """What each returned, or the refusal, in order."""
    start = Barrier(len(works))

    def one(work):
        try:
            start.wait()
            return work()
        except actions.GuidanceError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def a_centre_that_answers():
    return takes_questions(a_centre()).centre


def test_of_eight_advisers_one_has_the_question():
    centre = a_centre_that_answers()
    people = [a_person(Role.ADVISER, centre=centre) for _n in range(8)]
    for _turn in range(5):
        question, *_rest = a_question(centre, AT)
        took = all_at_once(
            *(partial(questions.take_question, question=question, person=who) for who in people)
        )
        refused = [one for one in took if isinstance(one, questions.TakenByAnother)]
        assert len(refused) == 7
        assert Question.objects.get(pk=question.pk).taken_by in people


def test_the_same_question_by_eight_pages_is_one():
    centre = a_centre_that_answers()
    opened, _receipt = a_thread(centre, AT)
    asking = questions.Asking(centre=centre, theme=None, language="fr", text="Where?")
    key = uuid4()
    asked = all_at_once(*[lambda: questions.ask(opened=opened, key=key, asking=asking, at=AT).pk] * 8)
    assert len(set(asked)) == 1
    assert (Question.objects.count(), Entry.objects.count()) == (1, 1)


def test_the_same_answer_by_eight_pages_is_one():
    centre = a_centre_that_answers()
    adviser = a_person(Role.ADVISER, centre=centre)
    question, *_rest = a_question(centre, AT)
    questions.take_question(question=question, person=adviser)
    sent = {"question": question, "key": uuid4(), "person": adviser, "text": "Here.", "at": AT}
    entries = all_at_once(*[lambda: questions.send_answer(**sent).pk] * 8)
    assert len(set(entries)) == 1
    assert Entry.objects.count() == 2


def test_of_two_second_readers_one_sends():
    centre = a_centre_that_answers()
    author, *readers = (a_person(Role.ADVISER, centre=centre) for _n in range(5))
    question, *_rest = a_question(centre, AT)
    questions.take_question(question=question, person=author)
    questions.ask_review(question=question, person=author, text="Here.", at=AT)

    def send(who):
        return questions.send_answer(question=question, key=uuid4(), person=who, text="Here.", at=AT)

    sent = all_at_once(*(lambda who=who: send(who) for who in readers))
    assert len([one for one in sent if isinstance(one, Entry)]) == 1
    assert Entry.objects.count() == 2


def test_a_thread_that_is_erased_while_it_is_answered_leaves_nothing():
    centre = a_centre_that_answers()
    adviser = a_person(Role.ADVISER, centre=centre)
    for _turn in range(8):
        question, opened, _receipt = a_question(centre, AT)
        questions.take_question(question=question, person=adviser)
        answered, erased = all_at_once(
            lambda question=question: questions.send_answer(
                question=question, key=uuid4(), person=adviser, text="Here.", at=AT
            ),
            lambda opened=opened: actions.erase_thread(thread=opened.thread),
        )
        assert erased is None
        assert isinstance(answered, Entry | questions.QuestionGone)
        assert (Thread.objects.count(), Entry.objects.count()) == (0, 0)
        assert Question.objects.get(pk=question.pk).thread is None
