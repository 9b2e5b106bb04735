"""The page of a ticket on the visitor's own phone: where they are in line, and what they can say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from parvis.agenda.queries.public.programme import next_sessions
from parvis.reception import actions, streams
from parvis.reception.models import Ticket
from parvis.reception.queries.visitor import open_meanwhile, standing_of
from parvis.reception.scope import TicketRequest, ticket_page
from parvis.reception.visitor_streams import standing_text
from parvis.reception.visitor_tickets import follow_path
from parvis.shared import live
from parvis.shared.speaking import language_names

STEPS: dict[str, Callable[[Ticket, datetime], Ticket]] = {
    "later": lambda ticket, at: actions.ask_for_time(ticket=ticket, at=at),
    "back": lambda ticket, at: actions.come_back(ticket=ticket, at=at),
    "leave": lambda ticket, at: actions.leave(ticket=ticket, at=at),
}


@require_GET
@ticket_page
def follow(request: TicketRequest) -> HttpResponse:
    """Place in line, expected wait, the call; what to do meanwhile."""
    ticket, centre, language = request.ticket, request.centre, request.language
    at = centre.now()
    path = follow_path(ticket)
    context = {
        "ticket": ticket,
        "name": ticket.name_in(language),
        "centre": centre,
        "path": path,
        "steps": list(STEPS),
        "text": standing_text(standing_of(ticket, at), language),
        "at": centre.local(at),
        "spaces": open_meanwhile(centre),
        "on": next_sessions(centre, at, days=1, most=3),
        "asks_profile": centre.asks_profile_on(ticket.date) and ticket.profile_asked_at is None,
        "languages": [
            (code, name, f"{path}?{urlencode({'language': code})}")
            for code, name in language_names(centre.languages)
        ],
        "language": language,
        "stream": live.address(streams.topic(centre), f"ticket:{ticket.token}:{language}"),
    }
    return render(request, "reception/visitor/follow.html", context)


@require_POST
@ticket_page
def step(request: TicketRequest, step: str) -> HttpResponse:
    """What the visitor says about their place in line. A page that asks by script gets the new text, others a page."""
    if step not in STEPS:
        raise Http404
    ticket, at = request.ticket, request.centre.now()
    with suppress(actions.StateChanged):  # called meanwhile, say: the text tells
        STEPS[step](ticket, at)
    if "X-Parvis-Text" not in request.headers:
        query = urlencode({"language": request.language})
        return HttpResponseRedirect(f"{follow_path(ticket)}?{query}")
    ticket = Ticket.objects.select_related("centre", "theme", "seat__desk__space", "seated_in").get(
        pk=ticket.pk
    )
    return HttpResponse(standing_text(standing_of(ticket, at), request.language))
