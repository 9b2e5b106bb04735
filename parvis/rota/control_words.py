"""Findings of a control report as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.rota.models import DutyKind
from parvis.rota.queries import control
from parvis.rota.queries.control import ALONE, KINDS, LANGUAGE, UNCOVERED, Finding

ICONS = {UNCOVERED: "user-x", ALONE: "users", LANGUAGE: "languages", control.LIMIT: "gauge"}


@dataclass(frozen=True)
class Said:
    """One finding as a sentence, and the day under which it stands."""

    sentence: str
    day: date


@dataclass(frozen=True)
class Part:
    """All findings of one kind."""

    kind: str
    title: str
    icon: str
    lines: list[Said]


def titles() -> dict[str, str]:
    """What each kind is called."""
    return {
        UNCOVERED: _("Seats that nobody is on"),
        ALONE: _("One institution alone"),
        LANGUAGE: _("Languages that are missing"),
        control.LIMIT: _("More than somebody’s limit"),
    }


def in_words(centre: Centre, findings: Iterable[Finding]) -> list[Part]:
    """Findings by kind; kinds without any are left out: two queries."""
    found = list(findings)
    themes = {one.pk: one for one in Theme.objects.filter(centre=centre)}
    people = {one.pk: one for one in User.objects.filter(pk__in=[one.get("person") for one in found])}
    names = titles()
    parts = []
    for kind in KINDS:
        lines = [
            Said(_sentence(one, themes, people), date.fromisoformat(one["day"]))
            for one in found
            if one["kind"] == kind
        ]
        if lines:
            parts.append(Part(kind, names[kind], ICONS[kind], lines))
    return parts


def _sentence(one: Finding, themes: dict[int, Theme], people: dict[int, User]) -> str:
    if one["kind"] == control.LIMIT:
        return _of_limit(one, people)
    said = {"hour": _hour(one), "what": _what(one, themes), "n": one.get("missing", 0)}
    if one["kind"] == UNCOVERED:
        said["seats"] = one["seats"]
        text = ngettext(
            "%(hour)s: %(n)d seat of %(seats)d is empty for %(what)s.",
            "%(hour)s: %(n)d seats of %(seats)d are empty for %(what)s.",
            one["missing"],
        )
        return text % said
    if one["kind"] == ALONE:
        said["n"] = one["people"]
        return _("%(hour)s: all %(n)d people for %(what)s come from the same institution.") % said
    said["language"] = get_language_info(one["language"])["name_translated"]
    text = ngettext(
        "%(hour)s: %(n)d person who speaks %(language)s is missing for %(what)s.",
        "%(hour)s: %(n)d people who speak %(language)s are missing for %(what)s.",
        one["missing"],
    )
    return text % said


def _hour(one: Finding) -> str:
    return time_format(time.fromisoformat(one["starts"]), "H:i")


def _what(one: Finding, themes: dict[int, Theme]) -> str:
    theme = themes.get(one["theme"] or 0)
    return _("“%(theme)s”") % {"theme": theme.name} if theme else str(DutyKind(one["duty"]).label).lower()


def _of_limit(one: Finding, people: dict[int, User]) -> str:
    person = people.get(one["person"])
    said = {
        "name": person.name if person else _("Somebody who has left"),
        "count": one["count"],
        "most": one["most"],
        "day": date_format(date.fromisoformat(one["week"] if "week" in one else one["day"]), "l j F"),
    }
    return _limit_text(one["rule"], one["count"]) % said


def _limit_text(rule: str, count: int) -> str:
    if rule == control.PER_WEEK:
        return ngettext(
            "%(name)s has %(count)d half-day in the week of %(day)s; %(most)d is the limit.",
            "%(name)s has %(count)d half-days in the week of %(day)s; %(most)d is the limit.",
            count,
        )
    if rule == control.PER_DAY:
        return ngettext(
            "%(name)s has %(count)d half-day on %(day)s; %(most)d is the limit.",
            "%(name)s has %(count)d half-days on %(day)s; %(most)d is the limit.",
            count,
        )
    if rule == control.IN_A_ROW:
        return ngettext(
            "%(name)s comes on %(count)d day around %(day)s; %(most)d is the limit.",
            "%(name)s comes %(count)d days in a row around %(day)s; %(most)d is the limit.",
            count,
        )
    return ngettext(
        "%(name)s rests for %(count)d hour before %(day)s; %(most)d are agreed.",
        "%(name)s rests for %(count)d hours before %(day)s; %(most)d are agreed.",
        count,
    )
