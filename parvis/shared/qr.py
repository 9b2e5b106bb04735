"""A square code for a phone's camera, drawn by the server."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str, label: str = "") -> SafeString:
    """``text`` as an SVG that is as large as its place and black on white in every look; ``label`` for screen readers."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(
        omitsize=True, svgclass="qr", border=4, dark="#000", light="#fff", title=label or None
    )
    return mark_safe(svg)  # noqa: S308  # drawn by the library from bits; the label is escaped there
