"""A centre whose clock stands still."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from parvis.centres.models import Centre


def stands(centre: Centre, at: datetime) -> None:
    """From now on it is ``at`` in that centre."""
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = timezone.now(), at, 0
    centre.save()
