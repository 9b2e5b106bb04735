"""Links in mails."""

from __future__ import annotations

from django import template
from django.urls import reverse

from parvis.shared.address import linked

register = template.Library()


@register.simple_tag
def mail_link(name: str, *args: object) -> str:
    """The whole address of a page; nothing where this installation's own is not known."""
    return linked(reverse(name, args=args))
