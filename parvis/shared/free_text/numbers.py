"""Phone numbers, identity and bank account numbers, dates of birth; and what only looks like them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import phonenumbers
from stdnum import iban
from stdnum.be import nn
from stdnum.bg import egn
from stdnum.ch import ssn
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.hr import oib
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pt import nif
from stdnum.ua import rntrc

from parvis.shared.free_text.kinds import Kind

Find = tuple[int, int, Kind]

# Where a number written without its country code may come from, beside the centre's own country. Only numbers of nine
# digits and more, or with a leading nought: shorter ones elsewhere are years, sizes and prices here.
NEARBY = [
    "FR",
    "BE",
    "CH",
    "LU",
    "IT",
    "ES",
    "PT",
    "DE",
    "NL",
    "DK",
    "FI",
    "HR",
    "BG",
    "UA",
    "GB",
    "MA",
    "DZ",
    "TN",
]

DATES_AND_SUMS = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|\d{1,2}/\d{1,2}|(?:19|20)\d\d-\d{1,2}-\d{1,2})(?![\d/]|[.-]\d)"
    r"|(?<![\d.])\d{1,2}\s?[h:]\s?[0-5]\d(?!\d)|(?<!\d)\d{1,2}\s?h(?![a-z])"
    r"|(?<!\d)(?:19|20)\d\d(?:\s?[/-]\s?(?:19|20)?\d\d)?(?!\d|[ .-]\d)"
    r"|(?<![\d.])\d{1,3}(?:[ .,]?\d{3}){0,3}(?:[.,]\d{1,2})?\s?(?:€|k€|\$|£|eur\b|euros?\b|chf\b|kr\b|лв)",
    re.IGNORECASE,
)
LONG = re.compile(r"(?<!\d)\+?\(?\d(?:[ ./_()-]{0,3}\d){8,20}(?!\d)")
KEYED = re.compile(
    r"\b(?:n°|no|nº|№|num[ée]ro|number|nr\.?|matricule|identifiant|id|ref\.?|r[ée]f[ée]rence|dossier|allocataire|s[ée]cu|nir|"
    r"passeport|passport|titre de s[ée]jour|caf|cni|usager|demandeur)\s?(?:n°|no\.?|:|=|#|is)?\s?(?=[a-z]{0,4}\d)[a-z0-9]{6,14}\b",
    re.IGNORECASE,
)
BORN = re.compile(
    r"\b(?:n[ée]e?\s+le|n[ée]\(e\)\s+le|dn\s?:?|ddn\s?:?|date de naissance\s?:?|born(?:\s+on)?|dob\s?:?|date of birth\s?:?|"
    r"geboren(?:\s+(?:am|op))?|nat[oa]\s+il|nacid[oa]\s+el|nascid[oa]\s+(?:a|em)|f[øo]dt(?:\s+den)?|syntynyt|ro[đd]en[a]?|"
    r"роден[а]?(?:\s+на)?|народ\w+|مواليد)\s{0,2}\d[\d\s/.-]{1,9}\d(?:\s?[^\W\d]{3,10}\s\d{2,4})?",
    re.IGNORECASE,
)
BORN_IN_WORDS = re.compile(
    r"\b(?:n[ée]e?\s+le|born(?:\s+on)?)\s+\d{1,2}(?:er|st|nd|rd|th)?\s+[^\W\d]{3,10}\s+\d{2,4}", re.IGNORECASE
)

WITH_LETTERS: list[tuple[re.Pattern[str], Callable[[str], bool]]] = [
    (re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.IGNORECASE), hetu.is_valid),
    (re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE), codicefiscale.is_valid),
    (re.compile(r"\b\d{8}[ -]?[A-Z]\b", re.IGNORECASE), dni.is_valid),
    (re.compile(r"\b[XYZ][ -]?\d{7}[ -]?[A-Z]\b", re.IGNORECASE), nie.is_valid),
    (
        re.compile(r"\b[12]\s?\d\d\s?\d\d\s?2[AB]\s?\d{3}\s?\d{3}(?:\s?\d\d)?\b", re.IGNORECASE),
        lambda found: True,
    ),
    (
        re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b"),
        lambda found: True,
    ),
]
ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
OF_DIGITS = [nir.is_valid, nn.is_valid, egn.is_valid, oib.is_valid, idnr.is_valid, cpr.is_valid, ssn.is_valid]
OF_FEW_DIGITS = [bsn.is_valid, nif.is_valid, rntrc.is_valid]


def numbers(plain: str, country: str) -> Iterator[Find]:
    """Every number that could tell who somebody is, as seen from ``country`` (ISO 3166, two letters)."""
    for pattern in (BORN, BORN_IN_WORDS):
        yield from ((match.start(), match.end(), Kind.BIRTH) for match in pattern.finditer(plain))
    for match in ACCOUNT.finditer(plain):
        if length := _account_length(match.group()):
            yield match.start(), match.start() + length, Kind.ACCOUNT
    for pattern, is_valid in WITH_LETTERS:
        yield from (
            (match.start(), match.end(), Kind.IDENTITY)
            for match in pattern.finditer(plain)
            if is_valid(match.group())
        )
    rest = DATES_AND_SUMS.sub(lambda match: "~" * len(match.group()), plain)
    yield from _phones(rest, [country])
    for match in LONG.finditer(rest):
        if _is_identity(match.group()):
            yield match.start(), match.end(), Kind.IDENTITY
    yield from _phones(rest, NEARBY)
    yield from ((match.start(), match.end(), Kind.LONG_NUMBER) for match in LONG.finditer(rest))
    yield from ((match.start(), match.end(), Kind.IDENTITY) for match in KEYED.finditer(rest))


def _account_length(found: str) -> int:
    """How much of ``found`` is an IBAN: words may follow it without a break."""
    for end in range(len(found), 14, -1):
        if not found[end - 1].isspace() and iban.is_valid(found[:end], check_country=False):
            return end
    return 0


def _phones(rest: str, regions: list[str]) -> Iterator[Find]:
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(rest, region):
            digits = [character for character in match.raw_string if character.isdigit()]
            if len(regions) == 1 or match.raw_string.startswith(("+", "00")) or len(digits) >= 9:
                yield match.start, match.end, Kind.PHONE


def _is_identity(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if len(digits) in (9, 10) and any(is_valid(digits) for is_valid in OF_FEW_DIGITS):
        return True
    return len(digits) >= 10 and any(is_valid(digits) for is_valid in OF_DIGITS)
