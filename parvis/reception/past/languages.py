"""The code of a language by its name in any language of the network: “français”, “ranska”, “French” and “fr” are “fr”."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from parvis.reception.past.wording import fold

_SAID_IN = ("fr", "en", "fi", "nl", "de", "it", "es", "pt", "da", "hr", "bg", "uk", "ar")
_OFTEN = (
    "fr en fi sv nl de it es pt da hr bg uk ar ru et so fa ps ku tr pl ro sr sq ti am bn zh ja ko vi th hi ur ta"
    " el hu cs sk sl lt lv ka hy az kab ber wo ln"
)


@cache
def _names() -> dict[str, str]:
    known = _OFTEN.split()
    found = {code: code for code in known}
    for code in known:
        for said in (*_SAID_IN, code):
            try:
                name = Locale.parse(said).languages.get(code) if said else None
            except (ValueError, UnknownLocaleError):  # Berber, which the library does not know
                continue
            if name:
                found.setdefault(fold(name), code)
    return found


def language_code(text: str) -> str:
    """The code, or ``""`` for what is no language that we know."""
    plain = fold(text)
    return _names().get(plain) or _names().get(plain.split()[0] if plain else "", "")
