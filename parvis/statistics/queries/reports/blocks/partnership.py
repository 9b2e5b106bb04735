"""Who works with the centre: partners by type, points of view by theme, full-time equivalents. Institutions, never people."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from django.utils.translation import gettext as _

from parvis.partners.models import PARTNERS, Institution, Relation
from parvis.rota.queries.ledger import ledger
from parvis.rota.queries.plurality import views
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Line


def partners(asked: Asked) -> Content:
    """Partners on the last day by the type of institution: one query."""
    day = min(asked.last, asked.centre.local_day(asked.at))
    rows = Relation.objects.open_on(day).filter(centre=asked.centre, stage__in=PARTNERS)
    counted = Counter(rows.values_list("institution__kind", flat=True))
    if not counted:
        return Content(missing=_("No partnership was in force."))
    whole = counted.total()
    lines = [Line(kind.label, [counted[kind]]) for kind in Institution.Kind if counted[kind]]
    table = asked.table(
        _("Partners by type"),
        _("institutions"),
        _("Type of institution"),
        [_("Institutions")],
        lines,
        total=whole,
        method=_("Partnerships in force on the last day."),
    )
    text = _("Institutions that work with the centre: %(n)s.") % {"n": figure_place(0)}
    return Content(
        [Sentence(text, [Number(_("Partner institutions"), whole)])], [Table("types", table, "bars")]
    )


def plurality(asked: Asked) -> Content:
    """Several institutions at each theme, as the rota planned and the ledger held it: six queries."""
    if asked.months is None:
        return Content(missing=_("Points of view are counted over whole months."))
    found = views(asked.centre, asked.months)
    lines = [
        Line(
            str(line.theme.name),
            [line.now.institutions, line.now.half_days, line.now.share_with_two, line.now.share_largest],
            None,
            line.theme.tint,
            line.theme.shape,
        )
        for line in found.lines
        if line.now.half_days
    ]
    if not lines:
        return Content(missing=_("No rota was published for this period."))
    columns = [
        _("Institutions"),
        _("Half-days with somebody on duty"),
        _("of them with two institutions or more, percent"),
        _("Largest institution’s share of the minutes, percent"),
    ]
    table = asked.table(
        _("Points of view by theme"),
        _("institutions"),
        _("Theme"),
        columns,
        lines,
        method=_("The published rota, after absences and replacements. Institutions, never people."),
    )
    return Content([], [Table("themes", table)])


def staff(asked: Asked) -> Content:
    """Duty time given by the centre's own people and by its partners', in full-time equivalents: eight queries."""
    if asked.months is None:
        return Content(missing=_("Full-time equivalents are counted over whole months."))
    found = ledger(asked.centre, asked.months, asked.at)
    rows = found.rows(0)
    own = rows[None].total if None in rows else 0
    seconded = sum(one.total for key, one in rows.items() if key is not None)
    if not own + seconded:
        return Content(missing=_("No duty was held in this period."))
    in_posts = [float(part) for part in found.fte([own, seconded])]
    lines = [
        Line(_("The centre’s own people"), [in_posts[0], _hours(own)]),
        Line(_("People from partner institutions"), [in_posts[1], _hours(seconded)]),
    ]
    table = asked.table(
        _("Own and seconded, on duty"),
        _("full-time equivalents"),
        _("Who"),
        [_("Full-time equivalents"), _("Hours held")],
        lines,
        method=_(
            "Hours held on duty and given outside it; one full-time equivalent is %(hours)s hours a year."
            " Work that is not on the rota is not in it."
        )
        % {"hours": found.fte_hours},
    )
    return Content([], [Table("posts", table)])


def _hours(minutes: int) -> float:
    return float(round(Fraction(minutes, 60), 1))
