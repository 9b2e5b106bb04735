"""Many at once: one adviser has the talk, a message is one, and a talk that ends under somebody's words loses none."""

from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import OpeningHours
from parvis.guidance.actions import questions, talks
from parvis.guidance.factories import a_question, answers_live
from parvis.guidance.models import Entry, Question, Talk
from parvis.guidance.tests.test_race_questions import all_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)


def a_talk(people=1):
    centre = a_centre()
    OpeningHours.objects.create(site=centre.sites.get(), weekday=0, opens="09:00", closes="17:00")
    advisers = [a_person(Role.ADVISER, centre=centre) for _n in range(people)]
    answers_live(centre, *advisers, at=AT)
    question, opened, _receipt = a_question(centre, AT)
    talks.open_talk(opened=opened, question=question, at=AT)
    return question, opened, advisers


def test_of_eight_advisers_one_talks():
    for _turn in range(5):
        question, _opened, advisers = a_talk(8)
        took = all_at_once(
            *(partial(talks.take_talk, question=question, person=person, at=AT) for person in advisers)
        )
        assert sum(isinstance(one, questions.TakenByAnother) for one in took) == 7
        assert Question.objects.get(pk=question.pk).taken_by in advisers


def test_the_talk_and_the_written_answer_have_one_owner():
    for _turn in range(5):
        question, _opened, (one, other) = a_talk(2)
        took = all_at_once(
            partial(talks.take_talk, question=question, person=one, at=AT),
            partial(questions.take_question, question=question, person=other),
        )
        assert sum(isinstance(each, questions.TakenByAnother) for each in took) == 1


def test_the_same_message_eight_times_at_once_is_one():
    question, opened, (adviser,) = a_talk()
    talks.take_talk(question=question, person=adviser, at=AT)
    mine, theirs = uuid4(), uuid4()
    say = partial(talks.say_live, opened=opened, question=question, key=mine, text="Hello", at=AT)
    answer = partial(talks.answer_live, question=question, key=theirs, person=adviser, text="Yes", at=AT)
    all_at_once(*[say, answer] * 4)
    assert Entry.objects.count() == 3


def test_a_talk_opened_eight_times_at_once_is_one():
    question, opened, _advisers = a_talk()
    talks.end_talk(question=question, end=Talk.End.LATER)
    all_at_once(*[partial(talks.open_talk, opened=opened, question=question, at=AT)] * 8)
    assert Talk.objects.open().count() == 1


def test_what_is_said_while_the_talk_ends_is_in_the_question():
    for _turn in range(5):
        question, opened, (adviser,) = a_talk()
        talks.take_talk(question=question, person=adviser, at=AT)
        done = all_at_once(
            partial(talks.end_talk, question=question, end=Talk.End.LATER),
            partial(talks.say_live, opened=opened, question=question, key=uuid4(), text="Wait", at=AT),
            partial(talks.answer_live, question=question, key=uuid4(), person=adviser, text="Yes", at=AT),
        )
        kept = 2 + (not isinstance(done[2], talks.TalkOver))
        assert Entry.objects.filter(thread=opened.thread).count() == kept
        assert Question.objects.get(pk=question.pk).state in ("taken", "answered")
