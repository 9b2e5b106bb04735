"""The one question: what in this text could tell who somebody is?"""

from __future__ import annotations

from collections.abc import Iterator

from parvis.shared.free_text.addresses import addresses
from parvis.shared.free_text.kinds import Kind, Spotted
from parvis.shared.free_text.names import names
from parvis.shared.free_text.numbers import numbers
from parvis.shared.free_text.reading import read

Find = tuple[int, int, Kind]


def spot(text: str, *, country: str = "FR") -> list[Spotted]:
    """Everything in ``text`` that could tell who somebody is, in order, without overlaps.

    ``country`` (two letters, ISO 3166) tells how phone numbers are written there.
    """
    reading = read(text)
    found: list[Find] = []
    for start, end, kind in _everything(reading.plain, country):
        if all(end <= other_start or other_end <= start for other_start, other_end, _kind in found):
            found.append((start, end, kind))
    quotes = [(*reading.quote(start, end), kind) for start, end, kind in sorted(found)]
    return [Spotted(first, last, kind, quoted) for first, last, quoted, kind in quotes]


def _everything(plain: str, country: str) -> Iterator[Find]:
    """The surest finds first: where two overlap, the first stays."""
    yield from addresses(plain)
    yield from numbers(plain, country)
    yield from names(plain)
