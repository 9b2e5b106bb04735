"""Open data for whoever decides: which years are out, a year before it is published, an edition that is withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre
from parvis.centres.scope import CentreRequest, centre_page
from parvis.statistics.actions import open_data as actions
from parvis.statistics.actions.reports.errors import AuditFailed, ReportError
from parvis.statistics.forms.open_data import PublishForm, WithdrawForm
from parvis.statistics.models import Licence
from parvis.statistics.queries.open_data.catalogue import in_languages
from parvis.statistics.queries.open_data.frozen import Frozen
from parvis.statistics.queries.open_data.pages import (
    default_licence,
    mark_of,
    open_editions,
    tables_in,
    waits_for,
    years_of,
)
from parvis.statistics.queries.open_data.year import Year, year_of
from parvis.statistics.queries.reports.spans import EARLIEST
from parvis.statistics.scope import named_nobody


@require_GET
@centre_page(Permission.SEE_FIGURES)
def open_data(request: CentreRequest) -> HttpResponse:
    """Every year, with its editions and what can be published."""
    rows = years_of(request.centre, request.centre.now())
    context = {"rows": rows, "may_report": Permission.REPORT in request.permissions}
    return render(request, "statistics/open_data/years.html", context)


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def open_year(request: CentreRequest, year: int) -> HttpResponse:
    """What of a year would be in the files and what is hidden; then publish it."""
    centre, at = request.centre, request.centre.now()
    if not EARLIEST <= year <= centre.local_day(at).year:
        raise Http404
    if waits := waits_for(centre, year, at):
        messages.error(request, str(waits.label))
        return redirect("statistics:open_data", centre=centre.slug)
    form = PublishForm(request.POST or None, centre=centre, initial=_begun(centre, year))
    reasons: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            _publish(request, year, form.cleaned_data)
        except AuditFailed as error:
            reasons = error.reasons
        except ReportError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Published: everybody can have the files now."))
            return redirect("statistics:open_data", centre=centre.slug)
    return _preview(request, year, form, reasons)


def _publish(request: CentreRequest, year: int, said: dict[str, Any]) -> None:
    wanted = actions.Wanted(year, Licence(said["licence"]), said["title"], said["description"], said["seen"])
    centre = request.centre
    actions.publish_year(key=said["key"], centre=centre, wanted=wanted, by=request.user, at=centre.now())


def _preview(request: CentreRequest, year: int, form: PublishForm, reasons: list[str]) -> HttpResponse:
    made = year_of(request.centre, year, request.centre.now())
    form.see(mark_of(made.frozen))
    form.initial["seen"] = mark_of(made.frozen)
    context = {
        "year": year,
        "form": form,
        "failures": reasons or made.failures,
        "made": made,
        "tables": _shown(made, request.LANGUAGE_CODE, year),
    }
    status = 409 if reasons or form.non_field_errors() else 422 if form.errors else 200
    return render(request, "statistics/open_data/year.html", context, status=status)


def _shown(made: Year, language: str | None, year: int) -> list[Any]:
    frozen: Frozen = made.frozen
    return tables_in(frozen, frozen.speak(language or ""), year)


def _begun(centre: Centre, year: int) -> dict[str, Any]:
    """What the form begins with; words of an earlier edition stay."""
    latest = open_editions(centre).first()
    if latest and latest.year == year:
        return {"licence": latest.licence, "title": latest.title, "description": latest.description}
    codes = [code for code in dict.fromkeys([centre.language, *centre.languages]) if code in ("en", "fr")]
    names = {"name": centre.name, "year": year}
    return {
        "licence": default_licence(centre),
        "title": in_languages(codes, lambda: _("%(name)s: figures of %(year)s") % names),
        "description": in_languages(
            codes,
            lambda: (
                _(
                    "Passages, contacts, acts and the profile of those who answered, counted in %(year)s at %(name)s."
                    " Small figures are hidden so that nobody can be recognised."
                )
                % names
            ),
        ),
    }


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def withdraw(request: CentreRequest, pk: int) -> HttpResponse:
    """Take an edition's files off the net."""
    edition = get_object_or_404(open_editions(request.centre), pk=pk)
    if edition.is_withdrawn:
        return redirect("statistics:open_data", centre=request.centre.slug)
    form = named_nobody(WithdrawForm(request.POST or None), request)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_edition(
            edition=edition, reason=form.cleaned_data["reason"], by=request.user, at=request.centre.now()
        )
        messages.success(
            request, _("Withdrawn: its files can no longer be fetched. Who has them keeps them.")
        )
        return redirect("statistics:open_data", centre=request.centre.slug)
    context = {"form": form, "edition": edition}
    return render(request, "statistics/open_data/withdraw.html", context, status=422 if form.errors else 200)
