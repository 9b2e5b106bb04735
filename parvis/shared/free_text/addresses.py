"""E-mail addresses, personal pages and accounts, street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parvis.shared.free_text.kinds import Kind

Find = tuple[int, int, Kind]

AT = r"(?:@|\s@\s|\s?[\(\[\{<]\s?(?:at|@|arobase|a)\s?[\)\]\}>]\s?|\s(?:arobase|arrobase|chiocciola|arroba|apenstaartje)\s)"
DOT = (
    r"(?:\.|\s?[\(\[]\s?(?:dot|point|punkt|punto|ponto|punt)\s?[\)\]]\s?|\s(?:dot|point|punto|ponto|punkt)\s)"
)
EMAIL = re.compile(
    rf"(?<!\w)[\w+%-]{{1,40}}(?:{DOT}[\w+%-]{{1,40}}){{0,4}}{AT}[\w-]{{1,40}}(?:{DOT}[\w-]{{2,30}}){{1,4}}",
    re.IGNORECASE,
)
# "name@" and a word, without any dot: an address cut short, or a handle after a name
CUT_SHORT = re.compile(r"\w[\w.+-]{0,40}@\w[\w-]{1,40}")
HANDLE = re.compile(r"(?<![\w@])@\s?\w[\w.-]{2,40}")

NETWORKS = (
    r"(?:linkedin|facebook|fb|instagram|tiktok|twitter|snapchat|github|gitlab|viadeo|xing|vk|youtube|pinterest|threads|bsky|"
    r"doyoubuzz|malt|behance|soundcloud|telegram|whatsapp)"
)
PAGE = re.compile(
    rf"(?:https?://)?(?:[a-z]{{2,3}}\.|www\.|m\.)?{NETWORKS}\.(?:com|fr|me|app|net|social|org)/\S{{2,80}}",
    re.IGNORECASE,
)
SHORT_PAGE = re.compile(
    r"(?<![\w.])(?:(?:t|wa|fb|m)\.me|youtu\.be|x\.com|signal\.me|linktr\.ee)/\S{2,80}", re.IGNORECASE
)
ACCOUNT = re.compile(
    r"\b(?:insta|instagram|snap|snapchat|tiktok|telegram|discord|skype|linkedin|facebook|twitter|messenger|whatsapp)"
    r"\s?(?::|=|->|→)\s?\w[\w.#-]{2,40}",
    re.IGNORECASE,
)

WAYS = (
    r"(?:rue|avenue|av\.|boulevard|bd|bld|impasse|all[ée]e|chemin|quai|cours|route|passage|venelle|villa|square|"
    r"via|viale|corso|piazza|calle|avenida|rua|travessa|largo|ulica|ulitsa|ул\.|улица|бул\.|вул\.|вулиця)"
)
STREET = re.compile(
    rf"(?<!\d)\d{{1,4}}\s?(?:bis|ter|quater|[a-d])?\s?,?\s+{WAYS}\s+(?:de |du |des |la |les |d')*[^\W\d]{{2,}}",
    re.IGNORECASE,
)
STREET_FIRST = re.compile(
    rf"\b(?:{WAYS})\s+(?:[^\W\d_][\w.'-]*\s+){{1,3}}(?:n°\s?|nr\.?\s?|№\s?)?\d{{1,4}}\b(?!\s?(?:h|[/.:]\d|min|ans|%|€))",
    re.IGNORECASE,
)
STREET_JOINED = re.compile(
    r"\b[^\W\d_]{3,}(?:stra(?:ß|ss)e|str\.|straat|laan|gasse|gade|vej|katu|tie|kuja|weg|plein)\s+\d{1,4}\s?[a-z]?\b",
    re.IGNORECASE,
)
STREET_ENGLISH = re.compile(
    r"(?<!\d)\d{1,4}[a-c]?,?\s+(?:[A-Z][\w'-]+\s+){1,3}(?:Street|St\.|Road|Rd\.?|Avenue|Lane|Drive|Close)\b"
)

PATTERNS = [
    (EMAIL, Kind.EMAIL),
    (CUT_SHORT, Kind.EMAIL),
    (PAGE, Kind.PROFILE),
    (SHORT_PAGE, Kind.PROFILE),
    (ACCOUNT, Kind.PROFILE),
    (HANDLE, Kind.PROFILE),
    (STREET, Kind.STREET),
    (STREET_FIRST, Kind.STREET),
    (STREET_JOINED, Kind.STREET),
    (STREET_ENGLISH, Kind.STREET),
]


def addresses(plain: str) -> Iterator[Find]:
    """Every address found; the surest kind first, so that an overlap keeps it."""
    for pattern, kind in PATTERNS:
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), kind
