"""The list of class visits as a table for a file. Whom to write to stays: a file goes where nobody forgets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from parvis.agenda.queries.visits import Line
from parvis.centres.models import Centre
from parvis.shared.sheets import Cell


def heading() -> list[str]:
    """The names of the columns."""
    return [
        *(_("School"), _("Place"), pgettext("of a school", "Level"), pgettext("of a school", "Stream")),
        _("Languages that the class speaks"),
        *(_("Pupils"), _("Adults with them"), _("State"), _("Asked on"), _("Day"), _("From"), _("To")),
        *(_("Workshops"), _("Individual interviews"), _("Pupils who came")),
    ]


def rows(centre: Centre, lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """A line for each visit, as the page has them."""
    for line in lines:
        one = line.visit
        begins = centre.local(one.begins_at) if one.begins_at else None
        ends = centre.local(one.ends_at) if one.ends_at else None
        yield [
            one.school.name if one.school else one.school_name,
            one.school.place if one.school else "",
            str(one.level.label) if one.level else "",
            str(one.stream.label) if one.stream else "",
            "; ".join(str(get_language_info(code)["name_translated"]) for code in one.languages),
            one.pupils,
            one.adults,
            str(one.get_state_display()),
            centre.local_day(one.asked_at),
            begins.date() if begins else None,
            begins.time() if begins else None,
            ends.time() if ends else None,
            "; ".join(str(kit.title) for kit in one.kits.all()),
            one.interviews,
            one.came,
        ]
