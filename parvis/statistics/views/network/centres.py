"""Who has handed in what: every centre of a network by name, what is missing, and the ways to ask for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre
from parvis.centres.scope import NetworkRequest, network_page
from parvis.rota.periods import Period
from parvis.shared.sheets import Cell
from parvis.statistics.actions.network.asking import AskingError, ask_dashboards_until, remind_centre
from parvis.statistics.forms.network import DueForm, PeriodForm
from parvis.statistics.queries.network.field import Field, field_of
from parvis.statistics.queries.network.periods import chosen
from parvis.statistics.queries.network.present import CentreLine, Presence, presence
from parvis.statistics.queries.network.words import dashboard_said, due_said, evenings_said, months_said
from parvis.statistics.views.network.common import Sheet, as_file


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def centres(request: NetworkRequest) -> HttpResponse:
    """Every centre by name; with ``only`` those where something is missing."""
    return _page(request)


def _page(request: NetworkRequest, due: DueForm | None = None) -> HttpResponse:
    field = field_of(request.network)
    period = chosen(request.GET.get("period", ""), field.today)
    form = PeriodForm(request.GET.dict() | {"period": period.key}, today=field.today)
    context: dict[str, Any] = {"holder": request.network, "field": field, "form": form, "period": period}
    if field.centres:
        found = presence(request.network, field.centres, period, field.today, field.at)
        initial = {"due": found.due.due} if found.due else {}
        context |= {
            "found": found,
            "lines": [(line, _said(line)) for line in _wanted(request, found)],
            "due": due or DueForm(initial=initial, year=found.year),
            "query": request.GET.urlencode(),
            "narrowed": bool(request.GET.get("only") or request.GET.get("q")),
        }
    return render(request, "statistics/network/centres.html", context, status=422 if due else 200)


def _wanted(request: HttpRequest, found: Presence) -> list[CentreLine]:
    """Those that the address asks for."""
    words = request.GET.get("q", "").strip().casefold()
    lines = found.missing if request.GET.get("only") else found.lines
    return [line for line in lines if words in line.centre.name.casefold()]


def _said(line: CentreLine) -> dict[str, str]:
    """What stands beside a centre, in words."""
    return {
        "evenings": evenings_said(line.evenings),
        "months": months_said(line) if line.empty_months else "",
        "dashboard": dashboard_said(line.dashboard),
        "due": due_said(line.dashboard),
    }


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def centres_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """The same list as a file: what the page shows, a centre a line."""
    field = field_of(request.network)
    period = chosen(request.GET.get("period", ""), field.today)
    lines: list[CentreLine] = []
    if field.centres:
        found = presence(request.network, field.centres, period, field.today, field.at)
        lines = _wanted(request, found)
    sheets: dict[str, Sheet] = {
        _("Centres"): (_heading(), [_row(line) for line in lines]),
        _("How to read it"): ([_("Column"), _("Meaning")], _explained(field, period)),
    }
    return as_file(kind, f"{request.network.slug}-centres-{period.key}", sheets)


def _heading() -> list[str]:
    return [
        _("Centre"),
        _("Period"),
        _("State"),
        _("Open days"),
        _("Signed evenings"),
        _("Days without a signed evening"),
        _("Months without a contact"),
        _("Dashboard"),
        _("Asked for until"),
        _("Measured otherwise"),
        _("Last reminder"),
    ]


def _row(line: CentreLine) -> list[Cell]:
    return [
        line.centre.name,
        line.period.key,
        line.state_said,
        line.evenings.opened,
        line.evenings.signed,
        " ".join(day.isoformat() for day in line.evenings.missing),
        " ".join(f"{month:%Y-%m}" for month in line.empty_months),
        dashboard_said(line.dashboard),
        line.dashboard.due.isoformat() if line.dashboard.due else "",
        " ".join(line.otherwise_said),
        line.reminders[0].on.isoformat() if line.reminders else "",
    ]


def _explained(field: Field, period: Period) -> list[list[Cell]]:
    return [
        [_("Network"), field.network.name],
        [_("Period"), str(period)],
        [_("As of"), date_format(field.today, "j F Y")],
        [_("Order"), _("By name: this list compares nobody.")],
        [_("Open days"), _("By the opening hours of the centre’s sites, since it works with Parvis.")],
        [
            _("Signed evenings"),
            _("Open days whose figures somebody signed. Days of imported sheets need no signature."),
        ],
        [_("Months without a contact"), _("The centre was open, and nobody noted any contact.")],
        [_("Measured otherwise"), _("What keeps a figure from being added to those of the other centres.")],
    ]


def _kept(request: NetworkRequest) -> dict[str, str]:
    """What the page was asked for, as its forms send it along."""
    return {name: request.POST[name] for name in ("period", "q", "only") if request.POST.get(name)}


def _back(request: NetworkRequest) -> HttpResponse:
    """To the page as it was asked for."""
    kept = _kept(request)
    address = reverse("statistics:network_centres", args=[request.network.slug])
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@require_POST
@network_page(Permission.MANAGE_NETWORK)
def remind(request: NetworkRequest, pk: int) -> HttpResponse:
    """A mail to the centre's directors: what is still to come."""
    centre = get_object_or_404(Centre.objects.select_related("network"), network=request.network, pk=pk)
    period = chosen(request.POST.get("period", ""), centre.local_day(centre.now()))
    try:
        remind_centre(centre=centre, period=period, by=request.user, at=centre.now())
    except AskingError as error:
        messages.info(request, f"{centre.name}: {error}")
    else:
        messages.success(request, _("A friendly reminder is on its way to %(name)s.") % {"name": centre.name})
    return _back(request)


@require_POST
@network_page(Permission.MANAGE_NETWORK)
def due(request: NetworkRequest, year: int) -> HttpResponse:
    """The day until which the network asks for a year's dashboard."""
    form = DueForm(request.POST, year=year)
    if not form.is_valid():
        request.GET = QueryDict(urlencode(_kept(request)))
        return _page(request, form)
    field = field_of(request.network)
    day = form.cleaned_data["due"]
    ask_dashboards_until(network=request.network, year=year, due=day, by=request.user, at=field.at)
    said = {"year": year, "day": date_format(day, "j F Y")}
    messages.success(request, _("Dashboards of %(year)s are asked for until %(day)s.") % said)
    return _back(request)
