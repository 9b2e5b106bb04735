"""The friendly words of tickets: gentle things of the outdoors, one word each in every visitors' language.

``words.tsv`` is the list: a line a concept, a column a language, so that a speaker can proof-read their column.
Screened: no word that insults, embarrasses, or is a common first name; none about a body, a belief, a brand, a party
or an illness; no animal that stands for a fault of character in that language. ``distinct.py`` computes which words
could be misheard for one another, and a test refuses them.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from hashlib import blake2s
from math import gcd
from pathlib import Path

TABLE = Path(__file__).with_name("words.tsv")


def _read() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("key"): row for row in csv.DictReader(file, delimiter="\t")}


WORDS = _read()  # key -> language -> word
KEYS = tuple(WORDS)


@cache
def _walk(day: date, centre_pk: int) -> tuple[int, int]:
    """Where the centre starts in the list that day, and by which stride it walks through all of it."""
    strides = [n for n in range(5, len(KEYS) // 2) if gcd(n, len(KEYS)) == 1]
    digest = int.from_bytes(blake2s(f"{day.isoformat()} {centre_pk}".encode()).digest()[:8], "big")
    return digest % len(KEYS), strides[digest // len(KEYS) % len(strides)]


def word_for(day: date, centre_pk: int, number: int) -> str:
    """The word's key for ticket ``number``: the same wherever it is computed, and no other in the list's length.

    A day's walk visits every word before it comes back to the first, so numbers near each other have different words.
    """
    start, stride = _walk(day, centre_pk)
    return KEYS[(start + number * stride) % len(KEYS)]


def label(key: str, language: str) -> str:
    """The word as a visitor reads it; English where the language is unknown, nothing where the word is."""
    words = WORDS.get(key, {})
    word = words.get(language) or words.get("en", "")
    return word[:1].upper() + word[1:]
