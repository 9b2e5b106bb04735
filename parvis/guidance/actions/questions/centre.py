"""How a centre takes questions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db import transaction

from parvis.centres.models import Centre
from parvis.guidance.models import QuestionSettings


@dataclass(frozen=True)
class LiveHours:
    """When a centre answers at once: weekdays (0 is Monday), from and until on its clock, the longest wait in minutes."""

    on: bool
    days: Collection[int] = range(5)
    begins: time = time(9)
    ends: time = time(12)
    wait: int = 15


@transaction.atomic
def set_questions(
    *, centre: Centre, taken: bool, promise: int, reviewed: bool, live: LiveHours | None = None
) -> QuestionSettings:
    """Take questions online or no longer, with which promise, read by a second adviser or not, and when at once.

    What was asked before keeps its promised day, and is answered. Without ``live`` the live hours stay as they are.
    """
    said: dict[str, Any] = {"taken": taken, "promise": promise, "reviewed": reviewed}
    if live:
        said |= {"live": live.on, "live_days": sorted(live.days), "live_wait": live.wait}
        said |= {"live_from": live.begins, "live_until": live.ends}
    return QuestionSettings.objects.update_or_create(centre=centre, defaults=said)[0]
