"""Bodies: the list, one with its seats and the neutrality check, its seats and mandates."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import bodies as actions
from parvis.partners.forms.bodies import (
    BodyForm,
    MandateForm,
    SeatForm,
    body_values,
    mandate_values,
    seat_values,
    usual_term,
)
from parvis.partners.queries import bodies as queries
from parvis.partners.queries.neutrality import Neutrality, Share
from parvis.partners.views.coordination_parts import (
    form_page,
    saved,
    the_body,
    the_mandate,
    the_seat,
    to_body,
    today_at,
)
from parvis.shared.charts import Bars, Row


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def bodies(request: CentreRequest) -> HttpResponse:
    """Every body, with what asks for attention."""
    found = queries.bodies(request.centre, today_at(request))
    return render(request, "partners/bodies/bodies.html", {"found": found})


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def body(request: CentreRequest, pk: int) -> HttpResponse:
    """One body: who sits in it, whether somebody could decide alone, when it met."""
    today = today_at(request)
    page = queries.body_page(the_body(request, pk), today)
    neutrality = page.line.neutrality
    shown = {
        "page": page,
        "line": page.line,
        "body": page.line.body,
        "neutrality": neutrality,
        "by_institution": _bars(_("Seats by institution"), neutrality, neutrality.institutions),
        "by_category": _bars(_("Seats by category"), neutrality, neutrality.categories),
        "today": today,
    }
    return render(request, "partners/bodies/body.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_body(request: CentreRequest) -> HttpResponse:
    """A body that the centre did not have."""
    centre = request.centre
    initial = {"valid_from": today_at(request)}
    form = BodyForm(request.POST or None, centre=centre, initial=initial)
    if saved(request, form, lambda: actions.open_body(centre=centre, key=form.the_key(), said=form.said())):
        return redirect("partners:bodies", centre=centre.slug)
    back = reverse("partners:bodies", args=[centre.slug])
    return form_page(request, form, title=_("New body"), back=back)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def change_body(request: CentreRequest, pk: int) -> HttpResponse:
    """Name, purpose, dates; with a last day it is over, and so are its seats."""
    found = the_body(request, pk)
    form = BodyForm(request.POST or None, centre=request.centre, initial=body_values(found))
    if saved(request, form, lambda: actions.change_body(body=found, said=form.said())):
        return to_body(request, found)
    return form_page(request, form, title=found.name, back=_at(request, "body", found.pk))


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_seats(request: CentreRequest, pk: int) -> HttpResponse:
    """Seats of one category."""
    found = the_body(request, pk)
    initial = {"valid_from": max(found.valid_from, today_at(request)), "valid_to": found.valid_to}
    form = SeatForm(request.POST or None, centre=request.centre, initial=initial)

    def add() -> None:
        number = form.cleaned_data["number"]
        actions.add_seats(body=found, key=form.the_key(), said=form.said(), number=number)

    if saved(request, form, add):
        return to_body(request, found)
    return form_page(request, form, title=_("New seats"), back=_at(request, "body", pk), lead=found.name)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def seat(request: CentreRequest, pk: int) -> HttpResponse:
    """A seat's category and days."""
    found = the_seat(request, pk)
    form = SeatForm(request.POST or None, centre=request.centre, initial=seat_values(found), seat=found)
    if saved(request, form, lambda: actions.change_seat(seat=found, said=form.said())):
        return to_body(request, found.body)
    return form_page(
        request,
        form,
        title=found.category,
        lead=found.body.name,
        back=_at(request, "body", found.body_id),
        mandates=found.mandates.select_related("institution").order_by("-valid_from"),
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_mandate(request: CentreRequest, pk: int) -> HttpResponse:
    """An institution takes a seat; whoever held it before does so until then."""
    found = the_seat(request, pk)
    form = _mandate_form(request, initial=usual_term(today_at(request), found))
    if saved(request, form, lambda: actions.give_mandate(seat=found, key=form.the_key(), said=form.said())):
        return to_body(request, found.body)
    now = queries.seat_line(found, found.mandates.select_related("institution"), today_at(request)).mandate
    return form_page(
        request,
        form,
        title=_("New mandate"),
        lead=f"{found.body.name} · {found.category}",
        back=_at(request, "body", found.body_id),
        ends=now,
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def mandate(request: CentreRequest, pk: int) -> HttpResponse:
    """Other days or other people for a mandate."""
    found = the_mandate(request, pk)
    form = _mandate_form(request, initial=mandate_values(found), mandate=found)
    if saved(request, form, lambda: actions.change_mandate(mandate=found, said=form.said())):
        return to_body(request, found.seat.body)
    back = _at(request, "body", found.seat.body_id)
    lead = f"{found.seat.body.name} · {found.seat.category}"
    return form_page(request, form, title=found.institution.name, lead=lead, back=back)


def _mandate_form(request: CentreRequest, **more: Any) -> MandateForm:
    offered = queries.representatives(request.centre, today_at(request))
    by_pk = queries.institutions_by_pk(request.centre)
    data = request.POST or None
    return MandateForm(data, centre=request.centre, offered=offered, by_pk=by_pk, **more)


def _at(request: CentreRequest, name: str, pk: int) -> str:
    return reverse(f"partners:{name}", args=[request.centre.slug, pk])


def _bars(title: str, neutrality: Neutrality, shares: list[Share]) -> Bars | None:
    """Filled seats; a majority stands in the colour that asks for a look, and in words."""
    if not shares:
        return None
    note = ngettext(
        "of %(n)d filled seat; more than half is a majority",
        "of %(n)d filled seats; more than half is a majority",
        neutrality.filled,
    ) % {"n": neutrality.filled}
    rows = [
        Row(
            share.name,
            share.seats,
            "coral" if share.is_majority and neutrality.says_something else "petrol",
            note=_("majority") if share.is_majority and neutrality.says_something else "",
        )
        for share in shares
    ]
    return Bars(title, pgettext("of a body", "seats"), rows, note=note)
