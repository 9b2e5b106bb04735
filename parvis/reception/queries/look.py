"""One look at a centre for everybody who follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from parvis.centres.models import Centre
from parvis.reception.models import Announcement
from parvis.reception.queries.house import announced
from parvis.reception.waiting import Waits, expected_waits


@dataclass(frozen=True)
class Look:
    """What boards, kiosks and follow pages all tell at one moment: read once, when the first of them needs it."""

    centre: Centre
    at: datetime

    @cached_property
    def waits(self) -> Waits:
        """Everybody's wait: three queries."""
        return expected_waits(self.centre, self.at)

    @cached_property
    def announcements(self) -> list[Announcement]:
        """What is announced: one query."""
        return announced(self.centre, self.at)
