"""Roster calls: opened, followed, reminded, closed by who plans; a coordinator follows their own people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.forms.calls import CallForm, ReopenForm
from parvis.rota.models import HalfDay, RosterCall
from parvis.rota.queries import calls as queries
from parvis.rota.scope import spoken_for
from parvis.shared.address import linked

WEEK = timedelta(days=7)


@centre_page(Permission.ENTER)
@require_GET
def calls(request: CentreRequest) -> HttpResponse:
    """Every call; for who plans and for institutions’ coordinators."""
    if not {Permission.PLAN_ROTA, Permission.SPEAK_FOR_OWN} & request.permissions:
        raise Http404
    today = request.centre.local_day(request.centre.now())
    plans = Permission.PLAN_ROTA in request.permissions
    shown = {"lines": queries.calls(request.centre), "plans": plans, "today": today}
    return render(request, "rota/calls/calls.html", shown)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(["GET", "POST"])
def new_call(request: CentreRequest) -> HttpResponse:
    """Ask everybody when they can come."""
    centre, at = request.centre, request.centre.now()
    today = centre.local_day(at)
    monday = today + timedelta(days=28 - today.weekday())
    usual = {
        "key": uuid4(),
        "first_day": monday,
        "last_day": monday + 13 * WEEK - timedelta(days=1),
        "deadline": today + 2 * WEEK,
    }
    form = CallForm(request.POST or None, today=today, centre=centre, initial=usual)
    if request.method == "POST" and form.is_valid():
        call = actions.open_call(
            key=form.cleaned_data["key"],
            centre=centre,
            said=form.said(),
            by=request.user,
            at=at,
            link=_link(request),
        )
        messages.success(request, _("The call is open. Everybody on the rota gets a mail."))
        return redirect("rota:call", centre=centre.slug, pk=call.pk)
    laid_out = HalfDay.objects.filter(centre=centre, date__gte=monday).exists()
    shown = {"form": form, "laid_out": laid_out}
    return render(request, "rota/calls/new.html", shown, status=422 if form.errors else 200)


@centre_page(Permission.ENTER)
@require_GET
def call(request: CentreRequest, pk: int) -> HttpResponse:
    """Who has answered, who has not; a coordinator sees their own people."""
    return _page(request, pk, ReopenForm())


@centre_page(Permission.PLAN_ROTA)
@require_POST
def remind(request: CentreRequest, pk: int) -> HttpResponse:
    """Write once more to those who have not answered."""
    row = _call(request, pk)
    try:
        n = actions.remind(call=row, at=request.centre.now(), link=_link(request))
    except actions.RemindedToday:
        messages.warning(request, _("They had a mail today already: one a day is enough."))
    except actions.CallClosed:
        messages.warning(request, _("The call was closed meanwhile."))
    else:
        messages.success(request, _("Reminded: %(n)s.") % {"n": n})
    return redirect("rota:call", centre=request.centre.slug, pk=pk)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def close(request: CentreRequest, pk: int) -> HttpResponse:
    """Planning begins."""
    actions.close_call(call=_call(request, pk), at=request.centre.now())
    messages.success(request, _("The call is closed."))
    return redirect("rota:call", centre=request.centre.slug, pk=pk)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def reopen(request: CentreRequest, pk: int) -> HttpResponse:
    """Answers count again."""
    row, form = _call(request, pk), ReopenForm(request.POST)
    today = request.centre.local_day(request.centre.now())
    if form.is_valid() and form.cleaned_data["deadline"] < today:
        form.add_error("deadline", _("That day is over."))
    if not form.is_valid():
        return _page(request, pk, form)
    actions.reopen_call(call=row, deadline=form.cleaned_data["deadline"])
    messages.success(request, _("The call is open again."))
    return redirect("rota:call", centre=request.centre.slug, pk=pk)


def _page(request: CentreRequest, pk: int, form: ReopenForm) -> HttpResponse:
    speaks = spoken_for(request)
    if not speaks.speaks:
        raise Http404
    centre, row = request.centre, _call(request, pk)
    today = centre.local_day(centre.now())
    groups = queries.by_institution(row, today, speaks.others)
    shown: dict[str, Any] = {
        "call": row,
        "groups": groups,
        "n": sum(len(group.lines) for group in groups),
        "answered": sum(group.answered for group in groups),
        "plans": speaks.everybody,
        "today": today,
        "form": form,
    }
    return render(request, "rota/calls/call.html", shown, status=422 if form.errors else 200)


def _call(request: CentreRequest, pk: int) -> RosterCall:
    return get_object_or_404(
        RosterCall.objects.select_related("centre", "opened_by"), centre=request.centre, pk=pk
    )


def _link(request: CentreRequest) -> str:
    return linked(reverse("rota:availability", args=[request.centre.slug]))
