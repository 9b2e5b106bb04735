"""Tags of the accounts pages."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# What stands in a browser's signature -> what people call it. The first that fits: most browsers name several.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.simple_tag
def device(signature: str) -> str:
    """A browser's signature in words: "Firefox, Windows"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in signature), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in signature), "")
    return ", ".join(filter(None, [browser, system])) or _("Another browser")
