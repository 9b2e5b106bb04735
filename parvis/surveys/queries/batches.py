"""Up to which day a survey that goes on may be broken down: one answer more since yesterday would be one person's."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from parvis.shared.disclosure import THRESHOLD
from parvis.surveys.models import Collection, Response


def told_until(collection: Collection, today: date) -> date | None:
    """The last day whose answers are told: its last, once it is over; until then the end of the last whole ten.

    Days are taken together until ten have answered on them, so that two looks at the page never differ by fewer; none: nothing is told yet.
    One query.
    """
    if collection.closes_on is not None and collection.closes_on < today:
        return collection.closes_on
    rows = Response.objects.filter(collection=collection, day__lt=today).values_list("day")
    found: date | None = None
    waiting = 0
    for day, n in rows.annotate(n=Count("pk")).order_by("day"):
        waiting += n
        if waiting >= THRESHOLD:
            found, waiting = day, 0
    return found
