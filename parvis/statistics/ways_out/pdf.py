"""Tables on paper: tagged PDF with the picture, the tables and what must be known of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from parvis.shared import paper
from parvis.statistics.shown import CrossTable
from parvis.statistics.ways_out import words
from parvis.statistics.ways_out.drawn import for_paper
from parvis.statistics.ways_out.pictures import Picture
from parvis.statistics.ways_out.text import tables_told_apart

SOURCE = Path(__file__).parent / "paper" / "table.typ"
WIDEST = 7  # columns that an upright sheet holds


def pdf(tables: Sequence[CrossTable], pictures: Sequence[Picture], made: str) -> bytes:
    """One document of all tables."""
    first = tables[0]
    said: dict[str, Any] = {
        "title": str(first.title),
        "holder": str(first.holder),
        "lead": " · ".join([str(first.unit), words.period(first)]),
        "foot": _("Made on %(date)s") % {"date": made},
        "wide": any(len(words.heading(table)) > WIDEST for table in tables),
        "language": get_language() or "en",
        "rtl": get_language_bidi(),
        "pictures": [_picture(one) for one in pictures],
        "tables": [table_said(table) for table in tables],
        "explained": [
            {
                "title": _("How to read it") if table is first else str(table.title),
                "lines": words.explained(table),
            }
            for table in tables_told_apart(first, tables[1:])
        ],
    }
    return paper.pdf(SOURCE, said)


def table_said(table: CrossTable) -> dict[str, Any]:
    """A table in the page's words, as the typst files of this room take it: title, heading, rows of text."""
    return {"title": str(table.title), "heading": words.heading(table), "rows": words.spoken(table)}


def _picture(figure: Picture) -> dict[str, str]:
    alt = _("Chart: %(title)s. The table below has the same figures.") % {"title": figure.title}
    return {"svg": for_paper([figure], []), "alt": alt}
