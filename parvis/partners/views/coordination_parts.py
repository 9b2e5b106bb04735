"""What the pages of coordination share: finding the row within the centre, and the plain page of a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from parvis.centres.scope import CentreRequest
from parvis.partners.actions.bodies_errors import BodiesError
from parvis.partners.models import ActionPoint, AgendaItem, Body, Decision, Mandate, Meeting, Seat


def today_at(request: CentreRequest) -> date:
    """The centre's own day."""
    return request.centre.local_day(request.centre.now())


def the_body(request: CentreRequest, pk: int) -> Body:
    return get_object_or_404(Body.objects.select_related("centre"), centre=request.centre, pk=pk)


def the_seat(request: CentreRequest, pk: int) -> Seat:
    return get_object_or_404(Seat.objects.select_related("body__centre"), body__centre=request.centre, pk=pk)


def the_mandate(request: CentreRequest, pk: int) -> Mandate:
    rows = Mandate.objects.select_related("seat__body__centre", "institution")
    return get_object_or_404(rows, seat__body__centre=request.centre, pk=pk)


def the_meeting(request: CentreRequest, pk: int) -> Meeting:
    rows = Meeting.objects.select_related("body__centre", "approved_in")
    return get_object_or_404(rows, body__centre=request.centre, pk=pk)


def the_item(request: CentreRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__body__centre", "brought_by")
    return get_object_or_404(rows, meeting__body__centre=request.centre, pk=pk)


def the_decision(request: CentreRequest, pk: int) -> Decision:
    rows = Decision.objects.select_related("meeting__body__centre")
    return get_object_or_404(rows, meeting__body__centre=request.centre, pk=pk)


def the_point(request: CentreRequest, pk: int) -> ActionPoint:
    rows = ActionPoint.objects.select_related("meeting__body__centre", "institution", "person", "item")
    return get_object_or_404(rows, meeting__body__centre=request.centre, pk=pk)


def to_body(request: CentreRequest, body: Body) -> HttpResponse:
    return redirect("partners:body", centre=request.centre.slug, pk=body.pk)


def to_meeting(request: CentreRequest, pk: int, part: str = "") -> HttpResponse:
    response = redirect("partners:meeting", centre=request.centre.slug, pk=pk)
    response["Location"] += f"#{part}" if part else ""
    return response


def saved(request: CentreRequest, form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was sent, could be read, and was written; what kept it stands on the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except BodiesError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Saved."))
    return True


def done(request: CentreRequest, act: Callable[[], object], said: str) -> None:
    """Acts, and tells what happened or why not."""
    try:
        act()
    except BodiesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def form_page(
    request: CentreRequest, form: forms.Form, *, title: str, back: str, **more: Any
) -> HttpResponse:
    """The plain page of one form. ``removal``: where it is taken back, with the question before."""
    shown = {"form": form, "title": title, "back": back, **more}
    return render(request, "partners/bodies/form.html", shown, status=422 if form.errors else 200)
