"""The door is counted once per crossing, however it is counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from parvis.centres.factories import a_centre
from parvis.reception import actions
from parvis.reception.actions.passages import hour_of
from parvis.reception.factories import a_device
from parvis.reception.models import Device, Passage
from parvis.reception.queries.passages import passages_by_hour

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 30, tzinfo=ZoneInfo("Europe/Paris"))
DAY = NOON.date()


def door():
    return a_centre().sites.get()


def total(site):
    return sum(hour.count for hour in passages_by_hour(site.centre, DAY, DAY))


def test_a_click_counts_once_and_can_be_taken_back():
    site, key = door(), uuid4()
    first = actions.count_passages(site=site, key=key, count=1, at=NOON)
    again = actions.count_passages(site=site, key=key, count=1, at=NOON + timedelta(minutes=2))
    assert (again, first.hour, first.source, total(site)) == (first, 12, "clicker", 1)
    actions.undo_passages(centre=site.centre, key=key, at=NOON)
    assert total(site) == 0
    other = actions.count_passages(site=site, key=uuid4(), count=1, at=NOON)
    with pytest.raises(actions.TooLate):
        actions.undo_passages(centre=site.centre, key=other.key, at=NOON + timedelta(days=1))


def test_a_sensor_tells_when_it_counted():
    site = door()
    sensor = a_device(site.centre, Device.Kind.SENSOR)
    late = actions.count_passages(
        site=site, key=uuid4(), count=14, at=NOON, counted_at=NOON - timedelta(hours=2), device=sensor
    )
    assert (late.hour, late.source, late.count) == (10, "sensor", 14)
    with pytest.raises(actions.NotYet):
        actions.count_passages(site=site, key=uuid4(), count=1, at=NOON, counted_at=NOON + timedelta(hours=1))
    with pytest.raises(actions.TooLate):
        actions.count_passages(site=site, key=uuid4(), count=1, at=NOON, counted_at=NOON - timedelta(days=8))


def test_an_hour_typed_in_stands_for_the_whole_hour():
    site = door()
    actions.count_passages(site=site, key=uuid4(), count=3, at=NOON)
    start = hour_of(site.centre, NOON, 12)
    actions.enter_hour(site=site, key=uuid4(), start=start, count=20, at=NOON)
    assert total(site) == 20
    actions.enter_hour(site=site, key=uuid4(), start=start, count=22, at=NOON)
    actions.enter_hour(site=site, key=uuid4(), start=start, count=22, at=NOON)
    assert total(site) == 22
    assert Passage.objects.filter(source="hourly").count() == 2
    actions.enter_hour(site=site, key=uuid4(), start=start, count=None, at=NOON)
    assert total(site) == 3


def test_an_hour_to_come_or_of_another_day_is_refused():
    site = door()
    with pytest.raises(actions.NotYet):
        actions.enter_hour(site=site, key=uuid4(), start=hour_of(site.centre, NOON, 13), count=1, at=NOON)
    with pytest.raises(actions.TooLate):
        actions.enter_hour(site=site, key=uuid4(), start=NOON - timedelta(days=1), count=1, at=NOON)
