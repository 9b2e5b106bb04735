"""The programme in a frame on a partner's page: nothing runs in it, nothing is asked of another host, and only it may be framed."""

from __future__ import annotations

from csp.constants import HEADER
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from parvis.agenda.queries.public.filters import wanted_of
from parvis.agenda.queries.public.programme import A_YEAR, lines_of, sessions_between
from parvis.centres.models import Centre
from parvis.shared.visiting import VisitorRequest, visitor_page

LOOKS = ("light", "dark")
USUAL, MOST = 8, 30  # sessions in a frame
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@require_safe
@xframe_options_exempt
@visitor_page
def embed(request: VisitorRequest, centre: str) -> HttpResponse:
    """The next sessions that fit the filter in the address; links open our pages beside the partner's."""
    found = Centre.objects.filter(slug=centre).first()
    if found is None:
        raise Http404
    at, said = found.now(), request.GET
    look = said.get("look", "")
    with timezone.override(found.zone):
        rows = sessions_between(found, at, at + A_YEAR, wanted_of(said.dict()), at)
        context = {
            "centre": found,
            "language": request.language,
            "look": look if look in LOOKS else "",
            "lines": lines_of(found, rows[: _number(said.get("most", ""))], at),
        }
        response = render(request, "agenda/visitor/embed.html", context)
    response.headers[HEADER] = POLICY
    return response


def _number(said: str) -> int:
    return min(max(int(said), 1), MOST) if said.isascii() and said.isdecimal() and len(said) < 4 else USUAL
