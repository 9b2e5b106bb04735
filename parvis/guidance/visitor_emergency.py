"""Emergency numbers by country, for centres that wrote none of their own; and what each stands for, in every language.

Well-known numbers, written down in 2026; those of Croatia, Denmark, Italy, the Netherlands, Spain and Switzerland were compared
with the press or the service's own pages. The director's page asks each centre to try them. Where none is sure there is 112
alone, and where 112 does not answer there is nothing: a wrong number is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.guidance.visitor_danger import Kind

EMERGENCY = _("Emergencies: ambulance, police, fire brigade")
AMBULANCE, POLICE, FIRE = _("Ambulance"), _("Police"), _("Fire brigade")
BY_TEXT = _("Emergencies by text message, if you cannot speak or hear")
LISTENING = _("Somebody who listens")
SUICIDE = _("Help when one thinks of suicide")
VIOLENCE = _("Help against violence")
CHILDREN = _("Help for children and young people")
ALWAYS = _("day and night")


@dataclass(frozen=True)
class Default:
    """One number of a country; ``kind`` is a danger's, or empty for any."""

    number: str
    name: str | Promise
    kind: str = ""
    hours: str | Promise = ""
    by_text: bool = False  # it takes text messages, not calls


def _suicide(number: str, hours: str | Promise = ALWAYS) -> Default:
    return Default(number, SUICIDE, Kind.SELF, hours)


def _listening(number: str, hours: str | Promise = ALWAYS) -> Default:
    return Default(number, LISTENING, Kind.SELF, hours)


def _violence(number: str, hours: str | Promise = ALWAYS) -> Default:
    return Default(number, VIOLENCE, Kind.VIOLENCE, hours)


def _children(number: str, hours: str | Promise = ALWAYS) -> Default:
    return Default(number, CHILDREN, Kind.MINOR, hours)


def _police(number: str) -> Default:
    return Default(number, POLICE, Kind.VIOLENCE)


def _ambulance(number: str) -> Default:
    return Default(number, AMBULANCE, Kind.SELF)


ONE = Default("112", EMERGENCY, hours=ALWAYS)
# ISO 3166. The European Union's members, and countries beside them, where 112 answers.
WITH_112 = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
    }
    | {"NL", "PL", "PT", "RO", "SE", "SI", "SK", "CH", "IS", "LI", "NO", "GB", "UA"}
)
# Who listens comes before who drives out: that is 112's to decide.
OF_COUNTRY: dict[str, list[Default]] = {
    "BE": [
        _suicide("0800 32 123"),
        _suicide("1813"),
        _violence("0800 30 030"),
        _violence("1712", ""),
        _children("103", ""),
        _children("102", ""),
        _police("101"),
    ],
    "BG": [_violence("0800 1 86 76"), _children("116 111")],
    "CH": [
        _listening("143"),
        _violence("142"),
        _children("147"),
        _police("117"),
        _ambulance("144"),
        Default("118", FIRE),
    ],
    "DE": [_listening("0800 111 0 111"), _violence("116 016"), _children("116 111", ""), _police("110")],
    "DK": [_suicide("70 201 201", ""), _violence("1888"), _children("116 111")],
    "ES": [_suicide("024"), _violence("016"), _children("116 111")],
    "FI": [_listening("09 2525 0111"), _violence("080 005 005"), _children("116 111", "")],
    "FR": [
        _suicide("3114"),
        _violence("3919"),
        _children("119"),
        _ambulance("15"),
        _police("17"),
        Default("18", FIRE),
        Default("114", BY_TEXT, by_text=True),
    ],
    "HR": [_violence("116 006"), _children("116 111", ""), _police("192")],
    "IT": [_listening("02 2327 2327", ""), _violence("1522"), _children("114")],
    "LU": [_listening("45 45 45", ""), _violence("2060 1060", ""), _children("116 111", ""), _police("113")],
    "NL": [_suicide("113"), _violence("0800 2000"), _children("0800 0432", "")],
    "PT": [_listening("808 24 24 24"), _violence("800 202 148"), _children("116 111", "")],
    "UA": [
        _suicide("7333"),
        _violence("116 123"),
        _children("116 111"),
        _police("102"),
        _ambulance("103"),
        Default("101", FIRE),
    ],
}


def defaults(country: str) -> list[Default]:
    """The numbers of a country (ISO 3166, two letters), the general one first; none where none is known for sure."""
    return [ONE, *OF_COUNTRY.get(country, [])] if country in WITH_112 else []
