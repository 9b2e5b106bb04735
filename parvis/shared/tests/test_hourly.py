"""What the worker looks for every hour."""

from datetime import UTC, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from parvis.shared import hourly
from parvis.shared.tasks import look_around, see_that_hours_come

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def looks(monkeypatch):
    own = {}
    monkeypatch.setattr(hourly, "_LOOKS", own)
    return own


def test_one_that_fails_does_not_keep_the_others(looks):
    def fails(*, at):
        raise ValueError

    hourly.register("first", fails)
    hourly.register("second", lambda *, at: at.hour)
    assert hourly.look_at_all(at=AT) == {"second": 9}


def test_the_same_name_replaces(looks):
    hourly.register("one", lambda *, at: 1)
    hourly.register("one", lambda *, at: 2)
    assert hourly.look_at_all(at=AT) == {"one": 2}


def test_one_look_waits_at_a_time(looks):
    see_that_hours_come()
    see_that_hours_come()
    assert DBTaskResult.objects.filter(task_path=look_around.module_path).count() == 1
    assert look_around.call() == {}
