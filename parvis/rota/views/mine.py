"""Somebody's own duties, and those of colleagues."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.queries.covering import asked_of
from parvis.rota.queries.duties import duties
from parvis.rota.queries.sight import people_seen, sight_of

COOKIE = "rota-seen"  # in the browser alone: no table says who looked when
REMEMBERED = timedelta(days=60)
SAME_LOOK = timedelta(minutes=30)  # what was new stays marked while one goes to and fro


@require_GET
@centre_page(Permission.ENTER)
def mine(request: CentreRequest) -> HttpResponse:
    """One's own next duties; what is new since one looked the last time is marked."""
    at = request.centre.now()
    looks = _looks(request, at)
    seen = datetime.fromisoformat(looks[0]) if looks[0] else None
    found = duties(request.centre, request.user, seen=seen, at=at)
    context = {
        "found": found,
        "people": _others(request),
        "today": request.centre.local_day(at),
        "own": True,
        "asked": asked_of(request.user, request.centre, at),
    }
    response = render(request, "rota/published/mine.html", context)
    response.set_signed_cookie(
        COOKIE,
        "|".join(looks),
        salt=_salt(request),
        max_age=REMEMBERED,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_GET
@centre_page(Permission.ENTER)
def person(request: CentreRequest, person_id: int) -> HttpResponse:
    """The next duties of a colleague whom the reader may know."""
    people = _others(request)
    colleague = next((one for one in people if one.pk == person_id), None)
    if colleague is None:
        raise Http404
    at = request.centre.now()
    found = duties(request.centre, colleague, seen=None, at=at)
    context = {"found": found, "people": people, "today": request.centre.local_day(at), "own": False}
    return render(request, "rota/published/mine.html", context)


def _others(request: CentreRequest) -> list[User]:
    sight = sight_of(request.user, request.centre, request.permissions)
    return people_seen(request.centre, sight)


def _looks(request: CentreRequest, at: datetime) -> tuple[str, str]:
    """When they looked before this time, and now: the instants that this browser keeps of the same person, as text."""
    told = request.get_signed_cookie(COOKIE, default="", salt=_salt(request)) or "|"
    before, _bar, last = told.partition("|")
    if not last or at - datetime.fromisoformat(last) > SAME_LOOK:
        before = last
    return before, at.isoformat()


def _salt(request: CentreRequest) -> str:
    """So that on a screen that several share, nobody is told by the looks of another."""
    return f"rota-seen-{request.user.pk}-{request.centre.pk}"
