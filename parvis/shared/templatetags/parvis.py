"""Tags that every template has: icons and theme shapes."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from parvis.shared.charts import Bars, Columns, Heat, Lines
from parvis.shared.flows import Flows
from parvis.shared.shapes import SHAPES
from parvis.shared.speaking import a_short_day, some_days
from parvis.shared.tabs import Tabs, tabs

register = template.Library()
Figure = Bars | Columns | Flows | Heat | Lines
ICONS = Path(settings.BASE) / "node_modules" / "lucide-static" / "icons"


class Marked(Protocol):
    """Whatever has a colour and a shape: a theme, or a query's line about one."""

    tint: str
    shape: str


@cache
def _drawing(name: str) -> SafeString:
    svg = (ICONS / f"{name}.svg").read_text()
    return mark_safe(svg[svg.index(">", svg.index("<svg")) + 1 : svg.index("</svg>")].strip())  # noqa: S308


@register.simple_tag
def icon(name: str, label: str = "", way: bool = False) -> SafeString:
    """An outline icon of the set, 1 em high. Silent for screen readers unless it has a ``label``.

    ``way``: it points along the reading direction (next, back) and turns round in a right-to-left page. An arrow that
    shows a real direction (to the desk on the right) does not.
    """
    return _icon(name, str(label), way)


@lru_cache(maxsize=1000)  # a page of lists has dozens: each is put together once
def _icon(name: str, label: str, way: bool) -> SafeString:
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        " icon-way" if way else "",
        _said(label),
        _drawing(name),
    )


def _said(label: str) -> SafeString:
    """What a screen reader says of a drawing: its label, or nothing."""
    return format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')


@register.simple_tag(takes_context=True)
def is_current(context: Context, address: str, room: str = "") -> SafeString:
    """``aria-current`` for a menu link: the page itself, a page below it, or one of the tabs of its ``room``."""
    path = context["request"].path if "request" in context else ""
    if path == address:
        return mark_safe(' aria-current="page"')
    below = path.startswith(address) or bool(room and room_tabs(context, room)["found"].tab)
    return mark_safe(' aria-current="true"') if below else mark_safe("")


@register.inclusion_tag("shared/_tabs.html", takes_context=True)
def room_tabs(context: Context, room: str) -> dict[str, Tabs]:
    """The tabs of a room (``parvis.shared.tabs``) that the reader may follow in the centre of the page."""
    request = context["request"]  # a page may call something of its own “held”
    return {"found": tabs(room, request.path, request.centre.slug, request.permissions)}


@register.filter
def days(first: date, last: date) -> str:
    """Days in a row: ``{{ week.first|days:week.last }}``."""
    return some_days(first, last)


register.filter("short_day", a_short_day)


@register.simple_tag
def staff_languages() -> list[tuple[str, str]]:
    """The languages that staff pages speak, each by its own name."""
    return [
        (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.STAFF_LANGUAGES
    ]


@register.simple_tag
def theme_mark(theme: Marked, label: str = "") -> SafeString:
    """A theme's shape in its tint. Decorative, because the theme's name stands beside it; else give a ``label``."""
    return _theme_mark(theme.tint, theme.shape, str(label))


@lru_cache(maxsize=1000)
def _theme_mark(tint: str, shape: str, label: str) -> SafeString:
    return format_html(
        '<svg class="theme-mark tint-{}" viewBox="0 0 24 24" {}>{}</svg>',
        tint,
        _said(label),
        mark_safe(SHAPES[shape]),  # noqa: S308
    )


@register.simple_tag
def chart(figure: Figure) -> SafeString:
    """Any chart of ``parvis.shared.charts`` and ``flows``, with its data as a table."""
    return render_to_string(figure.template, {"figure": figure})
