"""The sheet that leads to a survey."""

from __future__ import annotations

from collections.abc import Iterable

import segno
from django.utils import translation
from django.utils.translation import gettext as _


def qr_code(text: str) -> str:
    """An address as a QR code: SVG without a size of its own, with its quiet zone."""
    svg: str = segno.make(text, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    return svg


def lines_of(languages: Iterable[str]) -> list[tuple[str, str, str]]:
    """What the sheet says, in each language."""
    lines = []
    for code in languages:
        with translation.override(code):
            lines.append((code, _("Tell us with your phone"), _("A few questions. No app, no name.")))
    return lines
