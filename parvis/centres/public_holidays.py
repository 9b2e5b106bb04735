"""Public holidays, countries and regions as the ``holidays`` library knows them, named in a person's language."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays
from babel import Locale
from holidays.registry import COUNTRIES


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """Every country whose holidays are known: ISO 3166-1 code and name in ``language``, by name."""
    names = Locale(language).territories
    known = [(code, names[code]) for code in _known() if code in names]
    return sorted(known, key=lambda pair: pair[1].casefold())


@cache
def regions(country: str) -> list[tuple[str, str]]:
    """Regions of ``country`` with holidays of their own: code and full name, by name."""
    if country not in _known():
        return []
    calendar = holidays.country_holidays(country)
    names: dict[str, str] = {}
    for name, code in getattr(calendar, "subdivisions_aliases", {}).items():
        if len(name) > 3:  # shorter ones are codes, too
            names.setdefault(code, name)
    return sorted(
        [(code, names.get(code, code)) for code in calendar.subdivisions], key=lambda pair: pair[1].casefold()
    )


@cache
def _known() -> frozenset[str]:
    return frozenset(codes[1] for codes in COUNTRIES.values())


@cache
def _year(country: str, region: str, year: int, language: str) -> dict[date, str]:
    if country not in _known():
        return {}
    calendar = holidays.country_holidays(country)
    spoken = {code.split("_")[0]: code for code in calendar.supported_languages}
    asked = spoken.get(language) or spoken.get("en") or calendar.default_language
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year, language=asked).items())


def public_holidays(*, country: str, region: str, first: date, last: date, language: str) -> dict[date, str]:
    """Each public holiday from ``first`` to ``last`` inclusive, in order, named in ``language``, else in English.

    Source: the ``holidays`` library's official ("public") category. Empty for a country that it does not know.
    """
    if region and region not in dict(regions(country)):
        region = ""
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _year(country, region, year, language)
    return {day: found[day] for day in sorted(found) if first <= day <= last}
