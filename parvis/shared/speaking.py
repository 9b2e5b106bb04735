"""The language of a visitor's page, and what each such page tells the browser."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info

ALL_LANGUAGES = [code for code, _name in settings.LANGUAGES]
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address may be a key: no other page hears of it
    "X-Robots-Tag": "noindex, nofollow",
    "X-Parvis": "page",  # how a device tells our page from that of a hotel's network
}


def browsers_language(request: HttpRequest, among: Iterable[str]) -> str:
    """The first language that the browser asks for ``among`` those, or nothing."""
    header = request.headers.get("Accept-Language", "")
    spoken = set(among)
    for part in header.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in spoken:
            return code
    return ""


def headed(response: HttpResponse, language: str, *, secret_address: bool = True) -> HttpResponse:
    """With what every page of a visitor tells the browser.

    Where the address is no secret, the browser may name it to our own pages: without it, a form's origin is unknown
    and the form is refused.
    """
    for name, value in HEADERS.items():
        response.headers[name] = value
    if not secret_address:
        response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Content-Language"] = language
    return response


def language_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Languages by their own names, each as its speakers write it at the start of a line."""
    names = [(code, str(get_language_info(code)["name_local"])) for code in codes]
    return [(code, name[:1].upper() + name[1:]) for code, name in names]


# Where a day is not written “3 March 2026”: with the month's other case, a full stop, or a word between.
DAYS = {
    "fi": "j. E Y",
    "hr": "j. E Y.",
    "uk": "j E Y",
    "de": "j. F Y",
    "da": "j. F Y",
    "es": r"j \d\e F \d\e Y",
    "pt": r"j \d\e F \d\e Y",
}
COMMA = {"de", "es", "pt", "bg", "uk", "hr"}  # between a weekday and its day
SMALL_MONTHS = {"it", "pt", "bg", "hr", "fi", "uk", "es", "da"}  # within a line


def a_day(day: date) -> str:
    """A day as the active language writes it within a sentence."""
    language = get_language() or "en"
    said = date_format(day, DAYS.get(language, "j F Y"))
    return said.lower() if language in SMALL_MONTHS else said


def a_weekday(day: date) -> str:
    """A day with its weekday, the year left out, as the active language writes it at the start of a line."""
    weekday = date_format(day, "l")
    comma = "," if get_language() in COMMA else ""
    return f"{weekday[:1].upper()}{weekday[1:]}{comma} {a_day(day)}"


def a_short_day(day: date) -> str:
    """“3 Mar”, “3 mars”: where a year or a weekday stands beside it."""
    said = date_format(day, "j M")
    return said.lower() if (get_language() or "en") in {"fr", *SMALL_MONTHS} else said


def some_days(first: date, last: date) -> str:
    """Days in a row for staff, without saying a month or year twice: “16–22 November 2026”, “30 March – 5 April 2026”."""
    if first == last:
        return date_format(last, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    begun = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{begun} – {date_format(last, 'j F Y')}"
