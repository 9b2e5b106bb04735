"""Who has really come."""

from __future__ import annotations

from datetime import date

from parvis.centres.models import Centre
from parvis.rota.models import Held


def here_now(centre: Centre, day: date) -> dict[int, bool]:
    """The slots of ``day`` in which somebody came, and whether they are still there: one query."""
    found: dict[int, bool] = {}
    rows = Held.objects.filter(centre=centre, date=day, slot__isnull=False).values_list("slot", "ended_at")
    for slot, ended_at in rows:
        found[slot] = found.get(slot, False) or ended_at is None
    return found
