"""Sites, spaces and desks of a centre."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.actions import places as actions
from parvis.centres.forms.places import DeskForm, SiteForm, SpaceForm
from parvis.centres.models import Desk, Site, Space
from parvis.centres.queries import settings as queries
from parvis.centres.scope import CentreRequest, centre_page

PlaceForm = SiteForm | SpaceForm | DeskForm


@centre_page(Permission.MANAGE_CENTRE)
@require_GET
def places(request: CentreRequest) -> HttpResponse:
    """Every site with its spaces and desks."""
    shown = {"sites": queries.places(request.centre), "today": request.centre.local_day(request.centre.now())}
    return render(request, "centres/settings/places.html", shown)


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def site(request: CentreRequest, pk: int | None = None) -> HttpResponse:
    """A new or an existing site."""
    if pk is None:
        kind = Site.Kind.SECONDARY if request.centre.sites.exists() else Site.Kind.MAIN
        row = Site(centre=request.centre, kind=kind)
    else:
        row = get_object_or_404(request.centre.sites, pk=pk)
    return _place(request, SiteForm(request.POST or None, instance=row))


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def space(request: CentreRequest, pk: int | None = None, site: int | None = None) -> HttpResponse:
    """A space: new in ``site``, or an existing one."""
    if pk is None:
        row = Space(site=get_object_or_404(request.centre.sites.select_related("centre"), pk=site))
    else:
        spaces = Space.objects.filter(site__centre=request.centre).select_related("site__centre")
        row = get_object_or_404(spaces, pk=pk)
    return _place(request, SpaceForm(request.POST or None, instance=row))


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def desk(request: CentreRequest, pk: int | None = None, space: int | None = None) -> HttpResponse:
    """A desk: new in ``space``, or an existing one."""
    if pk is None:
        spaces = Space.objects.filter(site__centre=request.centre).select_related("site")
        row = Desk(space=get_object_or_404(spaces, pk=space))
    else:
        desks = Desk.objects.filter(space__site__centre=request.centre).select_related("space__site")
        row = get_object_or_404(desks, pk=pk)
    return _place(request, DeskForm(request.POST or None, instance=row))


def _place(request: CentreRequest, form: PlaceForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _settle(form):
        messages.success(request, _("Saved."))
        return redirect("centres:places", centre=request.centre.slug)
    kind = form.instance._meta.model_name
    shown = {"form": form, "kind": kind, "place": form.instance}
    return render(
        request, "centres/settings/place.html", shown, status=422 if request.method == "POST" else 200
    )


def _settle(form: PlaceForm) -> bool:
    """Save what the form says; False with a message in the form where a rule forbids it."""
    try:
        if isinstance(form, SiteForm):
            actions.settle_site(site=form.instance)
        elif isinstance(form, SpaceForm):
            form.instance.name = form.cleaned_data["name"]
            actions.settle_space(space=form.instance)
        else:
            actions.settle_desk(desk=form.instance)
    except actions.MainSiteStays:
        form.add_error("kind", _("A centre has one main site, open. Make another site the main one first."))
        return False
    return True


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def remove(request: CentreRequest, kind: str, pk: int) -> HttpResponse:
    """Take away a place that was made by mistake."""
    rows: dict[str, QuerySet[Any]] = {
        "site": request.centre.sites.all(),
        "space": Space.objects.filter(site__centre=request.centre),
        "desk": Desk.objects.filter(space__site__centre=request.centre),
    }
    if kind not in rows:
        raise Http404
    row = get_object_or_404(rows[kind], pk=pk)
    name = str(row)
    try:
        actions.remove_place(place=row)
    except actions.MainSiteStays:
        messages.error(request, _("The main site stays. Make another site the main one first."))
    except actions.PlaceInUse:
        messages.error(
            request,
            _("“%(name)s” has a past: visitors were received there. Give it a closing date instead.")
            % {"name": name},
        )
    else:
        messages.success(request, _("“%(name)s” was removed.") % {"name": name})
    return redirect("centres:places", centre=request.centre.slug)
