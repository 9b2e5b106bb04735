"""How a page finds the device or the ticket whose address it has, and the language in which it speaks to the visitor.

The address is the key: whoever has it may use it, nobody signs in, and no cookie is read or set.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from parvis.centres.models import Centre
from parvis.reception.models import Device, Ticket
from parvis.shared.speaking import ALL_LANGUAGES, browsers_language, headed

A = ParamSpec("A")


class DeviceRequest(HttpRequest):
    """A request by a device of a centre, in the language that the visitor chose."""

    device: Device
    centre: Centre
    language: str


class TicketRequest(HttpRequest):
    """A request by whoever holds a ticket."""

    ticket: Ticket
    centre: Centre
    language: str


def device_page(
    *kinds: Device.Kind,
) -> Callable[[Callable[Concatenate[DeviceRequest, A], HttpResponse]], Callable[..., HttpResponse]]:
    """Gives the view ``request.device`` of one of ``kinds`` by the address's ``token``; a friendly 404 else.

    The language is the address's ``language``, else ``?language=``, else the browser's, among those of the centre.
    """

    def decorate(view: Callable[Concatenate[DeviceRequest, A], HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # the address is the authority: another site cannot know it, and no cookie helps it
        @wraps(view)
        def found(request: Any, *args: Any, token: str, language: str = "", **kwargs: Any) -> HttpResponse:
            device = Device.objects.select_related("centre", "site").filter(token=token).first()
            if device is None or device.kind not in kinds or device.revoked_at or not device.centre.languages:
                return gone(request)
            centre = device.centre
            request.device, request.centre = device, centre
            chosen = language or request.GET.get("language", "")
            fallback = centre.language if "kiosk" in kinds else browsers_language(request, centre.languages)
            request.language = chosen if chosen in centre.languages else fallback or centre.languages[0]
            return _speaking(request, lambda: view(request, *args, **kwargs))

        return found

    return decorate


def ticket_page(
    view: Callable[Concatenate[TicketRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view ``request.ticket`` by the address's ``token``, on the ticket's own day; a friendly 404 else."""

    @csrf_exempt
    @wraps(view)
    def found(request: Any, *args: Any, token: str, **kwargs: Any) -> HttpResponse:
        tickets = Ticket.objects.select_related("centre", "theme", "seat__desk__space", "seated_in")
        ticket = tickets.filter(token=token).first()
        if ticket is None or ticket.date != ticket.centre.local_day(ticket.centre.now()):
            return gone(request)
        request.ticket, request.centre = ticket, ticket.centre
        chosen = request.GET.get("language", "")
        request.language = chosen if chosen in ticket.centre.languages else ticket.language
        return _speaking(request, lambda: view(request, *args, **kwargs))

    return found


def gone(request: HttpRequest) -> HttpResponse:
    """What a visitor reads at an address that is none, or no longer one."""
    language = browsers_language(request, ALL_LANGUAGES) or settings.LANGUAGE_CODE
    with translation.override(language):
        response = render(request, "reception/visitor/gone.html", status=404)
    return headed(response, language)


def _speaking(request: DeviceRequest | TicketRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    with translation.override(request.language), timezone.override(request.centre.zone):
        return headed(answer(), request.language)


def marked(view: Callable[A, HttpResponse]) -> Callable[A, HttpResponse]:
    """Marks the answer as ours, for a tablet that must tell it from what a hotel's network says."""

    @wraps(view)
    def answered(*args: A.args, **kwargs: A.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["X-Parvis"] = "page"
        return response

    return answered
