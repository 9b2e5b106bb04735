"""Addresses of pages about kits that a centre and a network both have."""

from __future__ import annotations

from django import template

from parvis.agenda.kit_addresses import address_of
from parvis.centres.models import Holder
from parvis.centres.words import own_name

register = template.Library()


@register.simple_tag
def kit_url(holder: Holder, name: str, *args: object) -> str:
    """The address of the page ``name`` of ``holder``."""
    return address_of(holder, name, *args)


@register.filter
def hours(minutes: int) -> str:
    """Minutes from the beginning as a clock shows them: 0:45, 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


register.filter("own_name", own_name)
