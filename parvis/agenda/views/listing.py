"""The programme as a list to search, print and take away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.agenda.models import Session
from parvis.agenda.queries.events import without_sessions
from parvis.agenda.queries.programme import Asked, Line, choices, narrowed, read
from parvis.agenda.queries.sight import Sight, sight_of
from parvis.agenda.scope import day_in, today_of
from parvis.agenda.views.programme import asked_for, page
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx

PAGE = 50
LONGEST = timedelta(days=366)  # that a file holds


@require_GET
@centre_page(Permission.ENTER)
def programme(request: CentreRequest) -> HttpResponse:
    """From a day on (today unless ``?from=`` says another), ``PAGE`` sessions at a time."""
    asked, sight = asked_for(request), sight_of(request)
    since, offered = day_in(request, request.GET.get("from", "")), choices(request.centre, today_of(request))
    after = _after(request)
    found = _from(request, since, asked, sight, after)
    shown, more = found[:PAGE], len(found) > PAGE
    context = page(request, asked, offered, sight, "list") | {
        "from": since,
        "found": shown,
        "later": f"{shown[-1].session.begins_at.timestamp():.0f}-{shown[-1].session.pk}" if more else "",
        "undated": [] if after else without_sessions(request.centre, sight, asked),
        "first_page": not after,
        "last": since + LONGEST - timedelta(days=1),
    }
    return render(request, "agenda/programme/list.html", context)


@require_GET
@centre_page(Permission.ENTER)
def csv(request: CentreRequest) -> HttpResponse:
    """A year of it from a day on, a line for each session."""
    return _file(request, "".join(csv_lines(_heading(), _rows(request))).encode(), CSV_TYPE, "csv")


@require_GET
@centre_page(Permission.ENTER)
def workbook(request: CentreRequest) -> HttpResponse:
    """The same as a workbook."""
    return _file(request, xlsx({_("Programme"): (_heading(), _rows(request))}), XLSX_TYPE, "xlsx")


def _from(
    request: CentreRequest, since: date, asked: Asked, sight: Sight, after: tuple[datetime, int] | None
) -> list[Line]:
    centre = request.centre
    found = Session.objects.filter(centre=centre, ends_at__gt=centre.bounds(since)[0])
    found = found.filter(begins_at__lt=centre.bounds(since + LONGEST)[0])
    found = narrowed(found, centre, asked, sight).order_by("begins_at", "pk")
    return read(found.after(after)[: PAGE + 1], centre, sight)


def _after(request: CentreRequest) -> tuple[datetime, int] | None:
    """The last one of the page before; none where the address says nonsense."""
    begins, _dash, key = request.GET.get("after", "").partition("-")
    if not (begins.isdecimal() and key.isdecimal() and len(begins) < 11 and len(key) < 18):
        return None
    return datetime.fromtimestamp(int(begins), request.centre.zone), int(key)


def _heading() -> list[str]:
    return [
        _("Begins"),
        _("Ends"),
        _("Title"),
        _("Kind of event"),
        _("Themes"),
        _("Where"),
        _("Who leads it"),
        _("Places in the room"),
        _("taken"),
        _("Places online"),
        _("taken online"),
        _("Participants in the room"),
        _("Participants online"),
        _("State of the event"),
        _("State of the session"),
    ]


def _rows(request: CentreRequest) -> list[list[Cell]]:
    sight, asked = sight_of(request), asked_for(request)
    since, centre = day_in(request, request.GET.get("from", "")), request.centre
    found = Session.objects.filter(centre=centre).between(
        centre.bounds(since)[0], centre.bounds(since + LONGEST)[0]
    )
    return [_row(line) for line in read(narrowed(found, centre, asked, sight), centre, sight)]


def _row(line: Line) -> list[Cell]:
    session, event = line.session, line.event
    places: list[Any] = [
        *(str(room) for room in line.rooms),
        session.elsewhere,
        _("online") if session.link else "",
    ]
    return [
        line.begins.replace(tzinfo=None),
        line.ends.replace(tzinfo=None),
        str(event.title),
        str(event.kind.label),
        ", ".join(str(theme.name) for theme in event.themes.all()),
        ", ".join(one for one in places if one),
        ", ".join(line.names),
        session.room_seats,
        session.room_taken,
        session.online_seats,
        session.online_taken,
        session.participants,
        session.online_participants,
        event.get_state_display(),
        session.get_state_display(),
    ]


def _file(request: CentreRequest, body: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    since = day_in(request, request.GET.get("from", ""))
    name = f"{request.centre.slug}-programme-{since}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
