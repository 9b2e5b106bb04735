"""Nights are written down; one rule that fails keeps none of the others; a clock that jumped stops everything."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from parvis.shared import nights, retention
from parvis.shared.management.commands.db_worker import watch_nights
from parvis.shared.models import LiveVersion, Night
from parvis.shared.nights import Trouble
from parvis.shared.tasks import forget

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
SOMEBODY = "Samira Vidal"
A_DAY = timedelta(days=1)
RUN, STOPPED, CONFIRMED = Night.Kind.RUN, Night.Kind.STOPPED, Night.Kind.CONFIRMED


class Lost(retention.NotForgotten):
    says = "%(missing)s of %(all)s are missing."


def refuses(*, at):
    LiveVersion.objects.all().delete()
    raise Lost(missing=3, all=4)


def breaks(*, at):
    raise DatabaseError(f"Key (name)=({SOMEBODY}) is there already")


def empties(*, at):
    return LiveVersion.objects.all().delete()[0]


@pytest.fixture
def rules(monkeypatch):
    """Only rules of our own: one that works stands behind two that do not."""
    monkeypatch.setattr(retention, "_RULES", {})
    for name, rule in [("refuses", refuses), ("breaks", breaks), ("empties", empties)]:
        retention.register(retention.Rule(name, rule))
    LiveVersion.objects.create(topic="house/1")


def kinds() -> list[str]:
    return [night.kind for night in reversed(nights.last_nights())]


@pytest.mark.usefixtures("rules")
class TestFailing:
    def test_one_rule_that_fails_does_not_keep_the_others(self):
        night = nights.forget_now(at=AT)
        assert (night.kind, night.done, night.forgotten) == (RUN, True, {"empties": 1})
        assert night.failed == {
            "refuses": {"says": Lost.says, "missing": 3, "all": 4},
            "breaks": {"says": retention.UNFORESEEN, "error": "DatabaseError"},
        }
        assert Night.objects.get().failed == night.failed
        assert nights.trouble(at=AT + timedelta(hours=8)) == Trouble("failed", AT)

    def test_what_a_failed_rule_did_is_undone(self):
        retention._RULES.pop("empties")
        nights.forget_now(at=AT)
        assert LiveVersion.objects.count() == 1

    def test_no_word_of_a_row_is_kept(self, caplog):
        nights.forget_now(at=AT)
        assert SOMEBODY not in str(Night.objects.values().get())
        assert SOMEBODY not in caplog.text
        assert "in breaks" in caplog.text

    def test_the_command_says_it_and_ends_with_an_error(self):
        out, wrong = StringIO(), StringIO()
        with pytest.raises(CommandError, match="Not everything"):
            call_command("forget", stdout=out, stderr=wrong)
        assert out.getvalue() == "     1 empties\n"
        assert "Not forgotten: refuses. 3 of 4 are missing." in wrong.getvalue()

    def test_a_rehearsal_says_it_and_changes_nothing(self):
        assert retention.rehearse(at=AT) == [
            retention.Outcome("refuses", why={"says": Lost.says, "missing": 3, "all": 4}),
            retention.Outcome("breaks", why={"says": retention.UNFORESEEN, "error": "DatabaseError"}),
            retention.Outcome("empties", 1),
        ]
        assert (LiveVersion.objects.count(), Night.objects.count()) == (1, 0)
        assert not retention.rehearsing()


class TestClock:
    def test_the_first_night_is_free(self):
        assert not nights.has_jumped(at=AT)
        assert nights.forget_now(at=AT).kind == RUN

    @pytest.mark.parametrize(
        ("later", "kind"),
        [
            (2 * A_DAY, RUN),
            (-2 * A_DAY, RUN),
            (2 * A_DAY + timedelta(seconds=1), STOPPED),
            (-2 * A_DAY - timedelta(seconds=1), STOPPED),
            (3650 * A_DAY, STOPPED),
        ],
    )
    def test_more_than_two_days_either_way_stop_it(self, later, kind):
        nights.forget_now(at=AT)
        LiveVersion.objects.create(topic="house/1")
        night = nights.forget_now(at=AT + later)
        assert night.kind == kind
        assert (night.forgotten == {}, night.since) == (kind == STOPPED, AT if kind == STOPPED else None)

    def test_every_night_says_it_again_until_somebody_confirms(self):
        nights.forget_now(at=AT)
        for day in (7, 8):
            at = AT + day * A_DAY
            nights.forget_now(at=at)
            assert nights.trouble(at=at) == Trouble("stopped", AT)
        assert nights.confirm_clock(at=at)
        assert not nights.confirm_clock(at=at)  # twice changes nothing
        assert nights.trouble(at=at) is None
        nights.forget_now(at=at + A_DAY)
        assert kinds() == [RUN, STOPPED, STOPPED, CONFIRMED, RUN]

    def test_a_clock_that_is_set_right_again_goes_on_by_itself(self):
        for at in (AT, AT + 3650 * A_DAY, AT + A_DAY):
            nights.forget_now(at=at)
        assert kinds() == [RUN, STOPPED, RUN]

    def test_a_stopped_night_forgets_nothing_and_plans_the_next(self):
        nights.forget_now(at=timezone.now() - 7 * A_DAY)
        ended = timezone.now() - 30 * A_DAY
        forget.enqueue()
        DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=ended)
        assert forget.call() == {}
        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]

    def test_the_command_stops_and_goes_on_when_told(self):
        nights.forget_now(at=timezone.now() - 7 * A_DAY)
        with pytest.raises(CommandError, match="--clock-is-right"):
            call_command("forget", stdout=StringIO())
        out = StringIO()
        call_command("forget", "--dry-run", stdout=out)
        assert "the clock has jumped" in out.getvalue()
        call_command("forget", "--clock-is-right", stdout=out)
        assert "0 ended sessions" in out.getvalue()
        call_command("forget", "--clock-is-right", stdout=out)
        assert "Nothing had stopped." in out.getvalue()
        assert kinds() == [RUN, STOPPED, CONFIRMED, RUN, RUN]


class TestTrouble:
    def test_none_before_the_first_night_and_after_a_good_one(self):
        assert nights.trouble(at=AT) is None
        nights.forget_now(at=AT)
        assert nights.trouble(at=AT + A_DAY) is None

    def test_nights_that_do_not_come(self):
        nights.forget_now(at=AT)
        assert nights.trouble(at=AT + 3 * A_DAY) == Trouble("missing", AT)

    def test_one_that_was_cut_off(self):
        Night.objects.create(at=AT, kind=RUN, done=False)
        assert nights.trouble(at=AT + timedelta(hours=1)) is None
        assert nights.trouble(at=AT + timedelta(hours=7)) == Trouble("failed", AT)

    def test_one_query(self, django_assert_num_queries):
        for day in (0, 1, 2):
            nights.forget_now(at=AT + day * A_DAY)
        with django_assert_num_queries(1):
            nights.trouble(at=AT)
        with django_assert_num_queries(1):
            assert len(nights.last_nights()) == 3


def test_two_runs_of_one_night_plan_one_next():
    forget.call()
    forget.call()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sees_by_itself_that_a_wrong_clock_planned_its_night():
    forget.using(run_after=timezone.now() + 3650 * A_DAY).enqueue()
    ended = threading.Event()
    watch = threading.Thread(target=watch_nights, args=[ended, 0.01])
    watch.start()
    until = time.monotonic() + 20
    night = DBTaskResult.objects.filter(task_path=forget.module_path)
    while not night.filter(run_after=get_date_max()).exists() and time.monotonic() < until:
        time.sleep(0.02)
    ended.set()
    watch.join()
    assert night.get().run_after == get_date_max()  # at once


def test_a_night_is_kept_for_a_year():
    nights.forget_now(at=AT)
    assert nights.forget_nights(at=AT + 365 * A_DAY) == 0
    assert nights.forget_nights(at=AT + 366 * A_DAY) == 1
