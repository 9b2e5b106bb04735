"""A centre's own settings: general, and how visitors wait."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.actions.change_centre import change_centre
from parvis.centres.forms.settings import GeneralForm, WaitingForm
from parvis.centres.scope import CentreRequest, centre_page


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def general(request: CentreRequest) -> HttpResponse:
    """Name, welcome, place, languages, ages."""
    form = GeneralForm(request.POST or None, centre=request.centre)
    return _settled(request, form, "centres/settings/general.html", "centres:settings")


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def waiting(request: CentreRequest) -> HttpResponse:
    """Tickets, absence, spoken calls, voluntary questions."""
    form = WaitingForm(request.POST or None, centre=request.centre)
    return _settled(request, form, "centres/settings/waiting.html", "centres:waiting")


def _settled(
    request: CentreRequest, form: GeneralForm | WaitingForm, template: str, address: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        for name in form.FIELDS:
            setattr(request.centre, name, form.cleaned_data[name])
        change_centre(centre=request.centre, fields=form.FIELDS)
        messages.success(request, _("Saved."))
        return redirect(address, centre=request.centre.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form}, status=status)
