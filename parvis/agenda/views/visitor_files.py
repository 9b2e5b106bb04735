"""The programme as files that programs read: calendars and a feed. One address, one answer, in the language that it names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.agenda.models import Session
from parvis.agenda.queries.public.event import page_of, public_event_by
from parvis.agenda.queries.public.filters import wanted_of
from parvis.agenda.queries.public.programme import (
    A_YEAR,
    Line,
    first_of_series,
    lines_of,
    sessions_between,
    whole,
)
from parvis.agenda.visitor_calendars import as_calendar, changed_at
from parvis.agenda.visitor_feed import as_feed
from parvis.agenda.visitor_kept import kept, mark_of
from parvis.centres.models import Centre
from parvis.shared.speaking import ALL_LANGUAGES
from parvis.shared.visiting import VisitorRequest, open_page, speaking_of

ICS_TYPE = "text/calendar; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
HEADERS = {"Cache-Control": "public, no-cache", "Access-Control-Allow-Origin": "*"}
LOOKED_BACK = timedelta(days=60)  # how long what is over, or was cancelled, is still told


@require_safe
def centre_ics(request: HttpRequest, centre: str) -> HttpResponse:
    """Everything of a centre, or what fits the filter in the address."""
    found = _centre(centre)
    lines = _lines(request, found)
    language = _language(request, found)
    with translation.override(language):
        name = _("What is on · %(centre)s") % {"centre": found.name}
    return _calendar(request, found, lines, name=name, language=language)


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """All sessions of one event."""
    event = public_event_by(slug)
    if event is None:
        raise Http404
    centre = event.centre
    language = _language(request, centre)
    with translation.override(language):
        name = str(event.title)
    lines = page_of(event, centre.now()).lines
    return _calendar(request, centre, lines, name=name, language=language)


@require_safe
def session_ics(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One session."""
    event = public_event_by(slug)
    rows = whole(Session.objects.filter(event=event, pk=pk)) if event else []
    if event is None or not rows:
        raise Http404
    centre = event.centre
    lines = lines_of(centre, rows, centre.now())
    language = _language(request, centre)
    with translation.override(language):
        name = str(event.title)
    return _calendar(request, centre, lines, name=name, language=language)


@require_safe
def atom(request: HttpRequest, centre: str) -> HttpResponse:
    """What is ahead, as a feed."""
    found = _centre(centre)
    lines = [line for line in _lines(request, found) if not line.over]
    language = _language(request, found)
    how = {"language": language, "origin": _origin(request), "own": request.get_full_path()}
    mark = mark_of(lines, "atom", found.pk, found.name, how)

    def made() -> bytes:
        with timezone.override(found.zone):
            return as_feed(lines, centre=found, **how).encode()

    return _answer(request, kept(mark, made), mark, lines, ATOM_TYPE)


@require_safe
@open_page
def subscribe(request: VisitorRequest, centre: str) -> HttpResponse:
    """How one has the programme in one's own calendar or feed reader."""
    found = _centre(centre)
    wanted = wanted_of(request.GET.dict())
    query = request.GET.copy()
    query.clear()
    query.update(wanted.given | {"language": request.language})
    address = _origin(request) + reverse("agenda:centre_ics", args=[centre]) + f"?{query.urlencode()}"
    feed = _origin(request) + reverse("agenda:atom", args=[centre]) + f"?{query.urlencode()}"
    here = reverse("agenda:subscribe", args=[centre])
    query.pop("language")
    context: dict[str, Any] = {"centre": found, "name": found.name, "address": address, "feed": feed}
    context |= {"opens": f"webcal:{address.partition(':')[2]}", "filtered": bool(wanted.given)}
    context |= speaking_of(request, f"{here}?{query.urlencode()}" if query else here)
    return render(request, "agenda/visitor/subscribe.html", context)


def _centre(slug: str) -> Centre:
    found = Centre.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _lines(request: HttpRequest, centre: Centre) -> list[Line]:
    at = centre.now()
    first = centre.bounds(centre.local_day(at - LOOKED_BACK))[0]
    wanted = wanted_of(request.GET.dict())
    return lines_of(centre, sessions_between(centre, first, at + A_YEAR, wanted, at), at)


def _calendar(
    request: HttpRequest, centre: Centre, lines: list[Line], *, name: str, language: str
) -> HttpResponse:
    firsts = first_of_series(line.event.pk for line in lines)
    how: dict[str, Any] = {"name": name, "language": language, "origin": _origin(request)}
    first = centre.local_day(centre.now() - LOOKED_BACK)
    mark = mark_of(lines, "ics", centre.pk, centre.time_zone, first.year, how, sorted(firsts.items()))

    def made() -> bytes:
        return as_calendar(lines, firsts, centre=centre, first=first, **how)

    return _answer(request, kept(mark, made), mark, lines, ICS_TYPE)


def _answer(
    request: HttpRequest, body: bytes, mark: str, lines: Iterable[Line], content_type: str
) -> HttpResponse:
    """With what tells a program whether it has it already."""
    etag = f'"{mark[:32]}"'
    response = HttpResponse(body, content_type=content_type, headers=HEADERS | {"ETag": etag})
    name = request.path.strip("/").replace("/", "-").removesuffix("-calendar.ics").removesuffix(".ics")
    ending = "ics" if content_type == ICS_TYPE else "atom"
    response.headers["Content-Disposition"] = f'inline; filename="{name.removesuffix("-feed.atom")}.{ending}"'
    if changed := max((changed_at(line) for line in lines), default=None):
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))


def _language(request: HttpRequest, centre: Centre) -> str:
    """That of the address, else the centre's: a program that fetches it reads none."""
    said = request.GET.get("language", "")
    return said if said in ALL_LANGUAGES else centre.language


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
