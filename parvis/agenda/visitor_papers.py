"""Posters, the month on paper, and the picture that is shown where somebody shares an event: set from what everybody reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import segno
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.agenda.queries.public.event import Page
from parvis.agenda.queries.public.programme import Line
from parvis.agenda.visitor_programme import a_month, hours_of, short_place_of, when_of, where_of
from parvis.centres.models import Centre
from parvis.shared.kept_papers import kept_pdf, kept_png
from parvis.shared.paper import pdf
from parvis.shared.shapes import drawing
from parvis.shared.speaking import a_weekday

PAPER = Path(__file__).parent / "paper"
SIZES = ("a4", "a3")
MOST_ON_A_POSTER = 5
LETTERS = (12.0, 11.0, 10.0, 9.0, 8.0)  # points on A4: the largest with which a month is one sheet


def poster_pdf(page: Page, *, size: str, address: str, logos: Iterable[bytes]) -> bytes:
    """One event, to hang up. ``logos``: of the organisers that are named."""
    event, lines = page.event, [line for line in page.ahead if not line.cancelled]
    places, named = {where_of(one) for one in lines}, ", ".join(one.name for one in page.organisers)
    said = _every(event.centre) | {
        "size": size,
        "title": _own(event.title),
        "kind": str(event.kind.label),
        "summary": _own(event.summary),
        "themes": _themes(page.lines[-1]) if page.lines else [],
        "sessions": [
            {"when": when_of(one), "where": "" if len(places) == 1 else where_of(one)}
            for one in lines[:MOST_ON_A_POSTER]
        ],
        "where": places.pop() if len(places) == 1 else "",
        "more": _("More dates on the page") if len(lines) > MOST_ON_A_POSTER else "",
        "organisers": _("With %(organisers)s") % {"organisers": _own(named)} if named else "",
        "logos": [
            {"format": "png" if one.startswith(b"\x89PNG") else "jpg", "data": list(one)} for one in logos
        ],
        "qr": _qr(address),
        "address": address,
        "scan": _("Scan to read more"),
    }
    return kept_pdf(PAPER / "poster.typ", said)


def month_pdf(centre: Centre, first: date, lines: list[Line], *, size: str, address: str) -> bytes:
    """What is on in a month: on a sheet that is handed out, or on a wall."""
    said = _every(centre) | {
        "size": size,
        "title": _("What is on"),
        "month": a_month(first),
        "place": next((line.session.site.address for line in lines if line.session.site), ""),
        "days": [
            {"day": a_weekday(day), "lines": [_line(one) for one in held]}
            for day, held in groupby(lines, key=lambda line: max(line.day, first))
        ],
        "cancelled": _("Cancelled"),
        "qr": _qr(address),
        "address": address,
        "scan": _("Scan to read more"),
    }
    return kept_pdf(PAPER / "month.typ", said, _on_one_sheet)


def _on_one_sheet(source: Path, said: dict[str, Any]) -> bytes:
    """With letters as large as one sheet takes; on more where even the smallest are too large."""
    made = b""
    for points in LETTERS:
        made = pdf(source, said | {"letters": points})
        with pikepdf.open(BytesIO(made)) as read:
            if len(read.pages) == 1:
                break
    return made


def card_png(page: Page) -> bytes:
    """1200 × 630 pixels, as networks show a shared link."""
    ahead = [line for line in page.ahead if not line.cancelled]
    shown = ahead[0] if ahead else page.lines[-1] if page.lines else None
    said = _every(page.event.centre) | {
        "title": _own(page.event.title),
        "kind": str(page.event.kind.label),
        "when": when_of(shown) if shown else "",
        "where": where_of(shown) if shown else "",
        "themes": _themes(shown) if shown else [],
    }
    return kept_png(PAPER / "card.typ", said)


def _every(centre: Centre) -> dict[str, Any]:
    language = get_language() or "en"
    return {
        "language": language,
        "rtl": language in settings.LANGUAGES_BIDI,
        "house": centre.name,
        "free": _("Free. You need not say who you are."),
    }


def _own(words: object) -> str:
    """What a centre wrote, set in its own direction: it may be in another language than the sheet."""
    text = str(words)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if text else ""


def _line(line: Line) -> dict[str, Any]:
    return {
        "hours": hours_of(line),
        "title": _own(line.event.title),
        "where": short_place_of(line),
        "kind": str(line.event.kind.label),
        "themes": _themes(line),
        "off": line.cancelled,
    }


def _themes(line: Line) -> list[dict[str, str]]:
    return [{"name": str(one.name), "svg": drawing(one.shape, one.tint)} for one in line.themes]


def _qr(text: str) -> str:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=2, light="#fff", scale=4
    )
    return out.getvalue().decode()
