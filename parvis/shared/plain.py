"""Text in small plain letters, to search and to put in order: the same on every database, whose own ways differ."""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "’": "'"})


def plain(text: str) -> str:
    """Without case, accents and spaces at its ends, so that “ecole” finds École, and “oeuvre” Œuvre."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
