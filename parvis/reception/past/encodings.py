"""Which encoding a text file is in: marks first, then UTF-8, then the letters that each candidate would make of it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from charset_normalizer import from_bytes

# What the assistant offers, in the order in which it tries them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO-8859-15",
    "iso8859-1": "ISO-8859-1",
    "mac-roman": "Mac Roman",
    "cp850": "MS-DOS 850",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1256": "Windows-1256",
}
_WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850")
_EASTERN = ["cp1251", "cp1250", "cp1256", "koi8_u", "iso8859_2", "iso8859_5"]
_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_USUAL = set("éèêëàâäçîïôöùûüœæñáíóúãõåøßì") | set("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆÑÁÍÓÚÅØ")
_SIGNS = set("’‘“”«»–—…€°²\xa0•·½")
_SAMPLE = 400_000


def guess(data: bytes) -> str:
    """The encoding of ``data`` as Python names it: exact for marks and UTF-8, the likeliest otherwise."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if wide := _without_mark(data[:4096]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    return "utf-8"


def _without_mark(head: bytes) -> str:
    """UTF-16 that lost its mark: every other byte of mostly Latin text is zero."""
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else ""


def _single_byte(data: bytes) -> str:
    sample = b" ".join(_telling(data[:_SAMPLE] if _telling(data[:_SAMPLE]) else data))[:60_000]
    high = sum(byte > 127 for byte in sample)
    scores = {name: _score(sample, name) / max(high, 1) for name in _WESTERN}
    best = max(_WESTERN, key=lambda name: scores[name])
    if scores[best] < 0.3:
        other = from_bytes(sample, cp_isolation=_EASTERN).best()
        if other is not None and other.encoding in _EASTERN:
            return other.encoding.replace("_", "-") if other.encoding.startswith("iso") else other.encoding
    return best


def _telling(data: bytes) -> list[bytes]:
    """The words with a byte above ASCII: only they tell one encoding from another."""
    return [word for word in data.split() if any(byte > 127 for byte in word)]


def _score(sample: bytes, encoding: str) -> float:
    """How much ``sample`` looks like Western text when read so."""
    text = sample.decode(encoding, errors="replace")
    return sum(_weight(before, c, after) for before, c, after in _windows(text))


def _windows(text: str) -> Iterable[tuple[str, str, str]]:
    padded = f" {text} "
    return (
        (padded[i - 1], padded[i], padded[i + 1]) for i in range(1, len(padded) - 1) if padded[i] > "\x7f"
    )


def _weight(before: str, c: str, after: str) -> float:
    if c in _USUAL:
        if c.isupper() and before.islower():
            return -1.0  # a capital inside a word
        return 1.2 if c in "éèàçêäö" else 1.0
    if c in _SIGNS:
        inside = before.isalpha() and after.isalpha()
        return -0.5 if inside and c not in "’‘·" else 0.6
    if c.isalpha():
        return -0.6
    return -2.0 if c < "\xa0" or c == "\ufffd" or before.isalpha() or after.isalpha() else -0.4
