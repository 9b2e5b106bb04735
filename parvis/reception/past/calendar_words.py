"""Names of months and weekdays in the languages of the network, from Unicode's data, folded."""

from __future__ import annotations

from functools import cache

from babel.dates import get_day_names, get_month_names

from parvis.reception.past.wording import fold, words

# The first languages win where one word means two months (Croatian “listopad” is October, Polish November).
LANGUAGES = ("fr", "en", "fi", "nl", "de", "it", "es", "pt", "da", "sv", "hr", "bg", "uk", "ar")
_MORE_MONTHS = {
    "fevr": 2, "fev": 2, "avr": 4, "juill": 7, "jui": 7, "sept": 9, "dec": 12, "janv": 1, "jan": 1, "feb": 2,
    "mar": 3, "mrs": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "aou": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11,
    "tammi": 1, "helmi": 2, "maalis": 3, "huhti": 4, "touko": 5, "kesa": 6, "heina": 7, "elo": 8, "syys": 9,
    "loka": 10, "marras": 11, "joulu": 12,
}  # fmt: skip
WEEK_WORDS = words(
    "s sem semaine week wk w vk vko viikko kw woche uke uge vecka settimana semana tjedan седмица тиждень"
)
QUARTER_WORDS = words("t q trim trimestre quarter quartal kwartaal neljannes vuosineljannes kvartal trimestr")
FILLERS = words("le la du de of the d au mois month kuukausi kk annee year vuosi klo er den den am on pv")


@cache
def months() -> dict[str, int]:
    """Folded name or abbreviation → month."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    for word in (fold(str(name)), fold(str(name)).rstrip(".")):
                        if word and not word.isdigit():
                            found.setdefault(word, number)
        if language == "fi":
            for word, number in _MORE_MONTHS.items():
                found.setdefault(word, number)
    return found


@cache
def weekdays() -> dict[str, int]:
    """Folded name or abbreviation → weekday, Monday is 0."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                names = get_day_names(width, context, language)
                for number, name in names.items():
                    found.setdefault(fold(str(name)), number)
    found.pop("", None)
    return found
