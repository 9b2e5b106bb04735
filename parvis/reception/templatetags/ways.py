"""Links from a visitor at a desk to the pages of rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import reverse

from parvis.reception.ways_on import ways_for

register = template.Library()


@dataclass(frozen=True)
class Link:
    """A way on, with its address for one ticket."""

    address: str
    label: str
    short: str
    icon: str


@register.simple_tag(takes_context=True)
def ways_on(context: Context, ticket: int) -> list[Link]:
    """Where the visitor of ``ticket`` may go from here, as far as the reader may send them."""
    return links(context, ticket, while_here=False)


@register.simple_tag(takes_context=True)
def while_here(context: Context, ticket: int) -> list[Link]:
    """What else there is to do while the visitor of ``ticket`` sits at the desk."""
    return links(context, ticket, while_here=True)


def links(context: Context, ticket: int, *, while_here: bool) -> list[Link]:
    parts = {"centre": context["centre"].slug, "ticket": ticket}
    return [
        Link(reverse(way.url_name, kwargs=parts), str(way.label), str(way.short), way.icon)
        for way in ways_for(context["held"], while_here=while_here)
    ]
