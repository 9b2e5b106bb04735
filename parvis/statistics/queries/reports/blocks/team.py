"""What could not be found and what became of it; and what was corrected since it was signed."""

from __future__ import annotations

from collections import Counter

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from parvis.guidance.models import Proposal, ProposalState
from parvis.guidance.queries.needs.page import NeedsPage, needs_page
from parvis.guidance.queries.needs.periods import Span, Stretch
from parvis.reception.models import Correction
from parvis.reception.units import UNITS
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Audience, Line

MOST_LATE = 40


def needs(asked: Asked) -> Content:
    """What acts recorded as not found, and the proposals about it: eight queries."""
    themes = list(asked.centre.themes.order_by("position", "pk"))
    found = needs_page(asked.centre, themes, Stretch(Span.OWN, asked.first, asked.last))
    if not found.total:
        return Content(missing=_("No unmet need was noted."))
    lines = [Line(line.label, [line.times], None) for line in found.codes]
    table = asked.table(
        _("What could not be found"),
        _("times"),
        _("Unmet need"),
        [_("Times")],
        lines,
        total=found.total,
        method=_("Noted by advisers in acts; a group counts as many as it was."),
    )
    question = {
        "about": [["unit", "unmet_needs"]],
        "axes": [
            {"name": "unmet_need", "codes": [str(one.code.pk) for one in found.codes], "several": False}
        ],
    }
    sentence = _answered(found) if asked.audience is Audience.TEAM else _not_found(found)
    tables = [Table("needs", table, "bars", about_people=True, question=question)]
    return Content([sentence], [*tables, *_proposals(asked)], note="")


def _not_found(found: NeedsPage) -> Sentence:
    text = _("Not found: %(n)s times.") % {"n": figure_place(0)}
    return Sentence(text, [Number(_("Unmet needs, times"), found.total)])


def _answered(found: NeedsPage) -> Sentence:
    """For the team only: how many are answered is one more sum of figures that may be hidden."""
    text = _("Not found: %(n)s times, of which a proposal answers %(of)s.")
    numbers = [
        Number(_("Unmet needs, times"), found.total),
        Number(_("of them with a proposal"), found.total - found.bare),
    ]
    return Sentence(text % {"n": figure_place(0), "of": figure_place(1)}, numbers)


def _proposals(asked: Asked) -> list[Table]:
    counted = Counter(Proposal.objects.filter(centre=asked.centre).values_list("state", flat=True))
    lines = [Line(state.label, [counted[state]]) for state in ProposalState if counted[state]]
    if not lines:
        return []
    table = asked.table(
        _("What became of it"),
        _("proposals"),
        _("State"),
        [_("Proposals")],
        lines,
        total=counted.total(),
        method=_("All proposals of the team, as they stand today."),
    )
    return [Table("proposals", table)]


def late(asked: Asked) -> Content:
    """Signed days whose figures were corrected: one query. Nobody is named."""
    rows = Correction.objects.filter(
        day__centre=asked.centre, day__date__range=(asked.first, asked.last)
    ).select_related("day")
    said = [
        _("%(day)s, %(unit)s: %(before)s → %(after)s (%(reason)s)")
        % {
            "day": date_format(one.day.date, "j F Y"),
            "unit": UNITS[one.subject].label if one.subject in UNITS else one.subject,
            "before": one.before,
            "after": one.after,
            "reason": one.reason,
        }
        for one in rows.order_by("day__date", "made_at", "pk")[:MOST_LATE]
    ]
    if not said:
        return Content(missing=_("No signed day was corrected."))
    return Content(lines=said, note=_("The figures of this report hold these corrections."))
