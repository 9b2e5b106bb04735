"""Whom one calls at an institution, and where else it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import contacts as actions
from parvis.partners.forms.partnership import ContactForm, PlaceForm
from parvis.partners.models import Contact, Place
from parvis.partners.scope import address_of, form_page, relation_of


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def contact(request: CentreRequest, pk: int, contact_id: int = 0) -> HttpResponse:
    """Somebody to call: a new one, or one that is there."""
    relation = relation_of(request, pk)
    known = get_object_or_404(Contact, relation=relation, pk=contact_id) if contact_id else None
    form = ContactForm(request.POST or None, initial=_values(known, "name", "function", "email", "phone"))
    if request.method == "POST" and form.is_valid():
        actions.keep_contact(relation=relation, said=actions.Person(**form.cleaned_data), contact=known)
        messages.success(request, _("Saved."))
        return redirect(address_of(relation, "contacts"))
    title = _("%(institution)s: somebody to call") % {"institution": relation}
    note = _(
        "For the team only. Tell them that they stand here. Forgotten half a year after the partnership ended."
    )
    return form_page(request, form, title, address_of(relation, "contacts"), note=note)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def forget_contact(request: CentreRequest, pk: int, contact_id: int) -> HttpResponse:
    """Nothing is kept of them."""
    relation = relation_of(request, pk)
    actions.forget_contact(contact=get_object_or_404(Contact, relation=relation, pk=contact_id))
    messages.success(request, _("Taken away."))
    return redirect(address_of(relation, "contacts"))


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def place(request: CentreRequest, pk: int, place_id: int = 0) -> HttpResponse:
    """One more address: a new one, or one that is there."""
    relation = relation_of(request, pk)
    known = get_object_or_404(Place, relation=relation, pk=place_id) if place_id else None
    form = PlaceForm(request.POST or None, initial=_values(known, "name", "address", "phone"))
    if request.method == "POST" and form.is_valid():
        actions.keep_place(relation=relation, place=known, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(address_of(relation, "places"))
    title = _("%(institution)s: another place") % {"institution": relation}
    return form_page(request, form, title, address_of(relation, "places"))


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_place(request: CentreRequest, pk: int, place_id: int) -> HttpResponse:
    """It is not there any more."""
    relation = relation_of(request, pk)
    actions.remove_place(place=get_object_or_404(Place, relation=relation, pk=place_id))
    messages.success(request, _("Taken away."))
    return redirect(address_of(relation, "places"))


def _values(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} if row else {}
