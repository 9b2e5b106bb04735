"""Days, places and registration of sessions as everybody reads them."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse

from parvis.agenda.queries.public.programme import Line
from parvis.agenda.visitor_programme import (
    WHERE,
    a_month,
    day_of,
    hours_of,
    short_place_of,
    when_of,
    where_of,
)

register = template.Library()
register.filter("a_month", a_month)
register.filter("day_of", day_of)
register.filter("hours_of", hours_of)
register.filter("short_place_of", short_place_of)
register.filter("when_of", when_of)
register.filter("where_of", where_of)


@register.simple_tag
def come_address(line: Line) -> str:
    """Where a place is kept for a session, or nothing where none is."""
    if not line.registers:
        return ""
    try:
        return reverse("agenda:come", args=[line.event.slug, line.session.pk])
    except NoReverseMatch:
        return ""


@register.filter
def by_way(line: Line) -> list[tuple[str, int]]:
    """Where one takes part in a room or online: each way that has a limit, with its places; else nothing."""
    ways = line.left_by_way
    counted = {way: left for way, left in ways.items() if left is not None}
    return [(str(WHERE[way]), left) for way, left in counted.items()] if len(ways) > 1 else []
