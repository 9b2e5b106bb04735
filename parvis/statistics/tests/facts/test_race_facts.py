"""Late writes while facts are read: what a snapshot has missed is noticed, and found the next time."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from parvis.reception.factories import an_act, coded_centre
from parvis.reception.models import Act
from parvis.statistics.cube.facts import Unit
from parvis.statistics.facts.refresh import rebuild, refresh
from parvis.statistics.models import LateChange, Snapshot, Touched
from parvis.statistics.tests.facts.scenes import assert_agreement
from parvis.statistics.tests.facts.test_snapshots import counted

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NIGHT = datetime(2026, 6, 1, 2, tzinfo=UTC)
DAYS = [date(2026, 3, 2) + timedelta(days=n) for n in range(4)]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path


def noon(centre, day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=centre.zone)


def test_what_is_written_while_a_month_is_read_is_read_the_next_time():
    centre = coded_centre()
    an_act(centre, noon(centre, DAYS[0]))
    rebuild(at=NIGHT)
    Touched.objects.all().delete()

    def too_late(month):  # the month has been read; what was touched before is still to be taken off
        an_act(centre, noon(centre, DAYS[0]))

    an_act(centre, noon(centre, DAYS[1]))
    rebuild(at=NIGHT + timedelta(hours=1), told=too_late)
    assert [counted(Unit.ACTS, day, centre) for day in DAYS[:2]] == [1, 1]
    assert set(Touched.objects.values_list("first", flat=True)) == {DAYS[0]}
    assert refresh(at=NIGHT + timedelta(days=1)) == 1
    assert counted(Unit.ACTS, DAYS[0], centre) == 2
    assert not Touched.objects.exists()


def test_six_who_write_late_while_two_refresh_lose_nothing():
    centre = coded_centre()
    for day in DAYS:
        an_act(centre, noon(centre, day))
    rebuild(at=NIGHT)
    Touched.objects.all().delete()

    def write(seed):
        draw = random.Random(seed)
        try:
            for _n in range(8):
                act = an_act(centre, noon(centre, draw.choice(DAYS)))
                if draw.random() < 0.4:
                    Act.objects.filter(pk=act.pk).update(undone_at=NIGHT)
        finally:
            connection.close()

    def read(turn):
        try:
            for n in range(3):
                refresh(at=NIGHT + timedelta(hours=1, minutes=10 * n + turn))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(write, n) for n in range(6)] + [pool.submit(read, n) for n in range(2)]
        for one in done:
            one.result()
    refresh(at=NIGHT + timedelta(days=1))
    assert_agreement(centre, DAYS[0], DAYS[-1])
    told = [counted(Unit.ACTS, day, centre) for day in DAYS]
    assert told == [Act.objects.counted().filter(date=day).count() for day in DAYS]
    assert not Touched.objects.exists()
    assert Snapshot.objects.in_force().count() == len(Unit)
    traces = LateChange.objects.filter(unit="acts", date=DAYS[0]).order_by("pk")
    assert sum(one.after - one.before for one in traces) == told[0] - 1
