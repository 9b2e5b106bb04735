"""Recordings for everybody: a gallery, one with its captions and its text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.agenda.captions import read_captions, text_of
from parvis.agenda.models import Recording
from parvis.agenda.queries.public.recordings import shown_recordings
from parvis.agenda.views.recordings import video_of
from parvis.centres.models import Centre
from parvis.centres.words import own_name
from parvis.shared.visiting import VisitorRequest, open_page, speaking_of


def _centre(slug: str) -> Centre:
    return get_object_or_404(Centre, slug=slug)


def _shown(centre: Centre, pk: int) -> Recording:
    return get_object_or_404(shown_recordings(centre, centre.now()), pk=pk)


@require_safe
@open_page
def public_recordings(request: VisitorRequest, centre: str) -> HttpResponse:
    """What can be seen again, the newest first."""
    found = _centre(centre)
    with timezone.override(found.zone):
        lines = [(one, own_name(one.language)) for one in shown_recordings(found, found.now())]
        shown: dict[str, Any] = {"centre": found, "name": found.name, "lines": lines}
        shown |= speaking_of(request, reverse("agenda:public_recordings", args=[centre]))
        return render(request, "agenda/visitor/recordings.html", shown)


@require_safe
@open_page
def public_recording(request: VisitorRequest, centre: str, pk: int) -> HttpResponse:
    """One recording."""
    found = _centre(centre)
    one = _shown(found, pk)
    with timezone.override(found.zone):
        shown: dict[str, Any] = {"centre": found, "name": found.name, "recording": one}
        shown |= {"event": one.session.event, "spoken": own_name(one.language)}
        shown["text"] = one.text or text_of(read_captions(one.captions))
        shown |= speaking_of(request, reverse("agenda:public_recording", args=[centre, pk]))
        return render(request, "agenda/visitor/recording.html", shown)


@require_safe
def public_video(request: HttpRequest, centre: str, pk: int) -> HttpResponseBase:
    """The video, as long as it is published."""
    return video_of(request, _shown(_centre(centre), pk))


@require_safe
def public_captions(request: HttpRequest, centre: str, pk: int) -> HttpResponse:
    """The captions as a file that players read."""
    one = _shown(_centre(centre), pk)
    if not one.captions:
        raise Http404
    response = HttpResponse(one.captions, content_type="text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
