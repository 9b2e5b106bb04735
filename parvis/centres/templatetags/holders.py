"""Addresses of pages that a centre and a network both have: the same names, the network's with a prefix."""

from __future__ import annotations

from django import template
from django.urls import reverse

from parvis.centres.models import Centre, Holder

register = template.Library()


@register.simple_tag
def holder_url(holder: Holder, name: str, *args: object) -> str:
    """The address of the page ``name`` of ``holder``."""
    prefix = "" if isinstance(holder, Centre) else "network_"
    return reverse(f"centres:{prefix}{name}", args=[holder.slug, *args])
