"""Addresses of pages that a centre and a network both have, and texts in a language of one's choice."""

from __future__ import annotations

from django import template
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Holder
from parvis.centres.words import own_name
from parvis.surveys.addresses import address_of

register = template.Library()


@register.simple_tag
def ask_url(holder: Holder, name: str, *args: object) -> str:
    """The address of the page ``name`` of ``holder``."""
    return address_of(holder, name, *args)


@register.filter
def worded(text: LazyI18nString | str, language: str) -> str:
    """A text in ``language``, else as the reader's language has it."""
    return text.localize(language) if isinstance(text, LazyI18nString) else str(text)


register.filter("own_name", own_name)
