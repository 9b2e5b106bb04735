"""Waits in words, in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from parvis.reception.visitor_waits import wait_in_short, wait_in_words

register = template.Library()


@register.filter
def at(table: Mapping[Any, Any], key: Any) -> Any:
    """The value that a page's table has for ``key``."""
    return table.get(key)


register.filter("wait", wait_in_words)
register.filter("wait_short", wait_in_short)
