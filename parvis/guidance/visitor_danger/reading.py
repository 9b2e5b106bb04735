"""Makes one of the ways in which people write the same: accents, case, apostrophes, hidden characters, doubled letters."""

from __future__ import annotations

import re
import unicodedata

from parvis.shared.free_text.reading import read

LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ł": "l",
        "ґ": "г",
        "ё": "е",
        "ى": "ي",
        "ة": "ه",
        "ی": "ي",
        "ک": "ك",
        "\u0640": "",  # how an Arabic word ends; a drawn line
    }
)
TOKEN = re.compile(r"[^\W_]+|[.!?…؟]")
DOUBLED = re.compile(r"([^\W\d_])\1+")
IN_CYRILLIC = re.compile(r"(?<=[\u0400-\u04ff])['\"*](?=[\u0400-\u04ff])")


def tokens(text: str) -> list[str]:
    """The words of ``text`` folded, and a dot for each end of a sentence."""
    plain = read(text).plain.casefold().translate(LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    bare = DOUBLED.sub(r"\1", IN_CYRILLIC.sub("", bare.translate(LETTERS)))
    return [token if token[0].isalnum() else "." for token in TOKEN.findall(bare)]


def folded(text: str) -> str:
    """The words with one space around each."""
    return f" {' '.join(tokens(text))} "
