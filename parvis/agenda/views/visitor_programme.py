"""The programme for everybody: what is on, and one event."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.agenda.queries.public.event import Page, page_of, public_event_by
from parvis.agenda.queries.public.filters import Wanted, wanted_of
from parvis.agenda.queries.public.programme import centres_with_a_programme, choices_of, month_of, month_said
from parvis.agenda.queries.public.recordings import shown_of
from parvis.agenda.visitor_programme import ACCESS, HOW, WHERE, access_words
from parvis.agenda.visitor_schema import data_block, things_of
from parvis.centres.models import Centre
from parvis.centres.words import own_name
from parvis.shared.speaking import ALL_LANGUAGES, language_names
from parvis.shared.visiting import VisitorRequest, open_page, speaking_of

VIEWS = ("list", "month")


@require_safe
@open_page
def public_agendas(request: VisitorRequest) -> HttpResponse:
    """The centres that have something on."""
    return render(request, "agenda/visitor/agendas.html", _agendas(request))


def _agendas(request: VisitorRequest) -> dict[str, Any]:
    context: dict[str, Any] = {"centres": centres_with_a_programme()}
    return context | speaking_of(request, reverse("agenda:public_agendas"))


@require_safe
@open_page
def public_agenda(request: VisitorRequest, centre: str) -> HttpResponse:
    """What is on at a centre, month by month, as a list or a page of a calendar."""
    found = Centre.objects.filter(slug=centre).first()
    if found is None:
        raise Http404
    at, wanted = found.now(), wanted_of(request.GET.dict())
    view = request.GET.get("view", "")
    view = view if view in VIEWS and not wanted.q else VIEWS[0]
    with timezone.override(found.zone):
        month = month_of(found, _month(request.GET.get("month", ""), found.local_day(at)), wanted, at)
        context = {
            "centre": found,
            "name": found.name,
            "today": found.local_day(at),
            "month": month,
            "view": view,
            "wanted": wanted,
            "choices": choices_of(found, at),
            "spoken": language_names(dict.fromkeys([*found.languages, found.language])),
            "names": dict(language_names(ALL_LANGUAGES)),
            "access": ACCESS.items(),
            "ways": WHERE.items(),
            "links": _links(request, found, month.first, wanted, view),
        }
        context |= {"before": month.before, "after": month.after}
        here = _address(found, wanted, view, month=month.first)
        context |= speaking_of(request, here)
        return render(request, "agenda/visitor/agenda.html", context)


@require_safe
@open_page
def public_event(request: VisitorRequest, slug: str) -> HttpResponse:
    """One event: what, when, where, with whom, and how one comes."""
    event = public_event_by(slug)
    if event is None:  # a link that was shared outlives what it leads to
        gone = _agendas(request) | {"gone": True}
        return render(request, "agenda/visitor/agendas.html", gone, status=404)
    centre = event.centre
    with timezone.override(centre.zone):
        page = page_of(event, centre.now())
        context = {"centre": centre, "name": centre.name, "page": page, "event": event}
        context |= _of_event(request, page)
        shown = shown_of(event, centre.now())
        context["recordings"] = [(one, own_name(one.language)) for one in shown]
        context |= speaking_of(request, reverse("agenda:public_event", args=[slug]))
        return render(request, "agenda/visitor/event.html", context)


def _of_event(request: VisitorRequest, page: Page) -> dict[str, Any]:
    event = page.event
    here = request.build_absolute_uri(reverse("agenda:public_event", args=[event.slug]))
    calendar = reverse("agenda:event_ics", args=[event.slug])
    return {
        "themes": list(event.themes.all()),
        "access": access_words(event.accessibility),
        "how": HOW[event.registration],
        "spoken": language_names(event.languages),
        "here": here,
        "card": request.build_absolute_uri(reverse("agenda:card", args=[event.slug])),
        "calendar": f"{calendar}?{urlencode({'language': request.language})}",
        "things": data_block(things_of(page, here)),
    }


def _month(said: str, today: date) -> date:
    """The month that an address names, else the present one; 404 for one that is none."""
    found = month_said(said, today) if said else today.replace(day=1)
    if found is None:
        raise Http404
    return found


def _address(
    centre: Centre, wanted: Wanted, view: str, *, month: date | None = None, language: str = ""
) -> str:
    said = {"view": view} if view != VIEWS[0] else {}
    said |= {"month": f"{month:%Y-%m}"} if month and not wanted.q else {}
    said |= wanted.given | ({"language": language} if language else {})
    address = reverse("agenda:public_agenda", args=[centre.slug])
    return f"{address}?{urlencode(said)}" if said else address


def _links(request: VisitorRequest, centre: Centre, first: date, wanted: Wanted, view: str) -> dict[str, str]:
    """To the other ways to see the same, in the page's language."""
    language = request.language
    query = urlencode(wanted.given | {"language": language})
    return {
        "list": _address(centre, wanted, "list", month=first, language=language),
        "month": _address(centre, wanted, "month", month=first, language=language),
        "without": _address(centre, Wanted(), view, month=first, language=language),
        "subscribe": f"{reverse('agenda:subscribe', args=[centre.slug])}?{query}",
        "query": urlencode(
            wanted.given | {"language": language} | ({"view": view} if view != "list" else {})
        ),
    }
