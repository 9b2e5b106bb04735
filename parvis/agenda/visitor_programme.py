"""Words of the programme for everybody."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from parvis.agenda.models import Accessibility, Registration, Session
from parvis.agenda.queries.public.programme import Line
from parvis.shared.speaking import a_weekday

ACCESS = {
    Accessibility.STEP_FREE: gettext_lazy("Reached without steps"),
    Accessibility.HEARING_LOOP: gettext_lazy("Hearing loop"),
    Accessibility.SIGN_LANGUAGE: gettext_lazy("Sign language"),
    Accessibility.CAPTIONS: gettext_lazy("Live captions"),
    Accessibility.PLAIN: gettext_lazy("Plain language"),
    Accessibility.QUIET: gettext_lazy("A quiet place beside it"),
}
WHERE = {
    "room": pgettext_lazy("how one takes part", "On site"),
    "online": pgettext_lazy("how one takes part", "Online"),
}
HOW: dict[str, str | Promise] = {
    Registration.NONE: gettext_lazy("Just come: no registration, nobody asks who you are."),
    Registration.COUNT: gettext_lazy("Keep a place beforehand: say only how many of you come."),
    Registration.ALIAS: gettext_lazy(
        "Keep a place beforehand: you get a friendly name and a code, and give none of yours."
    ),
    Registration.REMINDER: gettext_lazy(
        "Keep a place beforehand: you get a friendly name and a code. An e-mail is for a reminder only, if you want one."
    ),
}
OF = {"es": r"F \d\e Y", "pt": r"F \d\e Y"}  # months with a word between


def a_month(first: date) -> str:
    """“December 2026”, at the start of a line."""
    said = date_format(first, OF.get(get_language() or "", "F Y"))
    return said[:1].upper() + said[1:]


def access_words(keys: list[str]) -> list[str]:
    """What makes it easier to come, in words; what is not known any more is left out."""
    return [str(ACCESS[Accessibility(key)]) for key in keys if key in Accessibility.values]


def where_of(line: Line) -> str:
    """The place in one line: room, site and its address, or elsewhere; online."""
    site = line.session.site
    return _places(line, [*line.rooms, *([site.name, site.address] if site else [])])


def short_place_of(line: Line) -> str:
    """The room alone where there is one: for those who are in the house already."""
    site = line.session.site
    return _places(line, line.rooms or ([site.name] if site else []))


def _places(line: Line, named: list[str]) -> str:
    said = ", ".join(place for place in [*named, line.session.elsewhere] if place)
    if not line.session.is_online:
        return said
    online = pgettext("how one takes part", "Online")
    return _("%(place)s, and online") % {"place": said} if said else online


def when_of(line: Line) -> str:
    """Day and hours in one line: “Tuesday 8 December 2026, 14:00–16:00”."""
    first, last = line.begins.date(), line.last_day
    if line.session.all_day:
        return a_weekday(first) if first == last else f"{a_weekday(first)} – {a_weekday(last)}"
    begins, ends = f"{line.begins:%H:%M}", f"{line.ends:%H:%M}"
    if first == last:
        return f"{a_weekday(first)}, {begins}–{ends}"
    return f"{a_weekday(first)}, {begins} – {a_weekday(line.ends.date())}, {ends}"


def day_of(session: Session) -> str:
    """“Tuesday 8 December 2026”: the day on which it began, at the centre."""
    return a_weekday(session.centre.local(session.begins_at).date())


def hours_of(line: Line) -> str:
    """“14:00–16:00”, or that it lasts the whole day."""
    if line.session.all_day:
        return _("all day")
    return f"{line.begins:%H:%M}–{line.ends:%H:%M}"
