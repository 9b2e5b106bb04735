"""Addresses of pages that a centre and a network both have: the same names, the network's with a prefix."""

from __future__ import annotations

from django.urls import reverse

from parvis.centres.models import Centre, Holder


def address_of(holder: Holder, name: str, *args: object) -> str:
    """The address of the page ``name`` of ``holder``."""
    prefix = "" if isinstance(holder, Centre) else "network_"
    return reverse(f"agenda:{prefix}{name}", args=[holder.slug, *args])
