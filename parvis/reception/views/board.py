"""The board of the waiting room: public, opened by the screen's own address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from parvis.reception import queries
from parvis.reception.models import Device
from parvis.reception.streams import topic
from parvis.shared import live


@require_GET
def board(request: HttpRequest, token: str) -> HttpResponse:
    """Called tickets and the way, next ones, expected waits. In the centre's main language; calls in the visitor's."""
    devices = Device.objects.select_related("centre").filter(kind=Device.Kind.BOARD, revoked_at=None)
    device = get_object_or_404(devices, token=token)
    centre = device.centre
    language = centre.language
    with translation.override(language), timezone.override(centre.zone):
        context = {
            "centre": centre,
            "now": centre.now(),
            "board": queries.board(centre, centre.now()),
            "stream": live.address(topic(centre), f"board:{language}"),
        }
        response = render(request, "reception/visitor/board.html", context)
    response["Content-Language"] = language
    return response
