"""The door's page on a visitor's own phone: the same questions, without an app; and the poster that leads to it.

Each answer is part of the next address, with a key made on the way in: going back, tapping twice or sending again after a
bad connection leads to the same one ticket. Works without scripts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.forms.outbox import entry_form
from parvis.reception.models import Device, Ticket
from parvis.reception.queries.door import door_is_full
from parvis.reception.queries.visitor import opens_again, questions
from parvis.reception.scope import DeviceRequest, device_page
from parvis.reception.visitor_limits import may_draw
from parvis.reception.visitor_tickets import follow_path, qr_code
from parvis.reception.visitor_ways import ways_from
from parvis.shared.speaking import language_names

LATER = 429  # too many requests
ANSWERS = ("key", "theme", "size", "screen")


@require_http_methods(["GET", "POST"])
@device_page(Device.Kind.DOOR)
def door(request: DeviceRequest) -> HttpResponse:
    """One question at a time; the last one gives the ticket and leads to its page."""
    centre, at = request.centre, request.centre.now()
    closed, opens = opens_again(centre, at)
    if closed:
        context = {
            "centre": centre,
            "opens": opens and centre.local(opens),
            "languages": languages(request),
            "language": request.language,
            "ways": ways_from(centre),
        }
        return render(request, "reception/visitor/closed.html", context)
    problem, status = given(request, at) if request.method == "POST" else ("", 200)
    if isinstance(problem, Ticket):
        return HttpResponseRedirect(follow_path(problem))
    context = shown(request, problem, keep=status == LATER)
    response = render(request, "reception/visitor/door.html", context, status=status)
    if status == LATER:
        response.headers["Retry-After"] = "120"
    return response


def given(request: DeviceRequest, at: datetime) -> tuple[Ticket | str, int]:
    """The ticket, or why there is none now."""
    centre, device = request.centre, request.device
    said = request.POST.dict() | {"age": 0}
    form = entry_form(said, centre=centre, device=device, day=centre.local_day(at))
    if not form.is_valid():
        return _("That did not work. Please choose again."), 409
    entry = form.entry()
    try:
        if not may_ask(request, entry.key, at):
            raise actions.TooManyNow
        return actions.draw_at_door(device=device, entry=entry, at=at), 302
    except actions.TooManyNow:
        words = _(
            "Many people are taking a ticket just now. Please try again in a few minutes, or come to the reception desk."
        )
        return words, LATER
    except actions.ReceptionError:
        return _("That did not work. Please choose again."), 409


def may_ask(request: DeviceRequest, key: UUID, at: datetime) -> bool:
    """Whether this phone's network may draw one more. A ticket that was drawn before is shown again without asking."""
    if Ticket.objects.filter(key=key).exists():
        return True
    if door_is_full(request.device, at):  # looked at first, so that a flood does not fill the cache either
        return False
    return may_draw(request.centre, request.META.get("REMOTE_ADDR", ""), at)


def shown(request: DeviceRequest, problem: str, *, keep: bool) -> dict[str, Any]:
    """The question that has no answer yet, and the addresses of its choices. ``keep``: what was said still stands."""
    asked = questions(request.centre, request.language, request.centre.now())
    said = {} if problem and not keep else answered(request)
    chosen = next((choice for choice in asked.choices if str(choice.theme.pk) == said.get("theme")), None)
    screen = min(int(said.get("screen") or 0), len(asked.screens) - 1)
    base = said | {"key": said.get("key") or str(uuid4()), "language": request.language}
    return {
        "centre": request.centre,
        "questions": asked,
        "screen": asked.screens[screen],
        "more": f"?{urlencode(base | {'screen': (screen + 1) % len(asked.screens)})}",
        "is_last_screen": screen == len(asked.screens) - 1,
        "problem": problem,
        "chosen": chosen,
        "said": base,
        "so_far": f"?{urlencode({name: value for name, value in base.items() if name not in ('theme', 'size')})}",
        "with_theme": f"?{urlencode({name: value for name, value in base.items() if name != 'size'})}",
        "sizes": [2, 3, 4],
        "languages": languages(request),
    }


def answered(request: DeviceRequest) -> dict[str, str]:
    """The answers so far, as far as they can be ones."""
    said = {name: request.GET[name] for name in ANSWERS if name in request.GET}
    numbers = {
        name: value for name, value in said.items() if name != "key" and value.isdecimal() and len(value) < 18
    }
    try:
        return numbers | {"key": str(UUID(said.get("key", "")))}
    except ValueError:
        return numbers


def languages(request: DeviceRequest) -> list[tuple[str, str, str]]:
    """The centre's languages by their own names, each with this question's address in it."""
    said = answered(request)
    return [
        (code, name, f"?{urlencode(said | {'language': code})}")
        for code, name in language_names(request.centre.languages)
    ]


@require_GET
@centre_page(Permission.MANAGE_DEVICES)
def poster(request: CentreRequest, device: int) -> HttpResponse:
    """A sheet for the door: the code that leads to the page, in the first languages of the centre. To print."""
    doors = Device.objects.filter(centre=request.centre, kind=Device.Kind.DOOR, revoked_at=None)
    door = get_object_or_404(doors, pk=device)
    address = request.build_absolute_uri(reverse("reception:door", kwargs={"token": door.token}))
    lines = []
    for code in request.centre.languages:
        with translation.override(code):
            lines.append((code, _("Take your ticket with your phone"), _("No app. No name.")))
    context = {"device": door, "qr": qr_code(address), "address": address, "lines": lines}
    return render(request, "reception/visitor/poster.html", context)
