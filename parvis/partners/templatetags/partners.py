"""Lists of keys as words."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.translation import get_language_info

from parvis.partners.models import Field, Part

register = template.Library()


@register.filter
def parts_in_words(keys: Sequence[str]) -> str:
    """What an institution is for the centre."""
    return ", ".join(str(part.label).split(":")[0].strip() for part in Part if part in keys)


@register.filter
def fields_in_words(keys: Sequence[str]) -> str:
    """What it works in."""
    return ", ".join(str(field.label) for field in Field if field in keys)


@register.filter
def languages_in_words(codes: Sequence[str]) -> str:
    """Languages, each in the reader's own."""
    return ", ".join(str(get_language_info(code)["name_translated"]) for code in codes)
