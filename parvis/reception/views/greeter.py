"""The greeter's tablet: who arrives, who waits, who is expected, what everybody should hear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.queries.public.programme import next_sessions
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions, queries
from parvis.reception.forms.arrival import AnnouncementForm, ArrivalForm, ExpectedForm
from parvis.reception.models import Announcement, Device, Expected, Ticket
from parvis.reception.queries.refused import refused_count
from parvis.reception.scope import marked
from parvis.reception.streams import topic
from parvis.reception.waiting import expected_waits
from parvis.shared import live
from parvis.shared.programs import wants_json

SHOWN_DAYS, SHOWN_SESSIONS = 3, 6  # of the agenda: what somebody who arrives may have come for
CHANGES: dict[str, Callable[[Ticket, datetime, str], Ticket]] = {
    "leave": lambda ticket, at, _step: actions.leave(ticket=ticket, at=at),
    "time": lambda ticket, at, _step: actions.ask_for_time(ticket=ticket, at=at),
    "back": lambda ticket, at, _step: actions.come_back(ticket=ticket, at=at),
    "void": lambda ticket, at, _step: actions.void_ticket(ticket=ticket, at=at),
    "undo": lambda ticket, at, step: actions.undo(ticket=ticket, at=at, step=step),
}


@require_GET
@centre_page(Permission.RECEIVE)
@marked
def greeter(request: CentreRequest) -> HttpResponse:
    """Three taps, and the house at a glance."""
    centre = request.centre
    page = {
        "pulse": live.address(topic(centre), "pulse"),
        "tablet": centre.devices.filter(kind=Device.Kind.GREETER, revoked_at=None).first(),
    }
    return render(request, "reception/greeter.html", arriving(request) | at_a_glance(request) | page)


@require_GET
@centre_page(Permission.RECEIVE)
def now(request: CentreRequest) -> HttpResponse:
    """The house at a glance, again."""
    return render(request, "reception/greeter.html#house", at_a_glance(request))


@require_POST
@centre_page(Permission.RECEIVE)
@marked
def tickets(request: CentreRequest) -> HttpResponse:
    """Somebody arrives: a ticket, or a seat without one."""
    at = request.centre.now()
    form = ArrivalForm(request.POST, centre=request.centre, day=request.centre.local_day(at))
    if not form.is_valid():
        return render(request, "reception/greeter.html#arrive", arriving(request, form=form), status=422)
    try:
        given = actions.issue_ticket(
            centre=request.centre, arriving=form.arriving(), key=form.cleaned_data["key"], at=at
        )
    except actions.ReceptionError as error:
        form.add_error("theme", str(error))
        return render(request, "reception/greeter.html#arrive", arriving(request, form=form), status=409)
    if wants_json(request):
        return JsonResponse({"ticket": given.pk, "number": given.number, "word": given.word}, status=201)
    return render(request, "reception/greeter.html#arrive", arriving(request, given=given))


@require_POST
@centre_page(Permission.RECEIVE)
def change(request: CentreRequest, ticket: int, change: str) -> HttpResponse:
    """Left, needs time, is back, was a slip, or take the last step back."""
    if change not in CHANGES:
        raise Http404
    found = get_object_or_404(Ticket, pk=ticket, centre=request.centre)
    problem = ""
    try:
        CHANGES[change](found, request.centre.now(), request.POST.get("step", ""))
    except actions.ReceptionError as error:
        problem = str(error)
    context = at_a_glance(request) | {"problem": problem}
    return render(request, "reception/greeter.html#house", context, status=409 if problem else 200)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.RECEIVE)
def expected(request: CentreRequest) -> HttpResponse:
    """Appointments and classes of the coming days, and a form for one more."""
    at = request.centre.now()
    day = request.centre.local_day(at)
    form = ExpectedForm(request.POST or None, centre=request.centre, day=day, initial={"day": day})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.expect(
                centre=request.centre,
                key=said["key"],
                kind=Expected.Kind(said["kind"]),
                at=form.at(),
                theme=said["theme"],
                language=said["language"],
                size=said["size"],
            )
            return _back(request, "expected", _("Noted. They appear at reception on that day."))
        except actions.ReceptionError as error:
            form.add_error(None, str(error))
    context = {"form": form, "days": queries.expected_by_day(request.centre, at)}
    return render(request, "reception/expected.html", context, status=422 if form.is_bound else 200)


@require_POST
@centre_page(Permission.RECEIVE)
def arrived(request: CentreRequest, pk: int) -> HttpResponse:
    """Those who were announced are here."""
    found = get_object_or_404(Expected, pk=pk, centre=request.centre)
    try:
        given = actions.welcome_expected(expected=found, key=found.key, at=request.centre.now())
    except actions.ReceptionError as error:
        return render(
            request, "reception/greeter.html#arrive", arriving(request) | {"problem": str(error)}, status=409
        )
    return render(request, "reception/greeter.html#arrive", arriving(request, given=given))


@require_POST
@centre_page(Permission.RECEIVE)
def cancelled(request: CentreRequest, pk: int) -> HttpResponse:
    """They will not come."""
    found = get_object_or_404(Expected, pk=pk, centre=request.centre)
    try:
        actions.cancel_expected(expected=found, at=request.centre.now())
    except actions.ReceptionError as error:
        messages.warning(request, str(error))
        return redirect("reception:expected", centre=request.centre.slug)
    return _back(request, "expected", _("Taken off the list."))


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ANNOUNCE)
def announcements(request: CentreRequest) -> HttpResponse:
    """Tell everybody who is waiting; what is being told now, and its end."""
    at = request.centre.now()
    form = AnnouncementForm(request.POST or None, centre=request.centre, day=request.centre.local_day(at))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.announce(
                centre=request.centre,
                key=said["key"],
                at=at,
                lasting=form.duration(),
                theme=said["theme"],
                minutes=said["minutes"],
                text=said["text"],
            )
            return _back(request, "announcements", _("Everybody who waits can read it now."))
        except actions.ReceptionError as error:
            form.add_error(None, str(error))
    context = {"form": form, "told": queries.announced(request.centre, at)}
    return render(request, "reception/announcements.html", context, status=422 if form.is_bound else 200)


@require_POST
@centre_page(Permission.ANNOUNCE)
def end_announcement(request: CentreRequest, pk: int) -> HttpResponse:
    """Take an announcement down."""
    told = get_object_or_404(Announcement, pk=pk, centre=request.centre)
    actions.end_announcement(announcement=told, at=request.centre.now())
    return _back(request, "announcements", _("Taken down."))


def _back(request: CentreRequest, page: str, said: str) -> HttpResponse:
    """To ``page``, which says what was done."""
    messages.success(request, said)
    return redirect(f"reception:{page}", centre=request.centre.slug)


def arriving(
    request: CentreRequest, form: ArrivalForm | None = None, given: Ticket | None = None
) -> dict[str, Any]:
    """What the part for somebody who arrives needs: the form, the themes, and the ticket that was just given."""
    centre, at = request.centre, request.centre.now()
    waits = expected_waits(centre, at)
    return {
        "form": form or ArrivalForm(centre=centre, day=centre.local_day(at)),
        "duties": queries.duties(centre, at, waits),
        "given": given,
        "given_name": given.name_in(get_language() or "en") if given else "",
        "given_wait": waits.for_ticket(given.number) if given else None,
    }


def at_a_glance(request: CentreRequest) -> dict[str, Any]:
    """What the house at a glance needs."""
    centre = request.centre
    at = centre.now()
    on = next_sessions(centre, at, days=SHOWN_DAYS, most=SHOWN_SESSIONS)
    return {"house": queries.house(centre, at), "refused": refused_count(centre), "on": on}
