"""Every night something is forgotten, and the next night is planned first."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from parvis.accounts.models import Session
from parvis.centres.factories import a_person
from parvis.shared import forgetting
from parvis.shared.nights import forget_now
from parvis.shared.tasks import forget, next_night, see_that_nights_come

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (datetime(2026, 6, 1, 1, 59, tzinfo=UTC), datetime(2026, 6, 1, 2, tzinfo=UTC)),
        (datetime(2026, 6, 1, 2, 0, tzinfo=UTC), datetime(2026, 6, 2, 2, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), datetime(2027, 1, 1, 2, tzinfo=UTC)),
    ],
)
def test_the_next_night(at, night):
    assert next_night(at) == night


def test_a_worker_plans_one_night_however_often_it_starts():
    see_that_nights_come()
    see_that_nights_come()
    assert DBTaskResult.objects.filter(task_path=forget.module_path).count() == 1


def test_a_night_that_a_wrong_clock_planned_years_ahead_counts_for_nothing():
    forget.using(run_after=timezone.now() + timedelta(days=3650)).enqueue()
    see_that_nights_come()
    see_that_nights_come()
    assert DBTaskResult.objects.get().run_after == get_date_max()  # at once


def test_a_night_plans_the_next_one():
    now = timezone.now()
    forgotten = forget.call()
    assert set(forgotten) >= {"who sat at a desk", "ended invitations", "ended sessions"}
    assert DBTaskResult.objects.get().run_after == next_night(now)


def test_background_work_is_kept_for_a_week():
    for days, status in [(8, "SUCCESSFUL"), (8, "FAILED"), (6, "SUCCESSFUL"), (6, "FAILED")]:
        see_that_nights_come()
        ended = AT - timedelta(days=days)
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(status=status, finished_at=ended)
    see_that_nights_come()  # one that waits
    assert forgetting.forget_tasks(at=AT) == 2
    assert DBTaskResult.objects.count() == 3


def test_ended_sessions_go_with_the_address_and_browser_behind_them(client):
    person = a_person()
    person.set_password("a wide open square")
    person.save()
    client.post("/account/login/", {"login": person.email, "password": "a wide open square"})
    now = timezone.now()
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    assert forget_now(at=now).forgotten["ended sessions"] == 0
    forgotten = forget_now(at=now + timedelta(hours=13)).forgotten
    assert (forgotten["ended sessions"], forgotten["addresses and browsers of ended sessions"]) == (1, 1)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_the_address_behind_a_session_goes_after_signing_out(client):
    person = a_person()
    person.set_password("a wide open square")
    person.save()
    client.post("/account/login/", {"login": person.email, "password": "a wide open square"})
    client.post("/account/logout/")
    forget_now(at=timezone.now())
    assert not UserSession.objects.exists()


def test_counts_of_sign_in_tries_are_emptied():
    cache.set("allauth:rl:ip:192.0.2.1", [1], timeout=60)
    assert forgetting.forget_sign_in_limits(at=timezone.now()) == 0
    assert forgetting.forget_sign_in_limits(at=timezone.now() + timedelta(minutes=2)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM parvis_cache")
        assert cursor.fetchone() == (0,)


def test_the_command_says_what_it_did():
    out = StringIO()
    call_command("forget", stdout=out)
    assert "0 who sat at a desk" in out.getvalue()
