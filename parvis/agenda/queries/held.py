"""What was held: how many took part on each day."""

from __future__ import annotations

from collections import Counter
from datetime import date

from parvis.agenda.models import Session
from parvis.centres.models import Centre


def participants_by_day(centre: Centre, first: date, last: date) -> Counter[date]:
    """People in the room and online on each day on which something was held, none included: one query.

    Something that lasts several days counts on the first of them.
    """
    begins, ends = centre.bounds(first)[0], centre.bounds(last)[1]
    rows = Session.objects.filter(
        centre=centre, state=Session.State.HELD, begins_at__gte=begins, begins_at__lt=ends
    )
    found: Counter[date] = Counter()
    for at, room, online in rows.values_list("begins_at", "participants", "online_participants"):
        found[centre.local_day(at)] += (room or 0) + (online or 0)
    return found
