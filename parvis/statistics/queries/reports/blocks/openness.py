"""How long the centre is open to whoever comes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from parvis.centres.queries.opening import Stretch, openings
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Line


def opening(asked: Asked) -> Content:
    """Hours in which one may come without an appointment, by site: three queries. Nobody is asked for one anywhere."""
    sites = list(asked.centre.sites.all())
    found = openings(sites, asked.centre, asked.first, asked.last)
    lines, hours, days = [], 0.0, set()
    for site in sites:
        open_days = [one for one in found[site.pk] if one.is_open]
        minutes = sum(_minutes(stretch) for one in open_days for stretch in one.stretches)
        if open_days:
            lines.append(Line(str(site.name), [len(open_days), round(minutes / 60, 1)]))
        hours += minutes / 60
        days |= {one.day for one in open_days}
    if not lines:
        return Content(missing=_("No site was open in this period."))
    weeks = max(1, ((asked.last - asked.first) + timedelta(days=1)).days / 7)
    text = _("Open without appointment: %(hours)s hours on %(days)s days, %(week)s hours a week on average.")
    numbers = [
        Number(_("Hours open"), round(hours, 1), _("hours")),
        Number(_("Days open"), len(days), _("days")),
        Number(_("Hours open a week"), round(hours / weeks, 1), _("hours")),
    ]
    places = {"hours": figure_place(0), "days": figure_place(1), "week": figure_place(2)}
    table = asked.table(
        _("Opening by site"),
        _("hours"),
        _("Site"),
        [_("Days open"), _("Hours open")],
        lines,
        method=_("The ordinary week, less public holidays and closures, with exceptions."),
    )
    return Content([Sentence(text % places, numbers)], [Table("sites", table)] if len(lines) > 1 else [])


def _minutes(stretch: Stretch) -> float:
    day = datetime.min
    return (datetime.combine(day, stretch.closes) - datetime.combine(day, stretch.opens)).total_seconds() / 60
