"""Announcing what is on: a frame for a partner's page, posters, the month on paper, calendars and feeds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.agenda.queries.public.announcing import events_ahead, months_ahead
from parvis.agenda.queries.public.filters import wanted_of
from parvis.agenda.queries.public.programme import choices_of
from parvis.agenda.visitor_programme import WHERE
from parvis.centres.models import Centre
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.speaking import ALL_LANGUAGES, language_names

LOOKS = ("", "light", "dark")
NUMBERS = ("4", "8", "12", "20", "30")


@require_GET
@centre_page(Permission.ENTER)
def announce(request: CentreRequest) -> HttpResponse:
    """What one hands to others, in the language that one chooses."""
    centre, said = request.centre, request.GET
    at = centre.now()
    language = said.get("language", "")
    language = language if language in ALL_LANGUAGES else centre.language
    wanted = wanted_of(said.dict())
    look, most = (said.get(name, "") for name in ("look", "most"))
    asked = wanted.given | {"language": language}
    framed = asked | {
        name: value
        for name, value, known in (("look", look, LOOKS), ("most", most, NUMBERS))
        if value in known and value
    }
    origin = request.build_absolute_uri("/").rstrip("/")
    frame = f"{origin}{reverse('agenda:embed', args=[centre.slug])}?{urlencode(framed)}"
    context = {
        "wanted": wanted,
        "choices": choices_of(centre, at),
        "ways": WHERE.items(),
        "chosen": language,
        "spoken": language_names(ALL_LANGUAGES),
        "look": look,
        "most": most or "8",
        "numbers": NUMBERS,
        "frame": frame,
        "snippet": _snippet(centre, frame),
        "calendar": f"{origin}{reverse('agenda:centre_ics', args=[centre.slug])}?{urlencode(asked)}",
        "feed": f"{origin}{reverse('agenda:atom', args=[centre.slug])}?{urlencode(asked)}",
        "events": events_ahead(centre, at),
        "months": months_ahead(centre, at),
    }
    return render(request, "agenda/announce.html", context)


def _snippet(centre: Centre, frame: str) -> str:
    """What a partner copies: a frame in which nothing runs, that works on pages with the strictest policy."""
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy" referrerpolicy="no-referrer"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox allow-same-origin"></iframe>',
        frame,
        centre.name,
    )
