"""Published figures: beside each other, put down, corrected, taken back; and as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import NetworkRequest, network_page
from parvis.shared.sheets import Cell
from parvis.statistics.actions.network import statements as actions
from parvis.statistics.forms.statements import (
    CorrectionForm,
    FilterForm,
    StatementForm,
    TakeBackForm,
    filled,
)
from parvis.statistics.models import Statement
from parvis.statistics.protection import Hidden
from parvis.statistics.queries.network.field import Field, field_of
from parvis.statistics.queries.network.statements import (
    Group,
    Wanted,
    groups,
    history,
    statements_of,
    years_of,
)
from parvis.statistics.views.network.common import Sheet, as_file
from parvis.statistics.ways_out import said


def _wanted(request: NetworkRequest) -> Wanted:
    get = request.GET.get
    return Wanted(get("q", ""), get("centre", ""), get("unit", ""), get("year", ""), bool(get("past")))


def _groups(request: NetworkRequest, field: Field) -> list[Group]:
    found = statements_of(request.network, _wanted(request))
    return groups(found, field.centres, field.today, field.at)


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def statements(request: NetworkRequest) -> HttpResponse:
    """All that the address asks for, in groups of the same subject, unit and period."""
    field = field_of(request.network)
    years = years_of(request.network)
    context = {
        "holder": request.network,
        "form": FilterForm(request.GET, centres=field.centres, years=years),
        "groups": [(one, said(one.counted)) for one in _groups(request, field)],
        "any": bool(years),
        "query": request.GET.urlencode(),
    }
    return render(request, "statistics/network/statements.html", context)


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def statements_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """The same as a file, a statement a line."""
    field = field_of(request.network)
    rows = [row for group in _groups(request, field) for row in _rows(group, request.network.name)]
    sheets: dict[str, Sheet] = {
        _("Published figures"): (_heading(), rows),
        _("How to read it"): (
            [_("Column"), _("Meaning")],
            [
                [_("Figure"), _("As the source says it. Sources that contradict stand beside each other.")],
                [
                    _("Counted here"),
                    _("The same unit and period as counted in Parvis, protected; empty where it was not."),
                ],
            ],
        ),
    }
    return as_file(kind, f"{request.network.slug}-published-figures", sheets)


def _heading() -> list[str]:
    return [
        _("About"),
        _("What it says"),
        _("Unit"),
        _("Figure"),
        _("First day"),
        _("Last day"),
        _("How it was counted"),
        _("Source"),
        _("Its address on the web"),
        _("Published on"),
        _("Counted here"),
        _("In force"),
    ]


def _rows(group: Group, network: str) -> list[list[Cell]]:
    here: Cell = said(group.counted) if isinstance(group.counted, Hidden) else group.counted
    return [
        [
            group.centre.name if group.centre else network,
            one.what,
            group.unit_said,
            float(one.value),
            one.first.isoformat(),
            one.last.isoformat(),
            one.method,
            one.source,
            one.url,
            one.published_on.isoformat(),
            here if group.is_counted else None,
            _("yes") if one.is_in_force else _("no"),
        ]
        for one in group.statements
    ]


@network_page(Permission.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def new_statement(request: NetworkRequest) -> HttpResponse:
    """A published figure is put down."""
    field = field_of(request.network)
    form = StatementForm(request.POST or None, centres=field.centres, today=field.today)
    if request.method == "POST" and form.is_valid():
        actions.put_down(
            network=request.network,
            key=form.cleaned_data["key"],
            said=form.said,
            by=request.user,
            at=field.at,
        )
        messages.success(request, _("Put down. It stands beside the others."))
        return redirect("statistics:statements", network=request.network.slug)
    context = {"holder": request.network, "form": form}
    return render(
        request, "statistics/network/new_statement.html", context, status=422 if form.errors else 200
    )


@network_page(Permission.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def statement(request: NetworkRequest, pk: int) -> HttpResponse:
    """One statement with its history; in force, it can be corrected or taken back."""
    one = _one(request, pk)
    field = field_of(request.network)
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(posted, initial=filled(one), centres=field.centres, today=field.today)
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.correct(
                statement=one,
                key=data["key"],
                said=form.said,
                reason=data["reason"],
                by=request.user,
                at=field.at,
            )
        except actions.StatementError as error:
            messages.error(request, str(error))
            return redirect("statistics:statement", network=request.network.slug, pk=pk)
        messages.success(request, _("Corrected. What stood there before stays in its history."))
        return redirect("statistics:statement", network=request.network.slug, pk=made.pk)
    return _show(request, one, form, TakeBackForm())


def _one(request: NetworkRequest, pk: int) -> Statement:
    rows = Statement.objects.select_related("corrected_by", "withdrawn_by")
    return get_object_or_404(rows, network=request.network, pk=pk)


def _show(
    request: NetworkRequest, one: Statement, form: CorrectionForm, taking: TakeBackForm
) -> HttpResponse:
    context = {"holder": request.network, "one": one, "form": form, "taking": taking, "history": history(one)}
    wrong = form.errors or taking.errors
    return render(request, "statistics/network/statement.html", context, status=422 if wrong else 200)


@require_POST
@network_page(Permission.MANAGE_NETWORK)
def take_statement_back(request: NetworkRequest, pk: int) -> HttpResponse:
    """It no longer stands beside the others."""
    one, field = _one(request, pk), field_of(request.network)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        fresh = CorrectionForm(initial=filled(one), centres=field.centres, today=field.today)
        return _show(request, one, fresh, form)
    try:
        actions.take_back(statement=one, reason=form.cleaned_data["because"], by=request.user, at=field.at)
    except actions.StatementError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Its history stays."))
    return redirect("statistics:statement", network=request.network.slug, pk=pk)
