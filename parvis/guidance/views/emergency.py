"""The director writes which numbers a visitor in danger is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.actions import emergency as actions
from parvis.guidance.forms.emergency import NumberForm
from parvis.guidance.models import EmergencyNumber
from parvis.guidance.queries import emergency as queries
from parvis.guidance.visitor_danger import Kind


@centre_page(Permission.MANAGE_CENTRE)
@require_GET
def numbers(request: CentreRequest) -> HttpResponse:
    """The centre's numbers, or its country's, and the card as a visitor reads it."""
    found = queries.numbers_of(request.centre)
    shown = {"found": found, "numbers": queries.card_of(found.lines, Kind.values)}
    return render(request, "guidance/emergency/numbers.html", shown)


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def adopt(request: CentreRequest) -> HttpResponse:
    """The country's numbers become the centre's own, to be changed."""
    actions.adopt_numbers(centre=request.centre)
    messages.success(request, _("These numbers are yours now: change them as you like."))
    return redirect("guidance:emergency_numbers", centre=request.centre.slug)


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def number(request: CentreRequest, pk: int | None = None) -> HttpResponse:
    """A new or an existing number."""
    row = _number(request, pk) if pk else EmergencyNumber(centre=request.centre)
    form = NumberForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        actions.settle_number(number=form.settled())
        messages.success(request, _("Saved."))
        return redirect("guidance:emergency_numbers", centre=request.centre.slug)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "pk": pk, "called": form.initial.get("number")}
    return render(request, "guidance/emergency/number.html", shown, status=status)


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def order(request: CentreRequest) -> HttpResponse:
    """Put the numbers in another order."""
    pks = [int(pk) for pk in request.POST.getlist("order") if pk.isascii() and pk.isdigit()]
    actions.order_numbers(centre=request.centre, pks=pks)
    messages.success(request, _("The order was saved."))
    return redirect("guidance:emergency_numbers", centre=request.centre.slug)


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def remove(request: CentreRequest, pk: int) -> HttpResponse:
    """Take a number off the card."""
    row = _number(request, pk)
    actions.remove_number(number=row)
    messages.success(request, _("%(number)s was removed.") % {"number": row.number})
    return redirect("guidance:emergency_numbers", centre=request.centre.slug)


def _number(request: CentreRequest, pk: int) -> EmergencyNumber:
    return get_object_or_404(EmergencyNumber.objects.select_related("centre"), pk=pk, centre=request.centre)
