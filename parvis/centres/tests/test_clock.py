"""The centre's clock: the real one, unless a demonstration has set it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db
ELEVEN = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def test_a_real_centre_lives_in_real_time():
    before = timezone.now()
    assert before <= a_centre().now() <= timezone.now()


@pytest.mark.parametrize("speed", [0, 1, 10, 60])
def test_a_demonstration_centre_lives_at_its_own_speed(speed):
    centre = a_centre(
        clock_set_at=timezone.now() - timedelta(seconds=30), clock_showed=ELEVEN, clock_speed=speed
    )
    passed = (centre.now() - ELEVEN).total_seconds()
    assert 30 * speed <= passed <= 31 * speed


def test_a_clock_half_set_is_refused():
    with pytest.raises(IntegrityError):
        a_centre(clock_speed=60)
