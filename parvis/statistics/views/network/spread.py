"""The network's spread: for a coordinator without anybody's mark, for a centre with its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre, Network
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page
from parvis.rota.periods import Period
from parvis.shared.sheets import Cell
from parvis.statistics.forms.network import PeriodForm
from parvis.statistics.queries.network.field import Field, field_of
from parvis.statistics.queries.network.periods import chosen
from parvis.statistics.queries.network.spread import LEAST, Band, spread
from parvis.statistics.queries.reports.spans import Span
from parvis.statistics.views.network.common import Sheet, as_file


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_spread(request: NetworkRequest) -> HttpResponse:
    """The spread alone: no centre is named or marked."""
    context = _context(request, request.network, None) | {"holder": request.network}
    return render(request, "statistics/network/spread.html", context)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def beside(request: CentreRequest) -> HttpResponse:
    """The same with the centre's own figures marked."""
    context = _context(request, request.centre.network, request.centre)
    return render(request, "statistics/network/beside.html", context)


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_spread_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """The table as a file."""
    return _file(request, request.network, None, kind)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def beside_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The table with the centre's own figures, as a file."""
    return _file(request, request.centre.network, request.centre, kind)


def _context(request: HttpRequest, network: Network, own: Centre | None) -> dict[str, Any]:
    field, period, bands = _found(request, network, own)
    form = PeriodForm({"period": period.key}, today=field.today)
    drawn = [one for one in bands if one.ends]
    return {
        "field": field,
        "form": form,
        "period": period,
        "bands": bands,
        "drawn": drawn,
        "lines": [one for one in bands if one.ends or one.own is not None],
        "too_few": len(bands) - len(drawn),
        "least": LEAST,
        "own": own,
    }


def _found(request: HttpRequest, network: Network, own: Centre | None) -> tuple[Field, Period, list[Band]]:
    field = field_of(network)
    period = chosen(request.GET.get("period", ""), field.today, Span.QUARTER)
    return field, period, spread(field.centres, period, field.at, own) if field.centres else []


def _file(request: HttpRequest, network: Network, own: Centre | None, kind: str) -> HttpResponse:
    field, period, bands = _found(request, network, own)
    heading = [_("Figure"), *([own.name] if own else []), *_ends(), _("Centres that gave it"), _("of")]
    sheets: dict[str, Sheet] = {
        _("Spread"): (heading, [_row(band, marked=own is not None) for band in bands]),
        _("How to read it"): ([_("Figure"), _("Meaning")], _explained(field, period, bands)),
    }
    holder = own or network
    return as_file(kind, f"{holder.slug}-spread-{period.key}", sheets)


def _ends() -> list[str]:
    return [_("Lowest"), _("A quarter below"), _("Middle"), _("A quarter above"), _("Highest")]


def _row(band: Band, *, marked: bool) -> list[Cell]:
    ends = band.ends
    five: list[Cell] = [None] * 5
    if ends:
        five = [ends.lowest, ends.lower, ends.middle, ends.upper, ends.highest]
    label = f"{band.indicator.label} ({band.indicator.unit})" if band.indicator.unit else band.indicator.label
    return [label, *([band.own] if marked else []), *five, band.n, band.centres]


def _explained(field: Field, period: Period, bands: list[Band]) -> list[list[Cell]]:
    meanings: list[list[Cell]] = [[band.indicator.label, band.indicator.meaning] for band in bands]
    return [
        [_("Network"), field.network.name],
        [_("Period"), str(period)],
        [
            _("Spread"),
            _("No centre is named, and none has a place. Of fewer than five centres nothing is told."),
        ],
        [_("Counts"), _("As they may leave a centre: nothing below ten, the rest rounded.")],
        *meanings,
    ]
