"""Words as one compares them: without case, accents, punctuation or endings."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "ı": "i", "’": "'"})
_GAPS = re.compile(r"[^\w]+|_+")


def words(text: str) -> frozenset[str]:
    """A list of words, or of wordings parted by “|”, as a set."""
    return frozenset(text.split("|") if "|" in text else text.split())


_SMALL = words(
    "le la les l un une des de du d au aux a et ou en dans sur par pour avec sans son sa ses mon ma mes que qui se s"
    " the of and or to in on at for with an my ja tai tai en et ei on"
)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """``text`` in small plain letters and digits, single spaces between words."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _GAPS.sub(" ", plain).strip()


def stem(word: str) -> str:
    """A word without the endings of number and gender that sheets use at random: “entretiens”, “étudiant(e)s”."""
    if len(word) > 4:
        word = re.sub(r"(?:es|s|x|e)$", "", word)
    return word


@lru_cache(maxsize=16_384)
def stems(text: str) -> frozenset[str]:
    """The words of ``text`` that carry meaning."""
    words = fold(text).split()
    return frozenset(stem(word) for word in words if word not in _SMALL) or frozenset(words)
