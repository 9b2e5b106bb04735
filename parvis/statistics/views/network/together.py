"""The network's figures put together; and as files with a sheet that explains."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import NetworkRequest, network_page
from parvis.rota.periods import Period
from parvis.shared.sheets import Cell
from parvis.statistics.forms.network import PeriodForm
from parvis.statistics.protection import Figure, Hidden
from parvis.statistics.queries.network.field import Field, field_of
from parvis.statistics.queries.network.periods import chosen
from parvis.statistics.queries.network.together import Consolidation, Together, together
from parvis.statistics.queries.reports.spans import Span
from parvis.statistics.views.network.common import Sheet, as_file
from parvis.statistics.ways_out import said


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_together(request: NetworkRequest) -> HttpResponse:
    """Sums on the common denominator, and what is not added."""
    field, period, found = _found(request)
    form = PeriodForm({"period": period.key}, today=field.today)
    context = {
        "holder": request.network,
        "field": field,
        "form": form,
        "period": period,
        "found": found,
        "added": _shown(found.added) if found else [],
        "not_added": _shown(found.not_added) if found else [],
    }
    return render(request, "statistics/network/together.html", context)


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_together_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """Everything on the page: added, not added, and how to read it."""
    field, period, found = _found(request)
    figures = found.figures if found else []
    heading = [
        _("Figure"),
        _("Line"),
        _("Value"),
        _("Percent"),
        _("Centres that gave it"),
        _("of"),
        pgettext("figures of centres", "Added"),
        _("Why not"),
    ]
    sheets: dict[str, Sheet] = {
        _("Together"): (heading, [row for one in figures for row in _rows(one)]),
        _("Never added"): (
            [_("Figure"), _("Why not")],
            [list(pair) for pair in found.never] if found else [],
        ),
        _("How to read it"): ([_("Figure"), _("Meaning")], _explained(field, period, figures)),
    }
    return as_file(kind, f"{request.network.slug}-together-{period.key}", sheets)


def _found(request: NetworkRequest) -> tuple[Field, Period, Consolidation | None]:
    field = field_of(request.network)
    period = chosen(request.GET.get("period", ""), field.today, Span.QUARTER)
    if not field.centres:
        return field, period, None
    return field, period, together(field.centres, period, field.today, field.at)


def _shown(figures: list[Together]) -> list[tuple[Together, str]]:
    return [(one, said(one.figure)) for one in figures]


def _cell(figure: Figure) -> Cell:
    """A number, or the sign of what is hidden."""
    return said(figure) if isinstance(figure, Hidden) else figure


def _rows(one: Together) -> list[list[Cell]]:
    """A figure and its lines; what is not added has no value."""
    tail: list[Cell] = [one.n, one.of, _("yes") if one.is_whole else _("no"), " ".join(one.reasons)]
    if not one.is_whole:
        return [[one.label, "", None, None, *tail]]
    lines: list[list[Cell]] = [
        [one.label, line.label, _cell(line.figure), _cell(line.share), *tail] for line in one.lines
    ]
    return [[one.label, "", _cell(one.figure), None, *tail], *lines]


def _explained(field: Field, period: Period, figures: list[Together]) -> list[list[Cell]]:
    meanings: list[list[Cell]] = [[one.label, one.meaning] for one in figures]
    return [
        [_("Network"), field.network.name],
        [_("Period"), str(period)],
        [_("As of"), date_format(field.today, "j F Y")],
        [_("Centres"), ", ".join(one.name for one in field.centres)],
        [
            pgettext("figures of centres", "Added"),
            _("Only what every centre that was open counted alike. Nothing is estimated for a gap."),
        ],
        [_("Units"), _("Each figure stands in its own unit. They are never added to one another.")],
        [
            _("Protection"),
            _("Nothing below ten, the rest rounded to five, each figure on its own: lines need not add up."),
        ],
        *meanings,
    ]
