"""The door of a session on a tablet: who is here, by name, square or click; with or without a network."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import door as actions
from parvis.agenda.actions.seats import is_due, settle
from parvis.agenda.door_tokens import door_token, session_of
from parvis.agenda.forms.door import DoorForm
from parvis.agenda.models import Coming, Session
from parvis.agenda.queries.door import came_in, clicked, door_of
from parvis.agenda.scope import session_seen
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.other_ways import for_programs
from parvis.surveys.visitor_poster import qr_code

AT_ONCE = 40  # entries in one sending
LONGEST = 64_000  # letters


@centre_page(Permission.RECEIVE)
@require_GET
def door(request: CentreRequest, pk: int) -> HttpResponse:
    """Everybody who is expected, with one large button each; the clicker; what was not sent yet."""
    session, at = session_seen(request, pk), request.centre.now()
    if is_due(session, at):
        settle(session=session, at=at)
    entries = reverse("agenda:door_entries", kwargs={"token": door_token(session)})
    context = {
        "session": session,
        "event": session.event,
        "door": door_of(session),
        "entries": f"{entries}?language={get_language()}",
        "open": session.state == Session.State.PLANNED,
        "begun": at >= session.begins_at,
        **leaving(request, session, at),
    }
    response = render(request, "agenda/coming/door.html", context)
    response.headers["X-Parvis"] = "page"  # how the tablet knows it from what a hotel's network says
    return response


def leaving(request: CentreRequest, session: Session, at: datetime) -> dict[str, Any]:
    """The way to the questions for who leaves, from the beginning on."""
    asked = session.event.satisfaction
    if asked is None or at < session.begins_at or not asked.takes_answers_on(session.centre.local_day(at)):
        return {}
    address = request.build_absolute_uri(reverse("asking:answer", kwargs={"token": asked.token}))
    return {"exit": address, "exit_qr": qr_code(address)}


@centre_page(Permission.RECEIVE)
@require_POST
def door_note(request: CentreRequest, pk: int) -> HttpResponse:
    """One thing noted, where the page has no script."""
    session = session_seen(request, pk)
    form = DoorForm(pressed(request, session))
    if form.is_valid() and (problem := noted(session, form.cleaned_data, request.centre.now())):
        messages.warning(request, problem)
    return redirect("agenda:door", centre=request.centre.slug, pk=pk)


def pressed(request: CentreRequest, session: Session) -> dict[str, Any]:
    """Which button of the page: one of a line, or the clicker's."""
    do = next((name for name in ("here", "undo") if name in request.POST), "")
    if not do:
        return {"do": "click", "count": request.POST.get("count")}
    which = request.POST[do]
    coming = session.comings.filter(pk=which).first() if which.isdecimal() else None
    return {"do": do, "token": coming.token if coming else "", "came": request.POST.get(f"came-{which}")}


@centre_page(Permission.RECEIVE)
@require_POST
def door_here(request: CentreRequest, pk: int, token: str) -> HttpResponse:
    """Somebody of the team opened the square that a visitor showed: they are here."""
    session = session_seen(request, pk)
    coming = get_object_or_404(Coming, session=session, token=token)
    said = {"do": "here", "token": token, "came": coming.seats or coming.offered or coming.wanted}
    if problem := noted(session, said, request.centre.now()):
        messages.warning(request, problem)
    return redirect("agenda:door", centre=request.centre.slug, pk=pk)


@csrf_exempt  # the address is the authority: another site cannot know it, and no cookie helps it
@for_programs
@require_POST
def door_entries(request: HttpRequest, token: str) -> HttpResponse:
    """What a tablet noted, in order, each answered under its key. Handed in twice, it counts once."""
    session = session_of(token)
    if session is None:
        raise Http404
    try:
        sent: Any = json.loads(request.body) if len(request.body) <= LONGEST else None
        entries = [one for one in sent["entries"] if isinstance(one, dict)][:AT_ONCE]
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"parvis": "unreadable"}, status=400)
    chosen = request.GET.get("language", "")
    with override(chosen if chosen in {"en", "fr"} else session.centre.language):
        answers = [answered(session, one) for one in entries]
    return JsonResponse({"parvis": "entries", "answers": answers, "settled": []})


def answered(session: Session, said: dict[str, Any]) -> dict[str, Any]:
    """What became of one entry."""
    form, told = DoorForm(said), {"key": str(said.get("key", ""))}
    if not form.is_valid():
        return {**told, "refused": _("This could not be read.")}
    now = session.centre.now()
    problem = noted(session, form.cleaned_data, now - form.cleaned_data["age"])
    if problem:
        return {**told, "refused": problem}
    found = session.comings.filter(token=form.cleaned_data["token"]).first() if said.get("token") else None
    counts = {"here": sum(came_in(session).values()), "clicked": clicked(session)}
    return {**told, **counts, "state": found.state if found else "", "came": found.came if found else 0}


def noted(session: Session, said: dict[str, Any], at: datetime) -> str:
    """Does it; what to tell where it could not be done."""
    try:
        if said["do"] == "click":
            actions.click(session=session, key=said["key"], count=said.get("count") or 0, at=at)
            return ""
        coming = session.comings.select_related("session").filter(token=said.get("token")).first()
        if coming is None:
            return _("Nobody has registered for this session under that square.")
        if said["do"] == "undo":
            actions.undo_check_in(coming=coming, at=at)
        else:
            came = said.get("came") or coming.seats or coming.offered or coming.wanted
            actions.check_in(coming=coming, came=came, at=at)
    except actions.Full:
        return _("No place is free for them. If you let them in all the same, count them with the clicker.")
    except actions.Counted:
        return _("This session was counted or cancelled: nobody is checked in any more.")
    return ""
