"""Arrivals that a kiosk or tablet wrote down without a network and that could not be taken: staff settle them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.forms.refused import DropForm, LetInForm
from parvis.reception.models import RefusedEntry
from parvis.reception.queries.refused import refused_page


@require_GET
@centre_page(Permission.RECEIVE)
def refused(request: CentreRequest) -> HttpResponse:
    """Each with its time, theme and number, and why."""
    return render(request, "reception/refused.html", shown(request))


@require_POST
@centre_page(Permission.RECEIVE)
def let_in(request: CentreRequest, pk: int) -> HttpResponse:
    """The visitor waits after all, under the theme that was chosen."""
    entry, at = _found(request, pk), request.centre.now()
    form = LetInForm(request.POST, centre=request.centre, day=request.centre.local_day(at))
    if not form.is_valid():
        return render(request, "reception/refused.html", shown(request, entry, let=form), status=422)
    try:
        ticket = actions.let_in(entry=entry, at=at, **form.cleaned_data)
    except actions.ReceptionError as error:
        return render(request, "reception/refused.html", shown(request, problem=str(error)), status=409)
    name = ticket.name_in(get_language() or "en")
    messages.success(
        request, _("%(ticket)s waits now for %(theme)s.") % {"ticket": name, "theme": ticket.theme}
    )
    return redirect("reception:refused", centre=request.centre.slug)


@require_POST
@centre_page(Permission.RECEIVE)
def drop(request: CentreRequest, pk: int) -> HttpResponse:
    """No ticket comes of it."""
    entry, form = _found(request, pk), DropForm(request.POST)
    if not form.is_valid():
        return render(request, "reception/refused.html", shown(request, entry, drop=form), status=422)
    try:
        actions.drop_refused(entry=entry, reason=form.chosen(), at=request.centre.now())
    except actions.ReceptionError as error:
        return render(request, "reception/refused.html", shown(request, problem=str(error)), status=409)
    messages.success(request, _("Dropped. The device forgets it within a minute."))
    return redirect("reception:refused", centre=request.centre.slug)


def shown(
    request: CentreRequest,
    entry: RefusedEntry | None = None,
    let: LetInForm | None = None,
    drop: DropForm | None = None,
    problem: str = "",
) -> dict[str, Any]:
    """The page; with ``entry``, its form with what is wrong in it."""
    centre, at = request.centre, request.centre.now()
    page = refused_page(centre, get_language() or "en", at)
    usual = LetInForm(centre=centre, day=centre.local_day(at))
    return {
        "page": page,
        "problem": problem,
        "wrong": entry.pk if entry else None,
        "wrong_let": let,
        "wrong_drop": drop,
        "themes": list(usual.fields["theme"].queryset),  # type: ignore[attr-defined]
        "languages": usual.fields["language"].choices,  # type: ignore[attr-defined]
        "reasons": RefusedEntry.Dropped.choices,
        "today": centre.local_day(at),
    }


def _found(request: CentreRequest, pk: int) -> RefusedEntry:
    return get_object_or_404(RefusedEntry.objects.filter(device__centre=request.centre), pk=pk)
