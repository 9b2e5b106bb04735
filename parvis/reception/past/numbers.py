"""Counts as sheets give them: 1 234, 1.234, 12,0, “-”, “nc”, “fermé”."""

from __future__ import annotations

import re
from datetime import datetime, time
from enum import StrEnum

from parvis.reception.past.cells import Cell
from parvis.reception.past.wording import fold, words


class NoCount(StrEnum):
    """Why a cell gives no count."""

    EMPTY = "empty"
    UNKNOWN = "not_known"
    CLOSED = "closed"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_BIG = "too_big"


MOST = 10_000_000
_NOTHING = {"", "-", "–", "—", "―", "‐", "/", "//", ".", "..", "...", "…", "_", "--", "−", "·", "ø", "Ø"}
_UNKNOWN = words(
    "nc|n c|na|n a|nr|n r|nd|n d|ns|nsp|x|xx|inconnu|inconnue|unknown|non communique|non renseigne|non disponible"
    "|donnee manquante|ne sait pas|ei tiedossa|ei tietoa|puuttuu|missing|not known|not communicated|not available"
)
_CLOSED = words(
    "ferme fermee fermeture ferie feries conge conges vacances pont greve closed holiday suljettu kiinni loma"
    " lomalla pyha pyhapaiva chiuso cerrado fechado gesloten geschlossen lukket stengt"
)
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
_UNITS = re.compile(
    r"(?:pers(?:onnes?|\.)?|visites?|visiteurs?|usagers?|pax|kpl|hlo|hlö|henkiloa?|kavijaa?|people|visitors?|\*+|\(\d\))$"
)


def read_count(cell: Cell) -> int | NoCount:
    """The whole number in ``cell``, or why there is none.

    A count is whole, so “1.234” and “1,234” are both one thousand two hundred and thirty-four.
    """
    if cell is None:
        return NoCount.EMPTY
    if isinstance(cell, int | float):
        return _checked(cell)
    if not isinstance(cell, str):
        return NoCount.NOT_A_NUMBER
    text = cell.strip()
    if text in _NOTHING:
        return NoCount.EMPTY
    words = fold(text)
    if words in _UNKNOWN or text in {"?", "??"}:
        return NoCount.UNKNOWN
    if any(word in _CLOSED for word in words.split()):
        return NoCount.CLOSED
    number = read_number(_UNITS.sub("", _SPACES.sub("", text.casefold())), whole=True)
    return NoCount.NOT_A_NUMBER if number is None else _checked(number)


def _checked(number: float) -> int | NoCount:
    if number < 0:
        return NoCount.NEGATIVE
    if number != int(number):
        return NoCount.NOT_WHOLE
    return int(number) if number <= MOST else NoCount.TOO_BIG


def read_number(text: str, *, whole: bool = False) -> float | None:
    """The number in ``text`` with any usual mark for thousands and decimals.

    ``whole`` settles the one doubtful form, a single mark before exactly three digits: thousands rather than decimals.
    """
    text = _SPACES.sub("", text).replace("−", "-")
    match = re.fullmatch(r"([-+]?)(\d[\d.,]*)", text)
    if not match or not match[2].isascii():
        return None
    sign, digits = match.groups()
    marks = [c for c in digits if c in ".,"]
    kinds = set(marks)
    if len(kinds) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return None
        thousands = next(iter(kinds - {decimal}))
        head, _, tail = digits.rpartition(decimal)
        return _joined(sign, head, thousands, tail)
    if len(marks) > 1:
        return _joined(sign, digits, marks[0], "")
    if len(marks) == 1 and whole and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        return _joined(sign, digits, marks[0], "")
    head, _, tail = digits.replace(",", ".").partition(".")
    return float(f"{sign}{head or 0}.{tail or 0}")


def _joined(sign: str, head: str, thousands: str, tail: str) -> float | None:
    groups = head.split(thousands)
    if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    return float(f"{sign}{''.join(groups)}.{tail or 0}")


def read_minutes(cell: Cell) -> int | None:
    """A length of time in minutes: “45”, “45 min”, “1h30”, “0:45”, “1,5 h”, a time of a sheet."""
    if isinstance(cell, datetime):
        return None
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, int | float):
        return round(cell * 1440) if 0 < cell < 1 else _sane(cell)
    if not isinstance(cell, str):
        return None
    text = _SPACES.sub("", cell.casefold())
    if match := re.fullmatch(r"(\d{1,2})(?:h|:|heures?|t)(\d{1,2})(?:min|mn|m)?(?::\d\d)?", text):
        return int(match[1]) * 60 + int(match[2])
    if match := re.fullmatch(r"([\d.,]+)(?:h|heures?|tuntia?|hours?|hrs?|t)", text):
        hours = read_number(match[1])
        return None if hours is None else _sane(hours * 60)
    match = re.fullmatch(r"([\d.,]+)(?:minutes?|minuuttia|min\.?|mn|m|['′’])?", text)
    number = read_number(match[1]) if match else None
    return None if number is None else _sane(number)


def _sane(minutes: float) -> int | None:
    return round(minutes) if 0 <= minutes <= 1_440 else None
