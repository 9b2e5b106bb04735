"""A mail that was cut off goes on with those it has not reached, and reaches nobody twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from parvis.rota.actions.asking import tell_asked
from parvis.rota.actions.calls import Asking, open_call, remind, tell_call
from parvis.rota.actions.cover import open_cover_call
from parvis.rota.actions.letters import QUIET, forget_letters
from parvis.rota.actions.tellers import TELLERS, resume_letters
from parvis.rota.models import Letter
from parvis.rota.queries.covering import could_cover
from parvis.rota.tests.cover_house import FREE, a_house
from parvis.rota.tests.duty import DAY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


def asked(house):
    slot = house.absent()
    people = [one.person for one in could_cover(slot, house.early)]
    call = open_cover_call(slot=slot, asked=people, key=uuid4(), by=house.planner, at=house.early)
    return call, [person.email for person in people]


def killed(task, *arguments, ago):
    """The try of a worker that was killed."""
    row = DBTaskResult.objects.get(task_path=task.module_path, args_kwargs__args=list(arguments))
    row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now() - ago
    row.save()
    return row


def reached(about, house, who, left, ago=timedelta(minutes=2)):
    at = timezone.now() - ago
    Letter.objects.create(about=about, person=house.people[who], begun_at=at, left_at=at if left else None)


def test_after_a_kill_the_others_are_asked_and_nobody_twice(house):
    call, people = asked(house)
    assert len(people) == len(FREE)
    row = killed(tell_asked, call.pk, ago=QUIET * 2)
    reached(f"cover_asked/{call.pk}", house, "cleo", left=True)
    reached(f"cover_asked/{call.pk}", house, "dan", left=False)  # cut off in the middle of this one
    assert resume_letters(at=timezone.now()) == 1
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.ready().filter(task_path=tell_asked.module_path).count() == 1
    for _twice in range(2):
        tell_asked.call(call.pk)
    wanted = sorted(house.people[who].email for who in ("dan", "eve"))
    assert sorted(one.to[0] for one in mail.outbox) == wanted
    assert Letter.objects.filter(left_at=None).count() == 0
    assert resume_letters(at=timezone.now()) == 0


def test_what_is_just_being_sent_is_left_alone(house):
    call, people = asked(house)
    killed(tell_asked, call.pk, ago=QUIET / 2)
    reached(f"cover_asked/{call.pk}", house, "cleo", left=False, ago=QUIET / 2)
    assert resume_letters(at=timezone.now()) == 0
    tell_asked.call(call.pk)
    assert len(mail.outbox) == len(people) - 1


def test_a_reminder_is_a_mail_of_its_own(house):
    said = Asking(DAY, DAY + timedelta(days=30), DAY - timedelta(days=2))
    first, later = house.early - timedelta(days=9), house.early - timedelta(days=5)
    call = open_call(key=uuid4(), centre=house.centre, said=said, by=None, at=first, link="https://x")
    keys = [one.pk for one in house.people.values()]
    for _twice in range(2):
        tell_call.call(call.pk, keys, "https://x", False)
    assert len(mail.outbox) == len(keys)
    for n in range(2):
        remind(call=call, at=later + timedelta(days=n), link="https://x")
        tell_call.call(call.pk, keys, "https://x", True)
    assert len(mail.outbox) == 3 * len(keys)


def test_every_teller_is_resumed_and_letters_are_forgotten(house):
    assert len({one.module_path for one in TELLERS}) == 8
    reached("changed/1", house, "ann", left=True, ago=timedelta(days=31))
    reached("changed/2", house, "ann", left=True, ago=timedelta(days=29))
    assert forget_letters(at=timezone.now()) == 1
