"""Coding: an interview, something in passing or by phone, a group, a non-contact; and the acts of today."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import CodeList
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.forms.act import FORMS, ActForm, initial_of
from parvis.reception.models import Act, Ticket
from parvis.reception.queries.acts import Interview, acts_of, choices, interview
from parvis.reception.queries.desk import open_seat_of

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def act_new(request: CentreRequest, kind: str = Act.Kind.INDIVIDUAL) -> HttpResponse:
    """An act without a ticket: phone, corridor, e-mail; a group; a non-contact."""
    at = request.centre.now()
    form = _form(request, kind, initial={"language": request.centre.language})
    if request.method == "POST" and form.is_valid():
        try:
            act = actions.record_act(centre=request.centre, key=form.the_key(), coding=form.coding(), at=at)
        except actions.ReceptionError as error:
            form.refused(error)
        else:
            return _recorded(request, act)
    return _page(request, form, kind=kind, switch=True)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def act_for_ticket(request: CentreRequest, ticket: int) -> HttpResponse:
    """The act of an interview; themes, language and minutes are filled in from the ticket."""
    at = request.centre.now()
    tickets = Ticket.objects.select_related("theme")
    held = interview(get_object_or_404(tickets, pk=ticket, centre=request.centre), request.user, at)
    if held is None:
        messages.warning(request, str(actions.NotCoded()))
        return redirect(_way_back(request))
    if request.method == "GET" and held.act:
        messages.info(request, str(actions.AlreadyCoded()))
        return redirect("reception:act_correct", centre=request.centre.slug, pk=held.act.pk)
    kind = Act.Kind.GROUP if held.ticket.size > 1 else Act.Kind.INDIVIDUAL
    form = _form(request, kind, initial=_from_ticket(held))
    if request.method == "POST" and form.is_valid():
        try:
            act = actions.record_act(
                centre=request.centre,
                key=form.the_key(),
                coding=form.coding(),
                at=at,
                ticket=held.ticket,
                seat=held.seat,
            )
        except actions.ReceptionError as error:
            form.refused(error)
        else:
            return _recorded(request, act)
    return _page(request, form, kind=kind, held=held)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CODE)
def act_correct(request: CentreRequest, pk: int) -> HttpResponse:
    """Change an act of today."""
    act = _act(request, pk)
    form = _form(request, act.kind, initial=initial_of(act))
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_act(act=act, coding=form.coding(), at=request.centre.now())
        except actions.ReceptionError as error:
            form.refused(error)
        else:
            messages.success(request, _("Corrected."))
            return redirect("reception:acts", centre=request.centre.slug)
    return _page(request, form, kind=act.kind, act=act)


@require_GET
@centre_page(Permission.CODE)
def acts(request: CentreRequest) -> HttpResponse:
    """The acts of today: to correct or to take back."""
    day = request.centre.local_day(request.centre.now())
    lines = acts_of(request.centre, day, request.user)
    context = {"lines": lines, "day": day, "asks": request.centre.asks_profile_on(day)}
    return render(request, "reception/acts.html", context)


@require_POST
@centre_page(Permission.CODE)
def act_undo(request: CentreRequest, pk: int) -> HttpResponse:
    """Take an act of today back."""
    try:
        actions.undo_act(act=_act(request, pk), at=request.centre.now())
    except actions.ReceptionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone: it counts nowhere. The interview can be recorded again."))
    return redirect("reception:acts", centre=request.centre.slug)


def _act(request: CentreRequest, pk: int) -> Act:
    acts = Act.objects.filter(centre=request.centre, undone_at=None, past_import=None)
    return get_object_or_404(acts.select_related("ticket").prefetch_related("themes", "codes__code"), pk=pk)


def _form(request: CentreRequest, kind: str, *, initial: dict[str, Any]) -> ActForm:
    if kind not in FORMS:
        raise Http404
    lists: list[CodeList] = list(FORMS[kind].lists)
    offered = choices(request.centre, request.centre.local_day(request.centre.now()), lists)
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](data, centre=request.centre, choices=offered, initial=initial)


def _from_ticket(held: Interview) -> dict[str, Any]:
    ticket = held.ticket
    return {
        "themes": [str(ticket.theme_id)],
        "language": ticket.language,
        "minutes": min(held.minutes, 600),
        "size": ticket.size,
    }


def _page(request: CentreRequest, form: ActForm, *, kind: str, **context: Any) -> HttpResponse:
    held = context.get("held")
    name = held.ticket.name_in(get_language() or "en") if held else ""
    status = 422 if form.errors else 200
    shown = {"form": form, "kind": kind, "name": name, "back": _way_back(request)}
    return render(request, "reception/act.html", shown | context, status=status)


def _recorded(request: CentreRequest, act: Act) -> HttpResponse:
    change = reverse("reception:act_correct", args=[request.centre.slug, act.pk])
    said = format_html('{} <a href="{}">{}</a>', _("Recorded."), change, _("Change it"))
    messages.success(request, said)
    return redirect(_way_back(request))


def _way_back(request: CentreRequest) -> str:
    """To the evening one came from, else to one's own desk; who sits at none goes to the acts of today."""
    centre, evening = request.centre.slug, request.GET.get("evening", "")
    if Permission.CLOSE_DAY in request.permissions and DAY.fullmatch(evening):
        return reverse("reception:closing_day", args=[centre, evening])
    sits = Permission.CALL in request.permissions and open_seat_of(request.user, request.centre)
    return reverse("reception:desk" if sits else "reception:acts", args=[centre])
