"""Calendar addresses: one makes, sees once, and revokes them; a calendar reads them without signing in."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, cast
from uuid import UUID, uuid4

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions import feeds as actions
from parvis.rota.calendars import as_calendar
from parvis.rota.limits import WAIT, may_miss, may_read
from parvis.rota.models import Feed
from parvis.rota.queries.feeds import LOOKED_BACK, entries, feed_by, feeds_of

ICS_TYPE = "text/calendar; charset=utf-8"
HEADERS = {
    "Cache-Control": "private, no-cache",  # kept by whoever asked, and asked about each time
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def feeds(request: CentreRequest) -> HttpResponse:
    """One's own addresses; a new one is shown here, and nowhere later."""
    centre = request.centre
    context: dict[str, Any] = {"key": uuid4()}
    if request.method == "POST":
        try:
            issued = actions.make_feed(person=request.user, centre=centre, key=_key(request), at=centre.now())
        except actions.TooManyFeeds:
            messages.error(
                request, _("You have ten addresses: stop one that you no longer use, then make another.")
            )
            return redirect("rota:feeds", centre=centre.slug)
        if issued.feed.revoked_at is None:
            address = request.build_absolute_uri(reverse("rota:feed", args=[issued.token]))
            context |= {
                "address": address,
                "opens": f"webcal:{address.partition(':')[2]}",
                "qr": _qr(address),
            }
    context["feeds"] = feeds_of(request.user, centre)
    return render(request, "rota/published/feeds.html", context)


@require_POST
@centre_page(Permission.ENTER)
def revoke(request: CentreRequest, pk: int) -> HttpResponse:
    """An address stops at once."""
    feed = get_object_or_404(Feed, pk=pk, person=request.user, centre=request.centre)
    actions.revoke_feed(feed=feed, at=request.centre.now())
    messages.success(request, _("Stopped: that address leads nowhere any more."))
    return redirect("rota:feeds", centre=request.centre.slug)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of an address; 404 whatever the reason why it leads nowhere."""
    found = feed_by(token)
    if found is None:
        may = may_miss(request.META.get("REMOTE_ADDR", ""))
        return HttpResponse(status=404, headers=HEADERS) if may else _later()
    if not may_read(found.pk):
        return _later()
    at = found.centre.now()
    actions.note_reading(feed=found, on=found.centre.local_day(at))
    body = as_calendar(found, entries(found, at), found.centre.local_day(at - LOOKED_BACK))
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = HEADERS | {"ETag": etag, "Content-Disposition": 'inline; filename="rota.ics"'}
    response = HttpResponse(body, content_type=ICS_TYPE, headers=headers)
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))


def _later() -> HttpResponse:
    return HttpResponse(status=429, headers=HEADERS | {"Retry-After": str(WAIT)})


def _key(request: HttpRequest) -> UUID:
    """What the page drew before the first try."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error


def _qr(text: str) -> str:
    svg: str = segno.make(text, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    return svg
