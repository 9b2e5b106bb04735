"""Reads a text the way a person sees it, so that look-alike characters hide nothing, and remembers where each came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

INVISIBLE_MARKS = {"\u034f", "\u115f", "\u1160", "\u3164", "\uffa0", *map(chr, range(0xFE00, 0xFE10))}
SAME = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "ʹ": "'",
    "`": "'",
    "´": "'",
    "。": ".",
    "․": ".",
    "·": ".",
    "∕": "/",
    "⁄": "/",
}


@dataclass(frozen=True)
class Reading:
    """``plain`` is what the eye reads; ``places[i]`` is where its i-th character stands in ``typed``."""

    typed: str
    plain: str
    places: tuple[int, ...]

    def quote(self, start: int, end: int) -> tuple[int, int, str]:
        """The part of what was typed behind ``plain[start:end]``."""
        first, last = self.places[start], self.places[end - 1] + 1
        return first, last, self.typed[first:last]


def read(text: str) -> Reading:
    """Full-width and bold letters, other scripts' digits, hidden characters and look-alike signs, all made plain."""
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for seen in _seen(character):
            plain.append(seen)
            places.append(place)
    return _composed(Reading(text, "".join(plain), tuple(places)))


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or character in INVISIBLE_MARKS:
        return ""
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    if category == "Pd":
        return "-"
    if character != "\n" and (character.isspace() or category == "Cc"):
        return " "
    if character in SAME:
        return SAME[character]
    return unicodedata.normalize("NFKC", character)


def _composed(reading: Reading) -> Reading:
    """Joins a letter and the accents that follow it."""
    plain: list[str] = []
    places: list[int] = []
    for character, place in zip(reading.plain, reading.places, strict=True):
        if plain and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", plain[-1] + character)
            if len(joined) == 1:
                plain[-1] = joined
                continue
        plain.append(character)
        places.append(place)
    return Reading(reading.typed, "".join(plain), tuple(places))


def fold(word: str) -> str:
    """Without case and accents: how lists of words are compared."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
