"""The centre's words: code lists with what each entry counts as, themes, opening hours and their exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from parvis.centres.models import Centre, OpeningException, OpeningHours
from parvis.centres.queries.export import codes_table
from parvis.centres.words import own_name
from parvis.reception.past.notation import written
from parvis.shared.books import Table
from parvis.shared.sheets import Cell


def lists_tables(centre: Centre) -> Iterator[Table]:
    """Whatever the period: closed entries, too."""
    heading, rows = codes_table(centre, centre.languages)
    yield Table("code-lists", _("Code lists"), heading, rows, len(rows))
    heading = [_("Key"), *(own_name(code) for code in centre.languages)]
    heading += [_("Offered from"), _("Closed on"), _("Counts as")]
    themes = list(_themes(centre))
    yield Table("themes", _("Themes"), heading, themes, len(themes))
    heading = [_("Site"), _("Weekday"), _("Opens"), _("Closes")]
    hours = list(_hours(centre))
    yield Table("hours", _("Opening hours"), heading, hours, len(hours))
    heading = [_("Site"), _("Date"), _("Opens"), _("Closes"), _("Reason")]
    exceptions = list(_exceptions(centre))
    yield Table("exceptions", _("Exceptions to the hours"), heading, exceptions, len(exceptions))


def _themes(centre: Centre) -> Iterator[Sequence[Cell]]:
    for theme in centre.themes.select_related("network_code").order_by("position", "pk"):
        data = getattr(theme.name, "data", theme.name)
        words = data if isinstance(data, dict) else dict.fromkeys(centre.languages, str(data))
        code = theme.network_code
        counts_as = written(str(code), code.key) if code else None
        own = (words.get(language) for language in centre.languages)
        yield [theme.key, *own, theme.valid_from, theme.valid_to, counts_as]


def _hours(centre: Centre) -> Iterator[Sequence[Cell]]:
    rows = OpeningHours.objects.filter(site__centre=centre).select_related("site")
    for one in rows.order_by("site", "weekday", "opens"):
        yield [one.site.name, str(WEEKDAYS[one.weekday]), f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"]


def _exceptions(centre: Centre) -> Iterator[Sequence[Cell]]:
    rows = OpeningException.objects.filter(site__centre=centre).select_related("site")
    for one in rows.order_by("site", "day", "opens"):
        hours = [f"{time:%H:%M}" if time else None for time in (one.opens, one.closes)]
        yield [one.site.name, one.day, *hours, str(one.reason)]
