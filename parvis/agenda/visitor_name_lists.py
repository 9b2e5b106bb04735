"""A list of pupils has no place here: it is seen, wherever a teacher pastes it, and refused with an explanation.

Looked for are lines and parts between commas, tabs and the like that read as names: a known first name beside another capital
word, or a run of known first names. One name alone is no list; what is one is for ``parvis.shared.free_text`` to say.
"""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _

from parvis.shared.free_text.kinds import Kind
from parvis.shared.free_text.reading import fold, read
from parvis.shared.free_text.spotting import spot
from parvis.shared.free_text.words import NOT_A_PERSON, ORDINARY, PARTICLES, PLACES, TITLES, first_names

FEWEST = 3  # names that make a list
PARTS = re.compile(r"[\n,:;|/،؛•·\t]|\s[-*/]\s|\s{3,}|(?<=\D)\d+\s?[.)]\s|(?<=\))\s")
BEFORE = re.compile(r"^[\s\-*•·.)(\d°#:]+")  # a number or a mark at the start of a line
AFTER = re.compile(r"\s*(?:\(.*|\d.*)$")  # “(3e B)”, a day of birth
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
LONGEST = 5  # words of a name
ARABIC = re.compile(r"^[\u0621-\u064a]+$")
AND = frozenset({"and", "et", "und", "y", "e", "en", "og", "ja", "i", "та", "и", "і", "و"})
JOINED = AND | PARTICLES


def looks_like_a_list(text: str) -> bool:
    """Whether ``text`` holds several names one after the other."""
    parts = [BEFORE.sub("", one).strip() for one in PARTS.split(_plain(text))]
    parts = [piece for one in parts if one for piece in _without_and(one)]
    sure = sum(_full_name(one) for one in parts)
    first = sum(_first_name(one) for one in parts)
    # A list of names holds some that no list knows; in Arabic, without capitals, any words look so.
    shaped = sum(one[:1].isupper() for part in parts for one in _capitals(part)[:1])
    if sure >= FEWEST or sure + first > FEWEST or (sure > 1 and shaped >= FEWEST):
        return True
    return _in_small_letters(parts) or _names_in_a_row(text) or _columns(text)


def _plain(text: str) -> str:
    """As the eye reads it, the ends of lines and tabs kept."""
    return "\n".join(
        read(line.replace("\t", " | ")).plain for line in re.split(r"[\r\n\v\f\u2028\u2029]+", text)
    )


def _without_and(part: str) -> list[str]:
    """“Lea and Tom” are two."""
    words = part.split()
    for place, one in enumerate(words):
        if fold(one) in AND and 0 < place < len(words) - 1:
            return [" ".join(words[:place]), " ".join(words[place + 1 :])]
    return [part]


def _words(part: str) -> list[str]:
    return WORD.findall(part)


def _known(word: str) -> bool:
    """A first name that is no ordinary word, place or month."""
    return _listed(word) is False


def _listed(word: str) -> bool | None:
    """Whether the first name ``word`` is also an ordinary word; nothing where it is no first name."""
    folded, known = fold(word), first_names()
    if folded in NOT_A_PERSON or folded in ORDINARY:
        return None
    if folded not in known and "-" in folded:
        return False if all(one in known for one in folded.split("-")) else None
    return known.get(folded)


def _full_name(part: str) -> bool:
    """A known first name and at least one more word, all of them capitals (or Arabic), and little else."""
    return any(_listed(one) is not None for one in _capitals(part))


def _capitals(part: str) -> list[str]:
    """The words of what may be a name: two to five, each a capital (or Arabic), none a title or a place; else nothing."""
    words = [one for one in _words(part) if fold(one) not in JOINED and len(one) > 1]
    if not 2 <= len(words) <= LONGEST or any(fold(one) in PLACES or fold(one) in TITLES for one in words):
        return []
    capitals = [one for one in words if one[0].isupper() or ARABIC.match(one)]
    return capitals if len(capitals) >= 2 and capitals == words[: len(capitals)] else []


def _first_name(part: str) -> bool:
    """A known first name alone, perhaps with an initial, with or without its capital."""
    words = _words(AFTER.sub("", part))
    kept = [one for one in words if len(one) > 1]
    if len(kept) != 1 or len(words) > 2:
        return False
    initial = len(words) == 2 and all(one[0].isupper() for one in words)
    return _known(kept[0]) or initial and _listed(kept[0]) is not None


def _in_small_letters(parts: list[str]) -> bool:
    """“paul martin, julie durand, kevin petit”: a first name and one or two words more, and little else in each part."""
    named = [[one for one in _words(AFTER.sub("", part)) if fold(one) not in JOINED] for part in parts]
    named = [words for words in named if 2 <= len(words) <= 3 and not any(_says_more(one) for one in words)]
    held = [
        sum(_known(one) for one in words) for words in named if any(_listed(one) is not None for one in words)
    ]
    return len(held) >= FEWEST and sum(map(bool, held)) >= FEWEST - 1


def _says_more(word: str) -> bool:
    """Whether a word tells that its part is no name; Arabic, which knows no capitals, is read elsewhere."""
    return bool(ARABIC.match(word)) or fold(word) in ORDINARY | PLACES | TITLES | NOT_A_PERSON


def _names_in_a_row(text: str) -> bool:
    """“Emma Lucas Léa Hugo Chloé”: known first names with nothing between."""
    longest = run = 0
    for word in _words(_plain(text)):
        run = run + 1 if _known(word) else 0
        longest = max(longest, run)
    return longest > FEWEST


def _columns(text: str) -> bool:
    """A table that was pasted: three lines or more, each with a name in some of its cells."""
    lines = [line for line in text.splitlines() if "\t" in line or ";" in line]
    named = sure = 0
    for line in lines:
        cells = [read(cell).plain.strip() for cell in re.split(r"[\t;]", line)]
        capitals = [
            one
            for one in cells
            if len(_words(one)) in (1, 2, 3) and (one[:1].isupper() or ARABIC.match(one[:2]))
        ]
        if len(capitals) >= 2:
            listed = [_listed(word) for one in capitals for word in _words(one)]
            named, sure = named + any(one is not None for one in listed), sure + (False in listed)
    return named >= FEWEST and sure >= FEWEST - 1


def refuse_lists(text: str) -> None:
    """Raises ``ValidationError`` where ``text`` holds a list of names."""
    if looks_like_a_list(text):
        raise forms.ValidationError(
            _(
                "This looks like a list of names. We never keep pupils’ names: the number of pupils is enough. Please take the list out; the rest is kept."
            ),
            code="list_of_names",
        )


def refuse_names_of_pupils(text: str, *, country: str) -> None:
    """Raises ``ValidationError`` where ``text`` holds a list of names, or one name."""
    refuse_lists(text)
    named = [one for one in spot(text, country=country) if one.kind == Kind.NAME]
    if named:
        raise forms.ValidationError(
            _("“%(found)s” looks like a name. We never keep pupils’ names: please say it without."),
            code="name",
            params={"found": named[0].text.strip()},
        )
