"""Addresses of team pages: the same names for a centre and for a network."""

from __future__ import annotations

from django import template
from django.urls import reverse

from parvis.centres.models import Centre, Place

register = template.Library()


@register.simple_tag(name="team_url")
def address(place: Place, name: str, *args: object) -> str:
    """The address of the team page ``name`` of ``place``."""
    prefix = "" if isinstance(place, Centre) else "network_"
    return reverse(f"centres:{prefix}{name}", args=[place.slug, *args])
