"""What the house knows of names and numbers, in the words of the import."""

from __future__ import annotations

from functools import lru_cache

from parvis.reception.past.headings import Why
from parvis.shared.free_text import Kind, spot

_WHY = {
    Kind.NAME: Why.NAME,
    Kind.PHONE: Why.PHONE,
    Kind.EMAIL: Why.EMAIL,
    Kind.PROFILE: Why.EMAIL,
    Kind.STREET: Why.ADDRESS,
    Kind.BIRTH: Why.BIRTH,
    Kind.IDENTITY: Why.IDENTITY,
    Kind.ACCOUNT: Why.IDENTITY,
    Kind.LONG_NUMBER: Why.IDENTITY,
}


@lru_cache(maxsize=20_000)
def spot_person(text: str) -> str:
    """The value of a ``Why`` where the text could tell who somebody is, else ``""``."""
    found = spot(text)
    return _WHY[found[0].kind].value if found else ""
