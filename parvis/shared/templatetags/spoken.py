"""Days and languages as visitors read them."""

from __future__ import annotations

from django import template

from parvis.shared.speaking import a_weekday

register = template.Library()


@register.simple_tag
def spoken(names: dict[str, str], code: str) -> str:
    """A language by its own name."""
    return names.get(code, code)


register.simple_tag(a_weekday)
