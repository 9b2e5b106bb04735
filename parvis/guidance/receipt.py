"""The visitor's receipt: one secret of 92 random bits, in whichever spelling its holder likes.

With a check of 7 bits it makes 99: nine words of 11 bits from a list of 2,048 (BIP 39's lists, as the ``mnemonic`` package
has them), or twenty letters of 5 bits (Crockford's base 32; the first letter carries 4). The check is the cyclic code
x⁷ + x³ + 1 over the secret: it sees every change within seven bits in a row, hence each wrong letter; and all but one in
128 of the others, such as a wrong word, or two that changed places.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Self

from mnemonic import Mnemonic

SECRET_BITS, CHECK_BITS = 92, 7
WORDS, WORD_BITS = 9, 11
LETTERS, LETTER_BITS = 20, 5
ENOUGH = 4  # letters of a word that tell it from every other one of its list
POLYNOMIAL = 0b1000_1001  # x⁷ + x³ + 1
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
ALIKE = str.maketrans("OIL", "011")  # read as the digit that they look like
LISTS = {"en": "english", "fr": "french", "it": "italian", "es": "spanish", "pt": "portuguese"}
OTHERWISE = "en"  # the list of languages that have none


class Misread(Exception):
    """What was typed is no receipt. ``place`` counts from 1 and is the first word or letter that cannot be, if known."""

    def __init__(self, place: int | None = None) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Receipt:
    """A secret: a number below 2⁹²."""

    secret: int

    @classmethod
    def new(cls) -> Self:
        """One that nobody has had."""
        return cls(secrets.randbits(SECRET_BITS))

    @property
    def spelled(self) -> int:
        """The secret and its check: 99 bits."""
        return self.secret << CHECK_BITS | check(self.secret)

    def words(self, language: str) -> tuple[str, ...]:
        """Nine words, of ``language`` where there is a list, else English."""
        words = list_of(language)
        shifts = range((WORDS - 1) * WORD_BITS, -1, -WORD_BITS)
        return tuple(words[self.spelled >> shift & (1 << WORD_BITS) - 1] for shift in shifts)

    def letters(self) -> str:
        """Twenty letters, in fives."""
        shifts = range((LETTERS - 1) * LETTER_BITS, -1, -LETTER_BITS)
        letters = "".join(ALPHABET[self.spelled >> shift & (1 << LETTER_BITS) - 1] for shift in shifts)
        return "-".join(letters[start : start + 5] for start in range(0, LETTERS, 5))


def read(text: str) -> Receipt:
    """The receipt in what somebody typed: letters or words, of any list, without accents or case, four letters a word.

    Raises ``Misread``. Two lists share some words: where nine are words of both, the check tells which list was meant.
    """
    folded = fold(text.rpartition("#")[2])  # of an address, what a QR code carries
    letters = re.sub(r"[^0-9A-Z]", "", folded.upper())
    if len(letters) == LETTERS:  # nine words have more, at three letters each
        return checked(number_of_letters(letters))
    return read_words(re.findall(r"[^\W\d_]+", folded))


def read_words(words: list[str]) -> Receipt:
    """Nine words, folded. Raises ``Misread`` with the place of the first that no list has after those before it."""
    furthest = 0
    for language in LISTS:
        places = [index_of(language).get(word[:ENOUGH]) for word in words]
        known = next((at for at, place in enumerate(places) if place is None), len(places))
        furthest = max(furthest, known)
        if known == len(words) == WORDS:
            try:
                return checked(number(places))
            except Misread:
                continue
    raise Misread(furthest + 1 if furthest < min(len(words), WORDS) else None)


def number(places: list[int | None]) -> int:
    total = 0
    for place in places:
        total = total << WORD_BITS | (place or 0)
    return total


def number_of_letters(letters: str) -> int:
    """The 99 bits of twenty letters. Raises ``Misread`` with the place of a letter that cannot be."""
    total = 0
    for place, letter in enumerate(letters.translate(ALIKE), start=1):
        value = ALPHABET.find(letter)
        if value < 0:
            raise Misread(place)
        total = total << LETTER_BITS | value
    if total >> SECRET_BITS + CHECK_BITS:
        raise Misread(1)
    return total


def checked(spelled: int) -> Receipt:
    """The receipt of 99 bits. Raises ``Misread`` where the check does not fit."""
    receipt = Receipt(spelled >> CHECK_BITS)
    if receipt.spelled != spelled:
        raise Misread
    return receipt


def check(secret: int) -> int:
    """The remainder of the secret, followed by seven zeros, by x⁷ + x³ + 1 over two elements."""
    rest = 0
    for byte in secret.to_bytes(-(-SECRET_BITS // 8)):
        rest = REMAINDERS[rest ^ byte]
    return rest >> 1


def remainder(byte: int) -> int:
    """Of one byte, kept in the upper seven bits of another."""
    for _bit in range(8):
        byte = byte << 1 ^ (POLYNOMIAL << 1 if byte & 0x80 else 0)
    return byte & 0xFF


REMAINDERS = [remainder(byte) for byte in range(256)]


@cache
def list_of(language: str) -> tuple[str, ...]:
    """The 2,048 words of a language, with their accents."""
    words = Mnemonic(LISTS.get(language, LISTS[OTHERWISE])).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in words)


@cache
def index_of(language: str) -> dict[str, int]:
    """The place of each word of a list by its first four letters, folded."""
    return {fold(word)[:ENOUGH]: place for place, word in enumerate(list_of(language))}


@cache
def first_letters() -> dict[str, str]:
    """For each list, the first four letters of its words in order, folded; a shorter word is filled up with ``_``."""
    return {language: "".join(word.ljust(ENOUGH, "_") for word in index_of(language)) for language in LISTS}


def fold(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
