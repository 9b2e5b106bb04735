"""When a site is open: the ordinary week, public holidays, days that differ."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.actions import hours as actions
from parvis.centres.forms.hours import HoursForm
from parvis.centres.forms.settings import ExceptionForm
from parvis.centres.models import Site
from parvis.centres.queries import settings as queries
from parvis.centres.scope import CentreRequest, centre_page


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def hours(request: CentreRequest, site: int | None = None) -> HttpResponse:
    """The ordinary week of one site, and what differs in the year ahead."""
    row = _site(request, site)
    page = queries.site_hours(request.centre, row, request.centre.local_day(request.centre.now()))
    form = HoursForm(request.POST or None, week=page.week)
    if request.method == "POST" and form.is_valid():
        actions.set_week(site=row, week=form.cleaned_data["hours"])
        messages.success(request, _("The week was saved."))
        return redirect("centres:hours", centre=request.centre.slug, site=row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "centres/settings/hours.html", {"page": page, "form": form}, status=status)


def _site(request: CentreRequest, pk: int | None) -> Site:
    """The site asked for, else the main one."""
    if pk is not None:
        return get_object_or_404(request.centre.sites, pk=pk)
    return get_object_or_404(request.centre.sites, kind=Site.Kind.MAIN)


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def exception(request: CentreRequest, site: int, day: str = "") -> HttpResponse:
    """Say that a day, or several, differ; ``day`` shows what was said already."""
    row = _site(request, site)
    form = ExceptionForm(request.POST or None, centre=request.centre, initial=_said(row, day))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_exception(
                site=row,
                first=said["day"],
                last=said["until"],
                stretches=said["stretches"],
                reason=said["reason"],
            )
        except actions.TooLong:
            form.add_error("until", _("More than three months is an ordinary week: change the week instead."))
        else:
            messages.success(request, _("Saved."))
            return redirect("centres:hours", centre=request.centre.slug, site=row.pk)
    shown = {"form": form, "site": row, "day": day}
    return render(
        request, "centres/settings/exception.html", shown, status=422 if request.method == "POST" else 200
    )


def _said(site: Site, text: str) -> dict[str, object]:
    """What was said about a day, for the form. Raises ``Http404`` where the address holds no date."""
    if not text:
        return {}
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    rows = queries.exceptions_on(site, day)
    initial: dict[str, object] = {"day": day, "reason": rows[0].reason if rows else None}
    for (opens, closes), row in zip(ExceptionForm.PAIRS, rows, strict=False):
        initial |= {opens: row.opens, closes: row.closes}
    return initial


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def clear(request: CentreRequest, site: int, day: str) -> HttpResponse:
    """Take back what was said about a day."""
    row = _site(request, site)
    try:
        actions.clear_exception(site=row, day=date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    messages.success(request, _("That day is again as the week and the holidays have it."))
    return redirect("centres:hours", centre=request.centre.slug, site=row.pk)
