"""Who is missing, and who could come instead: for who plans, and for a coordinator about their own people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.absences import Step, repair_absence
from parvis.rota.actions.cover import open_cover_call, withdraw_cover_call
from parvis.rota.actions.errors import RotaError, SlotsChanged
from parvis.rota.forms.covering import KeyForm, WayForm
from parvis.rota.models import CoverCall, DutySlot, Rota
from parvis.rota.queries.covering import could_cover, covers_of, missing, ways
from parvis.rota.queries.people import Answerable
from parvis.rota.queries.sight import Sight, sight_of
from parvis.rota.scope import spoken_for


@require_GET
@centre_page(Permission.ENTER)
def absences(request: CentreRequest) -> HttpResponse:
    """Absences of half-days that are not over, and who is on duty today and tomorrow, should one of them call."""
    speaks, at = _speaks(request), request.centre.now()
    today = request.centre.local_day(at)
    soon = DutySlot.objects.standing().filter(centre=request.centre, person__isnull=False)
    if not speaks.everybody:
        soon = soon.filter(person__in=speaks.others)
    rows = soon.between(today, today + timedelta(days=1)).select_related(
        "half_day__centre", "person", "theme"
    )
    sight = sight_of(request.user, request.centre, request.permissions)
    found = missing(request.centre, at, None if speaks.everybody else speaks.institutions)
    context = {
        "found": [(one, sight.name(one.cover) if one.cover else "") for one in found],
        "soon": [slot for slot in rows if slot.half_day.bounds[1] > at],
        "today": today,
    }
    return render(request, "rota/covering/absences.html", context)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def absence_slot(request: CentreRequest, slot: int) -> HttpResponse:
    """One absence: who could come instead, the fewest changes first; one way is taken, or a call goes out."""
    speaks = _speaks(request)
    absent = _absent(request, speaks, slot)
    among = None if speaks.everybody else speaks.others
    problem = ""
    if request.method == "POST":
        try:
            said = _done(request, absent, among)
            messages.success(request, said)
            return redirect("rota:absence_slot", centre=request.centre.slug, slot=absent.pk)
        except RotaError as error:
            problem = str(error)
    sight = sight_of(request.user, request.centre, request.permissions)
    context = _context(request, absent, among, sight) | {"problem": problem}
    return render(request, "rota/covering/absence_slot.html", context, status=409 if problem else 200)


def _speaks(request: CentreRequest) -> Answerable:
    """For whom the reader speaks. Raises ``Http404`` for somebody who speaks for nobody."""
    found = spoken_for(request)
    if not found.speaks:
        raise Http404
    return found


def _absent(request: CentreRequest, speaks: Answerable, pk: int) -> DutySlot:
    rows = DutySlot.objects.filter(centre=request.centre, pk=pk).exclude(state=DutySlot.State.CANCELLED)
    if not speaks.everybody:
        rows = rows.filter(institution__in=speaks.institutions)
    found = rows.select_related("half_day__centre", "half_day__site", "theme", "person", "space").first()
    if found is None:
        raise Http404
    return found


def _context(
    request: CentreRequest, slot: DutySlot, among: frozenset[int] | None, sight: Sight
) -> dict[str, Any]:
    """Who came instead and who was asked stand there by name only for who may know them: others are counted."""
    at = request.centre.now()
    cover = covers_of([slot]).get(slot.pk)
    call = CoverCall.objects.filter(slot=slot).order_by("-opened_at", "-pk").first()
    searching = slot.state == DutySlot.State.ABSENT and cover is None and slot.half_day.bounds[1] > at
    rota = Rota.objects.filter(centre=request.centre).first()
    asks = list(call.asks.select_related("person")) if call else []
    found = ways(slot, at, among) if searching else None
    known = [ask for ask in asks if among is None or ask.person_id in among]
    return {
        "slot": slot,
        "cover": cover,
        "cover_name": sight.name(cover) if cover else "",
        "call": call,
        "asks": known,
        "others_asked": len(asks) - len(known),
        "searching": searching,
        "ways": found.found if found else [],
        "filled": found.filled if found else False,
        "could": could_cover(slot, at, among) if searching else [],
        "version": rota.version if rota else 0,
        "key": uuid4(),
        "over": slot.half_day.bounds[1] <= at,
    }


def _done(request: CentreRequest, slot: DutySlot, among: frozenset[int] | None) -> str:
    """What the form asks for, done; returns the sentence that says so."""
    does = {"way": _take_way, "call": _call, "withdraw": _withdraw}.get(request.POST.get("do", ""))
    if does is None:
        raise Http404
    return does(request, slot, among)


def _take_way(request: CentreRequest, slot: DutySlot, among: frozenset[int] | None) -> str:
    form, at = WayForm(request.POST), request.centre.now()
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    if DutySlot.objects.filter(changes__deed=said["key"], centre=request.centre).exists():
        return _("Done. Those who are concerned have been told.")  # sent twice
    way = next((one for one in ways(slot, at, among).found if one.key == said["way"]), None)
    if way is None:
        raise SlotsChanged
    steps = [Step(one.what, one.person, one.half_day, one.duty, one.theme) for one in way.changes]
    repair_absence(slot=slot, steps=steps, version=said["version"], key=said["key"], by=request.user, at=at)
    return _("Done. Those who are concerned have been told.")


def _call(request: CentreRequest, slot: DutySlot, among: frozenset[int] | None) -> str:
    form, at = KeyForm(request.POST), request.centre.now()
    if not form.is_valid():
        raise Http404
    asked: list[User] = [one.person for one in could_cover(slot, at, among)]
    call = open_cover_call(slot=slot, asked=asked, key=form.cleaned_data["key"], by=request.user, at=at)
    count = call.asks.count()
    said = ngettext(
        "%(n)s person is asked. If they say yes, they come.",
        "%(n)s people are asked. The first to say yes comes.",
        count,
    )
    return said % {"n": count}


def _withdraw(request: CentreRequest, slot: DutySlot, _among: frozenset[int] | None) -> str:
    for call in CoverCall.objects.filter(slot=slot, state=CoverCall.State.OPEN):
        withdraw_cover_call(call=call, at=request.centre.now())
    return _("Nobody is looked for any more.")
