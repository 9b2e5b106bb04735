"""The institutions a centre works with: list, add, change, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions, queries
from parvis.partners.forms.institutions import InstitutionForm
from parvis.partners.models import Relation


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def institutions(request: CentreRequest) -> HttpResponse:
    """Partners, outside bodies, and those that were closed."""
    today, search = request.centre.local_day(request.centre.now()), request.GET.get("q", "")
    shown = {"found": queries.institutions(request.centre, today, search), "search": search}
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"partners/institutions.html{part}", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_institution(request: CentreRequest) -> HttpResponse:
    """An institution that the centre did not know."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    known = queries.known_elsewhere(centre)
    form = InstitutionForm(request.POST or None, centre=centre, day=today, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_institution(centre=centre, said=form.said())
        except actions.AlreadyKnown:
            form.add_error("name", _("The centre works with it already: look in the list, closed ones too."))
        else:
            return _saved(request)
    return _page(request, form)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def institution(request: CentreRequest, pk: int) -> HttpResponse:
    """What the centre says about an institution, and who of the team comes from it."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    relations = Relation.objects.filter(centre=centre).select_related("institution", "centre")
    relation = get_object_or_404(relations.prefetch_related("themes"), pk=pk)
    shared = queries.is_shared(relation)
    form = InstitutionForm(request.POST or None, centre=centre, day=today, relation=relation, shared=shared)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_institution(relation=relation, said=form.said())
        except actions.AlreadyKnown:
            form.add_error("name", _("The network has another institution of this name."))
        except actions.NameIsShared:
            form.add_error("name", _("Other centres of the network work with it: its name and type stay."))
        else:
            return _saved(request)
    return _page(request, form, relation=relation, people=queries.people_of(relation, today))


def _saved(request: CentreRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("partners:institutions", centre=request.centre.slug)


def _page(request: CentreRequest, form: InstitutionForm, **shown: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "partners/institution.html", {"form": form} | shown, status=status)
