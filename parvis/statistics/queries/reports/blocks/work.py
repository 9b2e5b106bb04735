"""What was done, in sentences; and how long people waited."""

from __future__ import annotations

from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.reception.queries.figures import Counts, figures_by_day
from parvis.reception.units import UNITS
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.queries.waits import Taken, tickets_taken, waits_of
from parvis.statistics.shown import Line


def work(asked: Asked) -> Content:
    """Each unit in a sentence of its own, as signed and corrected: six queries."""
    days = list(figures_by_day(asked.centre, asked.first, asked.last).values())
    total = reduce(Counts.plus, (day.shown for day in days))
    places = {"n": figure_place(0), "of": figure_place(1)}
    said = [
        *_of_the_door(total, places),
        Sentence(
            _("Acts recorded: %(n)s, of which for groups: %(of)s.") % places,
            [_number("acts", total.acts), _number("groups", total.groups)],
        ),
    ]
    if total.groups:
        said.append(
            Sentence(
                _("People in these groups: %(n)s.") % places,
                [_number("people_in_groups", total.people_in_groups)],
            )
        )
    if total.participants:
        said.append(
            Sentence(
                _("Participants at events: %(n)s.") % places, [_number("participants", total.participants)]
            )
        )
    return Content([*said, _days(asked, days)], note=_note(days))


def _of_the_door(total: Counts, places: dict[str, str]) -> list[Sentence]:
    contacts = Sentence(
        _("Contacts, when somebody answered: %(n)s.") % places, [_number("contacts", total.contacts)]
    )
    if not total.passages:
        return [contacts]
    passages = Sentence(
        _("Passages through the door: %(n)s.") % places, [_number("passages", total.passages)]
    )
    return [passages, contacts]


def _days(asked: Asked, days: list) -> Sentence:  # type: ignore[type-arg]
    busy = sum(any(day.shown.as_dict().values()) for day in days)
    text = _("Days with visitors: %(n)s.") % {"n": figure_place(0)}
    return Sentence(text, [Number(_("Days with visitors"), busy)])


def _note(days: list) -> str:  # type: ignore[type-arg]
    if not any(any(day.live.as_dict().values()) for day in days):
        return _("Nothing was recorded in this period.")
    unsigned = sum(any(day.live.as_dict().values()) and day.signed is None for day in days)
    if not unsigned:
        return _("Every day was signed. Each unit is counted on its own; they are never added together.")
    said = ngettext(
        "%(n)d day is not signed: it is counted as it stands.",
        "%(n)d days are not signed: they are counted as they stand.",
        unsigned,
    )
    return said % {"n": unsigned}


def _number(unit: str, value: int) -> Number:
    return Number(str(UNITS[unit].label), value, unit)


def waits(asked: Asked) -> Content:
    """From arrival to the first call, over all and by theme: two queries."""
    taken = tickets_taken(asked.centre, asked.first, asked.last)
    whole = waits_of(taken)
    if not whole.n:
        return Content(missing=_("Nobody was called, so there are no waits to tell."))
    text = _("Half waited at most %(half)s minutes, nine in ten at most %(nine)s; n = %(n)s.")
    sentence = Sentence(
        text % {"half": figure_place(0), "nine": figure_place(1), "n": figure_place(2)},
        [
            Number(_("Half waited at most, minutes"), whole.median, _("minutes")),
            Number(_("Nine in ten waited at most, minutes"), whole.p90, _("minutes")),
            Number(_("Waits, n"), whole.n),
        ],
    )
    groups: dict[int, list[Taken]] = {}
    for one in taken:
        groups.setdefault(one.theme, []).append(one)
    lines = []
    for theme in asked.centre.themes.order_by("position", "pk"):
        found = waits_of(groups.get(theme.pk, []))
        if found.n:
            figures = [found.n, found.median, found.p90]
            lines.append(Line(str(theme.name), figures, None, theme.tint, theme.shape))
    columns = [
        _("Waits, n"),
        _("Half waited at most, minutes"),
        _("Nine in ten waited at most, minutes"),
    ]
    table = asked.table(
        _("Waits by theme"),
        _("minutes"),
        _("Theme"),
        columns,
        lines,
        method=_("From arrival to the first call; tickets that ended on another day are left out."),
    )
    return Content([sentence], [Table("waits", table)])
