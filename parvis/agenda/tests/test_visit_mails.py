from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from parvis.agenda.actions import visits
from parvis.agenda.actions.visit_mails import QUIET, TRIED_FOR, send_waiting, tell_step
from parvis.agenda.actions.visits import Doing, Kept
from parvis.agenda.factories import a_class_visit
from parvis.agenda.models import VisitStep
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(name="Centre by the river")


def doing(centre, **more):
    return Doing(key=uuid4(), at=centre.now(), **more)


def an_option(centre, language="fr"):
    begins = centre.now() + timedelta(days=20)
    until = centre.local_day(centre.now()) + timedelta(days=9)
    at = Kept(begins, begins + timedelta(hours=3), until=until)
    visit = a_class_visit(centre, language=language)
    return visits.keep_date(visit=visit, kept=at, doing=doing(centre, words="We look forward to it."))


def test_each_step_reaches_the_teacher_once_in_their_language(centre, mailoutbox, settings):
    settings.PUBLIC_ADDRESS = "https://parvis.example.org"
    visit = an_option(centre, "de")
    step = visit.steps.get()
    assert [tell_step.func(step.pk), tell_step.func(step.pk)] == [True, False]
    (sent,) = mailoutbox
    assert sent.to == ["teacher@example.org"]
    assert f"https://parvis.example.org/visit/{visit.token}/?language=de" in sent.body
    assert "We look forward to it." in sent.body
    step.refresh_from_db()
    assert step.mailed_at


def test_what_a_killed_worker_began_is_sent_later_and_only_then(centre, mailoutbox):
    step, now = an_option(centre).steps.get(), timezone.now()
    VisitStep.objects.update(mail_begun_at=now)
    assert not tell_step.func(step.pk)
    VisitStep.objects.update(mail_begun_at=now - QUIET - timedelta(seconds=1))
    assert tell_step.func(step.pk)
    assert len(mailoutbox) == 1


def test_messages_that_wait_are_begun_again_for_some_days(centre):
    step = an_option(centre).steps.get()
    assert send_waiting(at=step.at) == 0  # it is just being sent
    assert send_waiting(at=step.at + QUIET * 2) == 1
    assert send_waiting(at=step.at + TRIED_FOR + QUIET) == 0
    VisitStep.objects.update(mailed_at=step.at)
    assert send_waiting(at=step.at + QUIET * 2) == 0


def test_a_word_of_the_teacher_is_not_mailed_back(centre, mailoutbox):
    visit = a_class_visit(centre)
    visits.say(visit=visit, doing=doing(centre, by_teacher=True, words="Is there a lift?"))
    assert not tell_step.func(visit.steps.get().pk)
    assert mailoutbox == []


def test_a_message_that_is_out_of_date_does_not_leave(centre, mailoutbox):
    visit = an_option(centre)
    visits.lapse_options(at=centre.now() + timedelta(days=11))
    assert [tell_step.func(step.pk) for step in visit.steps.all()] == [False, True]
    assert len(mailoutbox) == 1


def _send(visit):
    for step in visit.steps.all():
        tell_step.func(step.pk)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_message_is_whole_in_every_language(centre, mailoutbox, language):
    visit = an_option(centre, language)
    _send(visit)
    for action, words in (
        (visits.confirm, ""),
        (visits.prepare, ""),
        (visits.say, "Bring pens."),
        (visits.cancel, ""),
    ):
        action(visit=visit, doing=doing(centre, words=words))
        _send(visit)
    assert len(mailoutbox) == 5
    assert len({one.subject for one in mailoutbox}) == 5
    for one in mailoutbox:
        assert "\n\n\n\n" not in one.body
        assert "Centre by the river" in one.subject + one.body
