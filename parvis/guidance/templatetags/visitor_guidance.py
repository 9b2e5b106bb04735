"""Tags for the pages of threads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from parvis.guidance.visitor_words import DOES_NOT_FIT, NONE_FOUND, NOT_A_CODE, TOO_MANY, WRONG_AT, Who
from parvis.shared.speaking import a_day

register = template.Library()
register.filter("a_day", a_day)


@register.simple_tag
def misread_words() -> dict[str, Any]:
    """What a script says about a code that is none, before it is sent."""
    return {
        "wrong_at": WRONG_AT,
        "does_not_fit": DOES_NOT_FIT,
        "not_a_code": NOT_A_CODE,
        "none_found": NONE_FOUND,
        "too_many": TOO_MANY,
    }


@register.filter
def day_of(text: str) -> date:
    """The day that an entry holds as text."""
    return date.fromisoformat(text)


@register.filter
def who_does(said: str) -> str:
    """Who does a step, as the visitor reads it."""
    return str(Who(said).label)
