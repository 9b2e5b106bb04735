"""The programme as the team reads it: a month, a week, a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.agenda.models import Event, Session
from parvis.agenda.queries.programme import ONLINE, Asked, Choices, by_room, choices, classes, days, lines
from parvis.agenda.queries.sight import Sight, sight_of
from parvis.agenda.scope import day_in, today_of
from parvis.centres.scope import CentreRequest, centre_page

STATES = [
    *Event.State.choices,
    *((one.value, one.label) for one in (Session.State.CANCELLED, Session.State.HELD)),
]


@require_GET
@centre_page(Permission.ENTER)
def month(request: CentreRequest, day: str = "") -> HttpResponse:
    """A month: this one unless the address says another, or ``?on=`` asks for one."""
    if "on" in request.GET:
        return _go(request, "month")
    first, last, at = *month_around(day_in(request, day)), request.centre.now()
    begins, ends = monday_of(first), monday_of(last) + timedelta(days=6)
    asked, offered, sight = asked_for(request), choices(request.centre, today_of(request)), sight_of(request)
    found = lines(request.centre, begins, ends, asked, sight)
    coming = [] if asked.narrows else classes(request.centre, begins, ends, sight, rooms=False)
    every = days(request.centre, begins, ends, found, coming)
    weeks = [every[n : n + 7] for n in range(0, len(every), 7)]
    shown = [n for n in range(7) if n < 5 or any(one[n].lines or _opens(one[n]) for one in weeks)]
    context = page(request, asked, offered, sight, "month") | {
        "first": first,
        "last": last,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "this_week": monday_of(today_of(request)),
        "weeks": [[one[n] for n in shown] for one in weeks],
        "count": sum(first <= one.day <= last for one in found),
        "public": any(first <= one.day <= last and one.event.is_public(at) for one in found),
    }
    return render(request, "agenda/programme/month.html", context)


@require_GET
@centre_page(Permission.ENTER)
def week(request: CentreRequest, day: str = "") -> HttpResponse:
    """A week by room: this one unless the address says another, or ``?on=`` asks for one."""
    if "on" in request.GET:
        return _go(request, "week")
    first = monday_of(day_in(request, day))
    last = first + timedelta(days=6)
    asked, offered, sight = asked_for(request), choices(request.centre, today_of(request)), sight_of(request)
    found = lines(request.centre, first, last, asked, sight)
    coming = [] if asked.narrows else classes(request.centre, first, last, sight, rooms=True)
    every = days(request.centre, first, last, found, coming)
    shown = [one for n, one in enumerate(every) if n < 5 or one.lines or _opens(one)]
    context = page(request, asked, offered, sight, "week") | {
        "first": first,
        "last": last,
        "before": first - timedelta(days=7),
        "after": last + timedelta(days=1),
        "days": shown,
        "lanes": by_room(offered.rooms, shown),
        "count": len(found),
    }
    return render(request, "agenda/programme/week.html", context)


def month_around(day: date) -> tuple[date, date]:
    """The first and the last day of the month of ``day``."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def monday_of(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def asked_for(request: CentreRequest) -> Asked:
    """What the address asks for; a key that is none finds nothing."""
    get = request.GET
    room = get.get("room", "")
    return Asked(
        search=get.get("words", "").strip(),
        kind=get.get("kind", ""),
        theme=get.get("theme", ""),
        state=get.get("state", "") if get.get("state") in dict(STATES) else "",
        room=room if room == ONLINE or room.isdecimal() else "",
        mine=get.get("mine") == "1",
    )


def page(request: CentreRequest, asked: Asked, offered: Choices, sight: Sight, span: str) -> dict[str, Any]:
    """What each page of the programme has."""
    kept = request.GET.copy()
    for name in ("on", "after"):
        kept.pop(name, None)
    return {
        "asked": asked,
        "offered": offered,
        "states": STATES,
        "plans": sight.plans,
        "today": today_of(request),
        "span": span,
        "kept": f"?{kept.urlencode()}" if kept else "",
    }


def _opens(day: Any) -> bool:
    return bool(day.classes or (day.opening and day.opening.is_open))


def _go(request: CentreRequest, name: str) -> HttpResponse:
    """To the day that somebody typed; to today where it is none."""
    try:
        wanted = day_in(request, request.GET["on"])
    except Http404:
        return redirect(f"agenda:{name}", centre=request.centre.slug)
    return redirect(f"agenda:{name}_of", centre=request.centre.slug, day=wanted.isoformat())
