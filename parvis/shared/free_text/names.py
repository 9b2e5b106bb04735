"""People's names: after a title, after “named”, from a list of first names, alone or beside another capital.

No list holds every name, so a name without a title, a known first name or a word such as “named” goes unseen: the corpus
in the tests says how many do. What is spotted is refused with a quotation, so that a mistake costs a word, not the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parvis.shared.free_text import words
from parvis.shared.free_text.kinds import Kind
from parvis.shared.free_text.reading import fold

Find = tuple[int, int, Kind]

# A dot belongs to a word where it shortens it (M., Mme., Dr., St.) and to a sentence elsewhere: both are looked at.
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
FIELD = re.compile(rf"\b{words.NAME_FIELDS}\s?[:=]\s?([^\W\d_][\w'-]+)", re.IGNORECASE)
FIELD_IS = re.compile(rf"\b(?i:{words.NAME_FIELDS})\s(?:is|est|ist|es|é|è|on)\s([^\W\d_][\w'-]+)")
ARABIC = re.compile(r"[\u0621-\u064a]{2,}")
ELISION = re.compile(r"^(?:d|l|qu|n|s|c|j|m)'(?=\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word of the text, with what stands around it."""

    start: int
    end: int
    text: str
    dotted: bool  # a dot follows at once
    opens: bool  # it is the first of a sentence, where a capital says nothing

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_title(self) -> bool:
        return (self.folded + ".") in words.TITLES if self.dotted else self.folded in words.TITLES


def names(plain: str) -> Iterator[Find]:
    """Every name found, widened to the capitals beside it."""
    text = list(_split(plain))
    for match in FIELD.finditer(plain):
        if fold(match.group(1)) not in words.NO_NAME:
            yield match.start(1), match.end(1), Kind.NAME
    for match in FIELD_IS.finditer(plain):
        if match.group(1)[0].isupper():
            yield match.start(1), match.end(1), Kind.NAME
    for place, word in enumerate(text):
        if _is_name(text, place):
            yield _widened(text, place, plain) if word.capital else (word.start, word.end, Kind.NAME)


def _split(plain: str) -> Iterator[Word]:
    for match in WORD.finditer(plain):
        start, text = match.start(), match.group()
        if elided := ELISION.match(text):
            start, text = start + elided.end(), text[elided.end() :]
        before = plain[:start].rstrip(" \"'«“(*•")
        opens = not before or before[-1] in "\n.!?:;…/→>-–" or plain[:start].endswith("- ")
        after = plain[match.end() : match.end() + 1]
        yield Word(start, match.end(), text, after == ".", opens)


def _is_name(text: list[Word], place: int) -> bool:
    word = text[place]
    before = text[place - 1] if place else None
    if _follows_a_title(text, place):
        return True
    if before and before.folded in words.NAMED and (word.capital or ARABIC.match(word.text)):
        return word.folded not in words.NO_NAME
    listed = _listed(word)
    if listed is None or _is_a_place(text, place):
        return False
    if ARABIC.match(word.text):
        return place + 1 < len(text) and _listed(text[place + 1]) is not None
    if not word.capital:
        return (
            not listed
            and before is not None
            and before.folded in words.BEFORE_A_PERSON
            and len(word.text) > 3
        )
    if word.folded in words.NOT_A_PERSON:
        return False
    return not word.opens or not listed or _beside_a_surname(text, place)


def _follows_a_title(text: list[Word], place: int) -> bool:
    word, before = text[place], text[max(0, place - 3) : place]
    while len(before) > 1 and before[-1].folded in words.PARTICLES and word.capital:
        before.pop()
    return bool(before) and before[-1].is_title and not word.is_title and _after_title(word)


def _after_title(word: Word) -> bool:
    if word.folded in words.AFTER_TITLE or word.folded in words.ORDINARY or len(word.text) < 2:
        return False
    return (
        word.capital
        or bool(ARABIC.match(word.text))
        or _listed(word) is False
        or word.folded in words.SURNAMES
    )


def _listed(word: Word) -> bool | None:
    """Whether the first name ``word`` is also an ordinary word; nothing where it is no first name."""
    known = words.first_names()
    if (whole := known.get(word.folded)) is not None:
        return whole
    parts = word.folded.split("-")
    if len(parts) > 1 and all(part in known for part in parts):
        return all(known[part] for part in parts) and len(parts) < 2
    return None


def _is_a_place(text: list[Word], place: int) -> bool:
    """“Lycée Jean Moulin”, “collège Marie-Curie”, “rue de Pierre Semard”: two words back, a given name or particle between."""
    for word in text[max(0, place - 3) : place][::-1]:
        if word.folded in words.PLACES:
            return True
        if (
            not word.capital
            and word.folded not in words.PARTICLES
            and word.folded not in ("professionnel", "general")
        ):
            return False
    return False


def _beside_a_surname(text: list[Word], place: int) -> bool:
    if place + 1 >= len(text):
        return False
    after = text[place + 1]
    return (
        after.capital
        and not after.opens
        and after.folded not in words.ORDINARY
        and after.folded not in words.NOT_A_PERSON
    )


def _widened(text: list[Word], place: int, plain: str) -> Find:
    first = last = place
    while last + 1 < len(text) and _joins(text[last], text[last + 1], plain):
        last += 1
    while first > 0 and _joins(text[first - 1], text[first], plain) and not text[first - 1].is_title:
        if text[first - 1].opens and _listed(text[first - 1]) is None and not text[first - 1].text.isupper():
            break
        first -= 1
    return text[first].start, text[last].end, Kind.NAME


def _joins(one: Word, other: Word, plain: str) -> bool:
    between = plain[one.end : other.start]
    return (
        between == " " and one.capital and other.capital and not {one.folded, other.folded} & words.ORDINARY
    )
