"""Tags that every template has: icons and theme shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
ICONS = Path(settings.BASE) / "node_modules" / "lucide-static" / "icons"


@cache
def _drawing(name: str) -> SafeString:
    svg = (ICONS / f"{name}.svg").read_text()
    return mark_safe(svg[svg.index(">", svg.index("<svg")) + 1 : svg.index("</svg>")].strip())  # noqa: S308


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An outline icon of the set, 1 em high. Silent for screen readers unless it has a ``label``."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        said,
        _drawing(name),
    )
