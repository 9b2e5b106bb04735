"""Columns that could tell who somebody is: by their heading, and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from parvis.reception.past.headings import Why, refused

Spot = Callable[[str], str]  # a text → the value of a Why, or ""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]{2,}")
_PHONE = re.compile(r"(?<!\d)(?:\+|00)?\d(?:[ .\-/()]?\d){8,13}(?!\d)")
_IDENTITY = re.compile(
    r"(?<!\d)[12][ ]?\d\d[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d\d|2[AB])[ ]?\d{3}[ ]?\d{3}(?:[ ]?\d\d)?(?!\d)"
    r"|(?<!\d)[0-3]\d[01]\d\d\d[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)"
)
_NAME = re.compile(
    r"(?:(?:M|Mr|Mme|Mlle|Mrs|Ms|Dr)\.? )?[A-ZÀ-ÝŠŽ][\w'’-]+(?:[ -][A-ZÀ-ÝŠŽ][\w'’-]+){1,2}", re.UNICODE
)


def spot_by_pattern(text: str) -> str:
    """What a text holds that has a form of its own: an e-mail, an identity number, a phone number."""
    if _EMAIL.search(text):
        return Why.EMAIL.value
    if _IDENTITY.search(text):
        return Why.IDENTITY.value
    return Why.PHONE.value if _PHONE.search(text) and not _looks_dated(text) else ""


def _looks_dated(text: str) -> bool:
    return re.fullmatch(r"[\d\s.:/TZ+-]*(?:19|20)\d\d[\d\s.:/TZ+-]*", text) is not None


def refusal(heading: str, values: Iterable[object], distinct: int, filled: int, spot: Spot) -> Why | None:
    """Why the column may not be read, or nothing. ``values`` are different ones, some hundreds at most."""
    if why := refused(heading):
        return why
    texts = [value for value in values if isinstance(value, str)]
    dates = [value for value in values if isinstance(value, date)]
    if dates and len({value.year for value in dates}) > 15 and min(value.year for value in dates) < 1995:
        return Why.BIRTH
    if not texts:
        return None
    found = [spot(text) or spot_by_pattern(text) for text in texts[:400]]
    for why in (Why.EMAIL, Why.PHONE, Why.IDENTITY, Why.BIRTH, Why.ADDRESS):
        if found.count(why.value) > max(1, len(found) * 0.05):
            return why
    named = sum(why == Why.NAME.value for why in found)
    shaped = sum(_NAME.fullmatch(text) is not None for text in texts[:400])
    if len(found) >= 5 and (
        named > len(found) * 0.35 or (_varied(distinct, filled) and shaped > len(found) * 0.7)
    ):
        return Why.NAME
    return None


def _varied(distinct: int, filled: int) -> bool:
    return distinct > 25 and distinct > filled * 0.4
