"""A worker that starts goes on with what a killed one left, and looks once more a minute later."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from parvis.reception.actions import past
from parvis.reception.actions.past.work import Work
from parvis.reception.models import Act, PastImport
from parvis.reception.models.past import SILENT_AFTER, Stage
from parvis.reception.tests.past.house import a_preset_centre, checked, sent, worked
from parvis.shared.resuming import resume_all
from parvis.shared.tasks import LOOK_AGAIN, forget, resume_interrupted, see_that_work_goes_on

pytestmark = pytest.mark.django_db
FILE = b"Date;Theme\n12/03/2019;Emploi\n13/03/2019;Formation\n"


@pytest.fixture
def killed(settings, tmp_path):
    """An import whose worker was killed before its first row."""
    settings.MEDIA_ROOT = tmp_path
    one = past.bring_in(past_import=checked(sent(a_preset_centre(), FILE, "a.csv")))
    assert Work.claim(one.pk, Stage.RUNNING)
    return one


def silence(one, seconds):
    PastImport.objects.filter(pk=one.pk).update(beat_at=timezone.now() - timedelta(seconds=seconds))


def asked(task_path):
    return DBTaskResult.objects.filter(task_path__contains=task_path, status=TaskResultStatus.READY).count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("seconds", "resumed"), [(44, 0), (46, 1)])
def test_what_was_silent_for_too_long_goes_on(killed, seconds, resumed):
    silence(killed, seconds)
    DBTaskResult.objects.all().delete()
    assert resume_all(at=timezone.now())["imports"] == resumed
    assert asked("bring_in_past") == resumed
    if resumed:
        assert worked(killed).stage == Stage.DONE
        assert Act.objects.counted().count() == 2


def test_the_worker_looks_when_it_starts_and_once_more(killed):
    for _ in range(2):
        see_that_work_goes_on()
    (planned,) = DBTaskResult.objects.filter(task_path=resume_interrupted.module_path)
    assert LOOK_AGAIN > SILENT_AFTER
    assert planned.run_after > timezone.now() + SILENT_AFTER
    silence(killed, 46)
    assert resume_interrupted.call()["imports"] == 1


def test_the_try_of_a_killed_worker_ends_when_its_work_goes_on(killed):
    DBTaskResult.objects.all().delete()
    silence(killed, 46)
    path = "parvis.reception.actions.past.tasks.bring_in_past"
    for pk in (killed.pk, killed.pk + 1):
        a_try(path, [pk])
    resume_all(at=timezone.now())
    ended = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert (ended.args_kwargs["args"], ended.finished_at is not None) == ([killed.pk], True)
    assert DBTaskResult.objects.running().count() == 1  # another import's


def test_short_work_of_a_killed_worker_ends_when_the_next_one_starts():
    now = timezone.now()
    for minutes in (59, 61):
        a_try(forget.module_path, [], started_at=now - timedelta(minutes=minutes))
    see_that_work_goes_on()
    assert sorted(
        DBTaskResult.objects.filter(task_path=forget.module_path).values_list("status", flat=True)
    ) == [
        TaskResultStatus.FAILED,
        TaskResultStatus.RUNNING,
    ]


def a_try(path, arguments, started_at=None):
    return DBTaskResult.objects.create(
        task_path=path,
        args_kwargs={"args": arguments, "kwargs": {}},
        status=TaskResultStatus.RUNNING,
        started_at=started_at or timezone.now(),
        run_after=timezone.now(),
        backend_name="default",
    )


def test_the_command_says_how_much_it_began(killed):
    silence(killed, 46)
    said = StringIO()
    call_command("resume_past", stdout=said)
    assert said.getvalue() == "1 resumed, 0 given up\n"
