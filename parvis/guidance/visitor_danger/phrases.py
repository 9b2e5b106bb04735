"""How a line of ``words/<language>.tsv`` is read: its kind, and a phrase.

- ``word`` is that word, whatever its accents and case; ``word*`` is every word that begins so.
- ``(one|two words|three*)`` is any of them; where one is empty, ``(|often)``, there may be nothing.
- ``…`` is up to four words of the same sentence; ``<age>`` is a number from 5 to 17.
- In Arabic a word may also carry ``و ف ب ك ل س`` and the article in front.
- A phrase of the kind ``age`` says that a child or teenager writes: any danger is then theirs as well.
- A phrase of the kind ``harmless`` is taken out of the text before the others are looked for.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from parvis.guidance.visitor_danger.reading import DOUBLED, tokens

WORDS = Path(__file__).parent / "words"
HARMLESS, AGE = "harmless", "age"
GAP = "(?:[^ .]+ ){0,4}?"
YEARS = "(?:[5-9]|1[0-7]) "
ARABIC_BEFORE = "(?:[وف]?(?:س|ب|ك|ل|ه)?(?:ال|ل)?)"
TWO_SPELLINGS = {
    "ä": "(?:a|ae)",
    "ö": "(?:o|oe)",
    "ü": "(?:u|ue)",
    "å": "a",
    "ø": "(?:o|oe)",
    "đ": "(?:d|dj)",
    "æ": "(?:ae|a)",
}
PART = re.compile(r"\([^()]*\)|<age>|…|[^ ]+")


@dataclass(frozen=True)
class Phrase:
    """One line of a table. ``pattern`` matches a text that ``reading.folded`` made."""

    language: str
    kind: str
    text: str
    pattern: str


def phrases(language: str) -> list[Phrase]:
    """The lines of a language's table."""
    with (WORDS / f"{language}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Phrase(language, row["kind"], row["phrase"], _pattern(row["phrase"])) for row in rows]


def _pattern(phrase: str) -> str:
    return "(?<= )" + "".join(_part(part) for part in PART.findall(phrase))


def _part(part: str) -> str:
    if part == "…":
        return GAP
    if part == "<age>":
        return YEARS
    if part.startswith("("):
        return "(?:" + "|".join(_words(one) for one in part[1:-1].split("|")) + ")"
    return _words(part)


def _words(text: str) -> str:
    return "".join(_word(word) for word in text.split())


def _word(word: str) -> str:
    """One word of a table; an apostrophe in it makes two, as in what people write."""
    stem, end = word.removesuffix("*"), "[^ .]* " if word.endswith("*") else " "
    folded = " ".join(tokens(stem))
    if " " not in folded and any(letter in TWO_SPELLINGS for letter in stem):
        letters = DOUBLED.sub(r"\1", stem)
        folded = "".join(TWO_SPELLINGS.get(letter) or "".join(tokens(letter)) for letter in letters)
    else:
        folded = re.escape(folded)
    before = ARABIC_BEFORE if "\u0621" <= stem[0] <= "\u064a" else ""
    return before + folded + end
