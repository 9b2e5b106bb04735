"""What a visitor reads of a centre before they come: when somebody is there for which theme, in which languages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.agenda.queries.public.programme import next_sessions
from parvis.agenda.queries.visitor_classes import welcomes_classes
from parvis.guidance.queries.visitor_questions import takes_questions
from parvis.rota.queries.visitor_week import centre_with_a_rota, centres_with_a_rota, week_ahead
from parvis.shared.speaking import ALL_LANGUAGES, language_names
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page
from parvis.statistics.queries.open_data.pages import public_editions
from parvis.statistics.queries.reports.pages import public_reports


@require_safe
@visitor_page
def places(request: VisitorRequest) -> HttpResponse:
    """The centres that say when somebody is there."""
    context = {"centres": centres_with_a_rota()} | speaking_of(request, reverse("website:places"))
    return render(request, "website/visitor/places.html", context)


@require_safe
@visitor_page
def place(request: VisitorRequest, centre: str) -> HttpResponse:
    """The week ahead at one of them."""
    found = centre_with_a_rota(centre)
    if found is None:
        context = speaking_of(request, reverse("website:places")) | {"centres": centres_with_a_rota()}
        return render(request, "website/visitor/places.html", context | {"unknown": True}, status=404)
    at = found.now()
    with timezone.override(found.zone):
        context = {
            "centre": found,
            "name": found.name,
            "today": found.local_day(at),
            "ahead": week_ahead(found, at),
            "names": dict(language_names(ALL_LANGUAGES)),
            "next": next_sessions(found, at, days=14, most=3),
            "asks": takes_questions(found),
            "classes": welcomes_classes(found),
            "has_figures": bool(public_reports(found) or public_editions(found)),
        }
        context |= speaking_of(request, reverse("website:place", args=[found.slug]))
        return render(request, "website/visitor/place.html", context)
