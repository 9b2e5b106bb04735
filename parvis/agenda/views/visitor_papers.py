"""What is printed and shared of the programme, as everybody may: posters, the month, the picture of an event."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.agenda.models import Event
from parvis.agenda.queries.public.event import Page, logos_of, page_of, public_event_by
from parvis.agenda.queries.public.programme import month_said, whole_month
from parvis.agenda.visitor_papers import SIZES, card_png, month_pdf, poster_pdf
from parvis.centres.models import Centre
from parvis.shared.visiting import VisitorRequest, open_page


@require_safe
@open_page
def poster(request: VisitorRequest, slug: str, size: str) -> HttpResponse:
    """An event to hang up, A4 or A3."""
    event = _event(slug)
    if size not in SIZES:
        raise Http404
    address = request.build_absolute_uri(reverse("agenda:public_event", args=[slug]))
    with timezone.override(event.centre.zone):
        page = _page(event)
        made = poster_pdf(page, size=size, address=address, logos=logos_of(page))
    return _file(made, "application/pdf", f"{event.centre.slug}-{slug}-{size}.pdf")


@require_safe
@open_page
def month_paper(request: VisitorRequest, centre: str, month: str, size: str) -> HttpResponse:
    """A month of the programme: A4 to hand out, A3 for a wall."""
    found = Centre.objects.filter(slug=centre).first()
    if found is None or size not in SIZES:
        raise Http404
    at = found.now()
    first = month_said(month, found.local_day(at))
    lines = whole_month(found, first, at) if first else []
    if first is None or not lines:
        raise Http404
    address = request.build_absolute_uri(reverse("agenda:public_agenda", args=[centre]))
    with timezone.override(found.zone):
        made = month_pdf(found, first, lines, size=size, address=address)
    return _file(made, "application/pdf", f"{centre}-{month}-{size}.pdf")


@require_safe
@open_page
def card(request: VisitorRequest, slug: str) -> HttpResponse:
    """The picture that networks show with a shared link."""
    event = _event(slug)
    with timezone.override(event.centre.zone):
        made = card_png(_page(event))
    return _file(made, "image/png", f"{slug}.png")


def _event(slug: str) -> Event:
    event = public_event_by(slug)
    if event is None:
        raise Http404
    return event


def _page(event: Event) -> Page:
    return page_of(event, event.centre.now())


def _file(made: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(made, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
