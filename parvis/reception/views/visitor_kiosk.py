"""The kiosk: every question on one page, so that it works without a network; and what devices send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from parvis.reception import actions, streams
from parvis.reception.forms.outbox import BLOCK, Sending, entry_form, read_sending, refused_of
from parvis.reception.models import Device, Ticket
from parvis.reception.queries.visitor import questions
from parvis.reception.scope import DeviceRequest, device_page
from parvis.reception.visitor_limits import remember_house
from parvis.reception.visitor_tickets import (
    follow_path,
    lease_for_device,
    qr_code,
    wait_of,
)
from parvis.reception.visitor_waits import wait_in_words
from parvis.shared import live
from parvis.shared.other_ways import for_programs
from parvis.shared.speaking import language_names

WORKER = Path(__file__).resolve().parents[1] / "static" / "reception" / "worker.js"


@require_GET
@device_page(Device.Kind.KIOSK)
def kiosk(request: DeviceRequest) -> HttpResponse:
    """The questions in one language. Which one is shown, and how long, is the page's own business."""
    centre, device, language = request.centre, request.device, request.language
    addresses = {code: kiosk_path(device, code) for code in centre.languages}
    context = {
        "centre": centre,
        "device": device,
        "language": language,
        "languages": [(code, name, addresses[code]) for code, name in language_names(centre.languages)],
        "questions": questions(centre, language, centre.now()),
        "start": kiosk_path(device),
        "kept": " ".join([kiosk_path(device), *addresses.values()]),
        "entries": reverse("reception:entries", kwargs={"token": device.token}),
        "stream": live.address(streams.topic(centre), f"kiosk:{language}"),
    }
    return render(request, "reception/visitor/kiosk.html", context)


def kiosk_path(device: Device, language: str = "") -> str:
    """The kiosk's address, in a language."""
    parts = {"token": device.token} | ({"language": language} if language else {})
    return reverse("reception:kiosk_in" if language else "reception:kiosk", kwargs=parts)


@for_programs
@require_POST
@device_page(Device.Kind.KIOSK, Device.Kind.GREETER)
def entries(request: DeviceRequest) -> HttpResponse:
    """Arrivals from a device's outbox, in order, each answered under its key; and numbers for bad times."""
    sending = read_sending(request.body)
    if sending is None:
        return JsonResponse({"parvis": "unreadable"}, status=400)
    at = request.centre.now()
    if actions.device_seen(device=request.device, at=at):
        remember_house(request.centre, request.META.get("REMOTE_ADDR", ""), at)
    answers = [answered(request, said) for said in sending.entries]
    settled = settled_of(request, sending.problems)
    given = lease(request.device, sending)
    return JsonResponse({"parvis": "entries", "answers": answers, "settled": settled, "lease": given})


def answered(request: DeviceRequest, said: dict[str, Any]) -> dict[str, Any]:
    """One entry's ticket, or why there is none."""
    centre, device, at = request.centre, request.device, request.centre.now()
    form = entry_form(said, centre=centre, device=device, day=centre.local_day(at))
    problem = "; ".join(str(error) for errors in form.errors.values() for error in errors)
    if not problem:
        try:
            return told(request, actions.take_entry(device=device, entry=form.entry(), at=at))
        except actions.ReceptionError as error:
            problem = str(error)
    return {"key": str(said.get("key", "")), "refused": problem}


def settled_of(request: DeviceRequest, problems: list[dict[str, Any]]) -> list[str]:
    """Keeps for staff what the device still has of refused arrivals; tells which of them are settled."""
    centre, device, at = request.centre, request.device, request.centre.now()
    day = centre.local_day(at)
    settled = []
    for said in problems:
        refused = refused_of(said, centre=centre, device=device, day=day)
        entry = actions.keep_refused(device=device, refused=refused, at=at) if refused else None
        if entry is not None and entry.settled_at is not None:
            settled.append(str(said["key"]))
    return settled


def told(request: DeviceRequest, ticket: Ticket) -> dict[str, Any]:
    """A ticket as the device shows it, in the visitor's language."""
    address = request.build_absolute_uri(follow_path(ticket))
    with override(ticket.language):
        return {
            "key": str(ticket.key),
            "number": ticket.number,
            "name": ticket.name_in(ticket.language),
            "wait": wait_in_words(wait_of(ticket)),
            "qr": qr_code(address),
        }


def lease(device: Device, sending: Sending) -> dict[str, Any] | None:
    """A new block where the device's numbers of today run low."""
    if sending.lease_key is None:
        return None
    centre, at = device.centre, device.centre.now()
    today = centre.local_day(at)
    left = sending.left if sending.day == today else 0
    block = actions.renew_lease(device=device, key=sending.lease_key, left=left, size=BLOCK, at=at)
    if block is None:
        return None
    _start, end = centre.bounds(block.date)
    return lease_for_device(block, centre, (end - at).total_seconds())


@require_GET
def worker(request: DeviceRequest) -> HttpResponse:
    """The service worker's script, at the root so that it may look after any address."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
