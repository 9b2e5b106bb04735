"""Months that no file holds: read once and kept while nothing changes, the same as files say; too many are prepared instead."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception.factories import an_act, coded_centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, Dimension, Question
from parvis.statistics.facts import extract, fresh
from parvis.statistics.facts.refresh import rebuild
from parvis.statistics.models import Snapshot
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.statistics.tests.facts.scenes import an_import, lively_days, sign
from parvis.statistics.tests.reports.scene import a_report

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 2, 10), date(2025, 3, 4), date(2025, 6, 20))
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
BY = {
    Unit.PASSAGES: (Dimension.HOUR,),
    Unit.CONTACTS: (Dimension.THEME, Dimension.MONTH),
    Unit.ACTS: (Dimension.THEME, Dimension.NEED),
    Unit.PARTICIPANTS: (Dimension.EVENT_KIND,),
    Unit.WAITS: (Dimension.HOUR,),
    Unit.GROUP_PEOPLE: (Dimension.AGE_BAND,),
    Unit.PROFILES: (Dimension.GENDER,),
    Unit.EVENTS: (Dimension.SECTOR, Dimension.PRESENCE),
    Unit.CLASSES: (Dimension.OBJECTIVE,),
    Unit.PUPILS: (Dimension.AGE_BAND,),
}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path
    cache.clear()


@pytest.fixture
def centre():
    centre = coded_centre()
    for n, day in enumerate(DAYS):
        lively_days(centre, day, random.Random(n), days=1)
    an_import(centre, DAYS[1] + timedelta(days=5), random.Random(9))
    sign(centre, DAYS[1])
    return centre


def asked(centre, unit, first=DAYS[0], last=DAYS[-1]):
    question = Question(unit, BY[unit], first, last, frozenset({centre.pk}))
    return answered(question, engine_words([centre]), [centre], AT, of=centre).cells


@pytest.fixture
def readings(monkeypatch):
    """How often the operational tables are read."""
    found, read = [], extract._read

    def counted(duck, folder, centres, first, last, wanted):
        found.append((first, last))
        read(duck, folder, centres, first, last, wanted)

    monkeypatch.setattr(extract, "_read", counted)
    return found


@pytest.mark.parametrize("unit", Unit)
def test_what_is_read_afresh_is_what_files_say(centre, unit):
    before = asked(centre, unit)
    assert before[(ALL,) * len(BY[unit])].n > 0
    rebuild(at=AT)
    assert asked(centre, unit) == before
    Snapshot.objects.filter(month=DAYS[1].replace(day=1)).delete()
    assert asked(centre, unit) == before, "a gap between files"


def test_settled_months_are_read_once_until_something_changes(centre, readings):
    first = asked(centre, Unit.ACTS)
    assert asked(centre, Unit.ACTS) == first
    assert readings == [(date(2025, 2, 1), date(2025, 6, 30))]
    an_act(centre, datetime(2025, 3, 4, 9, tzinfo=centre.zone))
    more = asked(centre, Unit.ACTS)
    assert more[ALL, ALL].n == first[ALL, ALL].n + 1
    assert len(readings) == 2


def test_days_that_may_change_are_read_at_each_question_and_once_for_a_page(readings):
    centre = coded_centre()
    now = datetime.now(UTC)
    today = centre.local_day(now)
    an_act(centre, now)
    words = engine_words([centre])
    question = Question(Unit.ACTS, (), today, today, frozenset({centre.pk}))
    assert answered(question, words, [centre], now).total == 1
    an_act(centre, now)
    assert answered(question, words, [centre], now).total == 2
    readings.clear()
    with fresh.one_reading():
        assert [answered(question, words, [centre], now).total for _n in range(8)] == [2] * 8
        with fresh.one_reading():
            assert answered(question, words, [centre], now).total == 2
    assert len(readings) == 1
    assert [one for one in fresh.work_folder().glob("fresh-*/*")] == []


def test_a_settled_day_that_changed_since_the_night_is_told_at_once_and_agrees_with_its_day(centre):
    rebuild(at=AT)
    before = asked(centre, Unit.ACTS)[ALL, ALL].n
    an_act(centre, datetime(2025, 3, 4, 9, tzinfo=centre.zone))
    assert asked(centre, Unit.ACTS)[ALL, ALL].n == before + 1
    assert asked(centre, Unit.ACTS, DAYS[2], DAYS[2]) != {}


def test_years_before_anything_was_known_are_not_read(centre, readings):
    rebuild(at=AT)
    readings.clear()
    assert asked(centre, Unit.ACTS, date(1995, 1, 1), date(2024, 12, 31)) == {}
    assert readings == []
    an_act(centre, datetime(2021, 3, 4, 9, tzinfo=centre.zone))
    assert asked(centre, Unit.ACTS, date(1995, 1, 1), date(2024, 12, 31))[ALL, ALL].n == 1


def test_more_than_a_reader_waits_for_is_prepared_once(client, centre, monkeypatch):
    monkeypatch.setattr(fresh, "MOST", 5)
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    where = reverse("statistics:explorer", kwargs={"centre": centre.slug})
    query = "?count=acts&rows=theme&period=year-2025"
    for _n in range(2):
        page = client.get(where + query)
        assert page.status_code == 200
        assert "These figures are being prepared." in page.content.decode()
        assert '<option value="acts" selected>' in page.content.decode()
    file = reverse("statistics:explorer_file", kwargs={"centre": centre.slug, "kind": "csv"})
    answer = client.get(file + query)
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "These figures are being prepared." in answer.content.decode()
    assert DBTaskResult.objects.filter(task_path=fresh.make_files.module_path).count() == 1
    fresh.make_files.call()
    page = client.get(where + query).content.decode()
    assert "These figures are being prepared." not in page
    assert "Acts by theme" in page


def test_a_report_says_so_in_the_block_and_is_made(centre, monkeypatch):
    monkeypatch.setattr(fresh, "MOST", 5)
    report = a_report(centre, "ready:dashboard", days=(date(2025, 1, 1), date(2025, 12, 31)))
    told = [part.figures["missing"] for part in report.parts.all()]
    assert "These figures are being prepared. Take the figures again in some minutes." in told


def test_a_reading_asks_the_same_queries_for_few_and_many_months(centre):
    asked(centre, Unit.ACTS)  # the store is made
    counts = []
    for last in DAYS[1:]:
        fresh._kept.clear()
        with CaptureQueriesContext(connection) as found:
            asked(centre, Unit.ACTS, DAYS[0], last)
        counts.append(len(found))
    assert counts[0] == counts[1]
