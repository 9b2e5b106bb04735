"""A receipt pasted into a message: whoever reads the message could open the thread. Spotted, so that a form can refuse it.

Words are known by their place in a row, whatever stands between them (numbers, commas, dashes, line breaks); letters by their
check, so that a long number or a long word is not taken for a receipt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from parvis.guidance.receipt import (
    ENOUGH,
    LETTERS,
    LISTS,
    WORDS,
    Misread,
    checked,
    fold,
    index_of,
    list_of,
    number,
    number_of_letters,
)
from parvis.shared.free_text.reading import Reading
from parvis.shared.free_text.reading import read as as_seen

MISTYPED = 1  # of nine words may be none of the list, and eight would still give nearly everything away
LIKE_PROSE = {"en"}  # lists that hold much of what sentences are made of
GAP = 12  # characters between two words, or two groups of letters, at most
WORD = re.compile(r"[^\W\d_]+")
NUMBERING = re.compile(r"(?<![^\W_])\d{1,2}\s?[.):]\s?(?=[0-9A-Za-z]{2})")
GROUP = re.compile(r"[0-9A-Za-z]+")
PRINTED = re.compile(r"(?<![^\W_])(?:[0-9A-Za-z]{5}\s?-\s?){3}[0-9A-Za-z]{5}(?![^\W_])")


@dataclass(frozen=True, order=True)
class Span:
    """``text[start:end]`` of what was typed."""

    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """One word or group of letters of the plain text."""

    start: int
    end: int
    text: str


def holds_receipt(text: str) -> list[Span]:
    """Where ``text`` holds a receipt, as words of any list or as letters; in order, without overlaps. Mostly nowhere."""
    seen = as_seen(text)
    found = sorted([*_words(seen.plain), *_letters(seen.plain)])
    return [_typed(seen, span) for span in _merged(found)]


def _typed(seen: Reading, span: Span) -> Span:
    start, end, _quoted = seen.quote(span.start, span.end)
    return Span(start, end)


def _merged(spans: list[Span]) -> list[Span]:
    """Each stretch once, however many of its windows were recognised."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _words(plain: str) -> Iterator[Span]:
    """Nine words in a row that are a receipt; and, elsewhere, those that look like one of which a word was mistyped."""
    pieces = [Piece(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(plain)]
    sure: list[Span] = []
    likely: list[Span] = []
    for language in LISTS:
        places = [index_of(language).get(piece.text[:ENOUGH]) for piece in pieces]
        exact = [piece.text in _spellings(language) for piece in pieces]
        for first in range(len(pieces) - WORDS + 1):
            window = slice(first, first + WORDS)
            if sum(place is not None for place in places[window]) < WORDS - MISTYPED:
                continue
            gaps = _gaps(plain, pieces[window])
            span = Span(pieces[first].start, pieces[first + WORDS - 1].end)
            if max(map(len, gaps)) <= GAP and _is_receipt(places[window]):
                sure.append(span)
            elif sum(exact[window]) >= WORDS - MISTYPED and _is_a_list(gaps, language):
                likely.append(span)
    yield from sure
    yield from (
        one for one in likely if all(one.end <= other.start or other.end <= one.start for other in sure)
    )


def _gaps(plain: str, pieces: list[Piece]) -> list[str]:
    return [plain[one.end : other.start] for one, other in pairwise(pieces)]


def _is_receipt(places: list[int | None]) -> bool:
    """All of the list, in an order that the check allows."""
    if None in places:
        return False
    try:
        checked(number(places))
    except Misread:
        return False
    return True


def _is_a_list(gaps: list[str], language: str) -> bool:
    """Not a sentence: the same thing between all words, and more than a space where most of a sentence is in the list."""
    kinds = {re.sub(r"\d+", "1", gap) for gap in gaps}
    return len(kinds) == 1 and max(map(len, gaps)) <= GAP and (language not in LIKE_PROSE or kinds != {" "})


@cache
def _spellings(language: str) -> frozenset[str]:
    """Each word of a list as it may be typed: whole, or its first four letters."""
    folded = [fold(word) for word in list_of(language)]
    return frozenset(folded) | frozenset(word[:ENOUGH] for word in folded)


def _letters(plain: str) -> Iterator[Span]:
    """Twenty letters whose check fits, in groups of any one length; and four fives with dashes, as they are printed."""
    for match in PRINTED.finditer(plain):
        if re.search(r"\d", match.group()) and re.search(r"[A-Za-z]", match.group()):
            yield Span(match.start(), match.end())
    unnumbered = NUMBERING.sub(lambda match: " " * len(match.group()), plain)
    for version in {plain, unnumbered}:
        yield from _checked_letters(version)


def _checked_letters(plain: str) -> Iterator[Span]:
    groups = [Piece(m.start(), m.end(), m.group()) for m in GROUP.finditer(plain)]
    for first in range(len(groups)):
        length = 0
        for last in range(first, min(first + LETTERS, len(groups))):
            length += len(groups[last].text)
            if length > LETTERS:
                break
            window = groups[first : last + 1]
            if length == LETTERS and _could_be_letters(plain, window) and _check_fits(window):
                yield Span(window[0].start, window[-1].end)


def _could_be_letters(plain: str, groups: list[Piece]) -> bool:
    """Groups of one length, as somebody writes a code; or broken anywhere, where letters and digits mix as in no prose."""
    if any(len(gap) > GAP for gap in _gaps(plain, groups)) or all(group.text.isdigit() for group in groups):
        return False
    lengths = {len(group.text) for group in groups}
    mixed = [group for group in groups if re.search(r"\d", group.text) and re.search(r"\D", group.text)]
    return len(lengths) == 1 or len(mixed) > 1 or (len(mixed) == 1 and len(groups) == 2)


def _check_fits(groups: list[Piece]) -> bool:
    try:
        checked(number_of_letters("".join(group.text for group in groups).upper()))
    except Misread:
        return False
    return True
