"""Days and languages as visitors read them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from parvis.shared.speaking import a_day

register = template.Library()
COMMA = {"de", "es", "pt", "bg", "uk", "hr"}  # between a weekday and its day


@register.simple_tag
def spoken(names: dict[str, str], code: str) -> str:
    """A language by its own name."""
    return names.get(code, code)


@register.simple_tag
def a_weekday(day: date) -> str:
    """A day with its weekday, the year left out, as the active language writes it at the start of a line."""
    weekday = date_format(day, "l")
    comma = "," if get_language() in COMMA else ""
    return f"{weekday[:1].upper()}{weekday[1:]}{comma} {a_day(day)}"
