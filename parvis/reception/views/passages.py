"""The door: a big button, hours typed in, and the address at which a sensor tells its count."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Site
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.actions.passages import hour_of
from parvis.reception.forms.day import ClickForm, HourForm
from parvis.reception.models import Device, Passage
from parvis.reception.queries.door import door_page
from parvis.shared.other_ways import for_programs

MOST_BYTES = 4096
MOST_COUNT = 5000
A_MINUTE = 60  # readings of one sensor in a minute: one a second


@require_GET
@centre_page(Permission.RECEIVE)
def passages(request: CentreRequest) -> HttpResponse:
    """The clicker and the hours of today."""
    page = door_page(request.centre, request.centre.now())
    return render(request, "reception/passages.html", {"page": page})


@require_POST
@centre_page(Permission.RECEIVE)
def clicks(request: CentreRequest) -> HttpResponse:
    """One click, or one taken back (``undo``). Answers with today's count at that door."""
    form = ClickForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": "click"}, status=422)
    at, data = request.centre.now(), form.cleaned_data
    site = get_object_or_404(Site, pk=data["site"], centre=request.centre)
    try:
        if "undo" in request.POST:
            actions.undo_passages(centre=request.centre, key=data["key"], at=at)
        else:
            actions.count_passages(site=site, key=data["key"], count=data["count"], at=at)
    except actions.ReceptionError as error:
        return JsonResponse({"problem": str(error)}, status=409)
    if "application/json" not in request.headers.get("Accept", ""):
        return redirect("reception:passages", centre=request.centre.slug)
    page = door_page(request.centre, at)
    return JsonResponse({"counted": page.of_site(site.pk).clicked, "total": page.of_site(site.pk).total})


@require_POST
@centre_page(Permission.RECEIVE)
def hours(request: CentreRequest) -> HttpResponse:
    """An hour typed in, or taken back."""
    form = HourForm(request.POST)
    at = request.centre.now()
    if form.is_valid():
        data = form.cleaned_data
        site = get_object_or_404(Site, pk=data["site"], centre=request.centre)
        start = hour_of(request.centre, at, data["hour"])
        try:
            actions.enter_hour(site=site, key=data["key"], start=start, count=data["count"], at=at)
        except actions.ReceptionError as error:
            page = door_page(request.centre, at)
            return render(
                request, "reception/passages.html", {"page": page, "problem": str(error)}, status=409
            )
        return redirect("reception:passages", centre=request.centre.slug)
    return render(
        request, "reception/passages.html", {"page": door_page(request.centre, at), "form": form}, status=422
    )


@csrf_exempt  # a key in the header is the authority: no cookie is read
@for_programs
@require_POST
def sensor(request: HttpRequest) -> HttpResponse:
    """A door sensor tells its count: JSON with ``key`` (UUID), ``count`` and, where it was offline, ``at`` (ISO 8601).

    ``Authorization: Bearer …`` with the sensor's key. 201 counted, 200 known already; problems as RFC 9457.
    """
    device = _sensor(request)
    if device is None:
        refused = _problem(401, "key", "The key is missing, unknown or revoked.")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    now = device.centre.now()
    try:
        key, count, counted_at = _reading(request)
    except ValueError as error:
        return _problem(400, "reading", str(error))
    known = Passage.objects.filter(key=key).first()
    if known and known.device_id != device.pk:
        return _problem(409, "used", "This key was used by another door.")
    recent = Passage.objects.filter(device=device, counted_at__gt=now - timedelta(minutes=1)).count()
    if not known and recent >= A_MINUTE:
        busy = _problem(429, "often", "At most one reading a second; add them up and send one a minute.")
        busy.headers["Retry-After"] = "60"
        return busy
    try:
        passage = actions.count_passages(
            site=device.site, key=key, count=count, at=now, counted_at=counted_at, device=device
        )
    except (actions.NotYet, actions.TooLate):
        return _problem(422, "time", "“at” must lie within the last seven days, and not in the future.")
    actions.device_seen(device=device, at=now)
    told = {
        "key": str(passage.key),
        "count": passage.count,
        "hour": passage.hour,
        "date": passage.date.isoformat(),
    }
    return JsonResponse(told, status=200 if known else 201)


def _sensor(request: HttpRequest) -> Device | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    sensors = Device.objects.filter(kind=Device.Kind.SENSOR, revoked_at=None).select_related(
        "centre", "site__centre"
    )
    return sensors.filter(token=token.strip()).first()


def _reading(request: HttpRequest) -> tuple[UUID, int, datetime | None]:
    """Raises ``ValueError`` with the sentence to send back."""
    if len(request.body) > MOST_BYTES:
        raise ValueError("Too long.")
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise ValueError("The body is not JSON.") from error
    if not isinstance(data, dict):
        raise ValueError("The body must be a JSON object.")  # noqa: TRY004  # said to the sensor as any other
    try:
        key = UUID(str(data.get("key")))
    except ValueError as error:
        raise ValueError(
            "“key” must be a UUID, new for each reading and the same when it is sent again."
        ) from error
    count = data.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_COUNT:
        raise ValueError(f"“count” must be a whole number from 1 to {MOST_COUNT}.")
    return key, count, _time(data.get("at"))


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        when = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        when = None
    if when is None or when.tzinfo is None:
        raise ValueError("“at” must be a time with its zone: 2026-03-12T14:00:00+01:00.")
    return when


def _problem(status: int, kind: str, detail: str) -> JsonResponse:
    body = {"type": f"urn:parvis:sensor:{kind}", "title": detail, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")
