"""The demonstration's page: its clock, and who one can be. There only where a demonstration was made."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.accounts.roles import Permission
from parvis.centres.queries import opening_on
from parvis.centres.scope import CentreRequest, centre_page
from parvis.demonstration import actions, queries
from parvis.demonstration.forms import JumpForm, SpeedForm
from parvis.demonstration.ground import minutes
from parvis.demonstration.models import Demonstration


def _demonstration(request: CentreRequest) -> Demonstration:
    """404 in a real centre: there is nothing of the kind."""
    found = queries.demonstration_of(request.centre) if request.centre.is_demonstration else None
    if found is None:
        raise Http404
    return found


@require_safe
@centre_page(Permission.MANAGE_CENTRE)
def page(request: CentreRequest) -> HttpResponse:
    """Clock, speeds, jumps, and the accounts."""
    demonstration = _demonstration(request)
    context = {
        "scene": queries.scene(demonstration, request.centre),
        "speeds": actions.SPEEDS,
        "stops": queries.stops(request.centre, _closes(request)),
        "parts": queries.parts(request.centre),
    }
    return render(request, "demonstration/page.html", context)


@require_safe
@centre_page(Permission.MANAGE_CENTRE)
def now(request: CentreRequest) -> HttpResponse:
    """The clock and the house, again."""
    scene = queries.scene(_demonstration(request), request.centre)
    return render(request, "demonstration/page.html#now", {"scene": scene})


@require_POST
@centre_page(Permission.MANAGE_CENTRE)
def speed(request: CentreRequest) -> HttpResponse:
    """Slower or faster."""
    demonstration = _demonstration(request)
    form = SpeedForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["speed"]
        actions.set_speed(demonstration=demonstration, speed=chosen, real=timezone.now())
    return redirect("demonstration:page", centre=request.centre.slug)


@require_POST
@centre_page(Permission.MANAGE_CENTRE)
def jump(request: CentreRequest) -> HttpResponse:
    """To another moment: what lies between happens first."""
    demonstration = _demonstration(request)
    form = JumpForm(request.POST)
    if form.is_valid():
        try:
            actions.jump(demonstration=demonstration, to=form.cleaned_data["to"])
        except actions.Backwards:
            messages.error(request, _("That moment has passed. Time only goes forward here, too."))
    return redirect("demonstration:page", centre=request.centre.slug)


def _closes(request: CentreRequest) -> int:
    """The minute of today's closing; 0 on a day off."""
    site = request.centre.sites.select_related("centre").get(kind="main")
    opening = opening_on(site, request.centre.local_day(request.centre.now()))
    return max((minutes(stretch.closes) for stretch in opening.stretches), default=0)
