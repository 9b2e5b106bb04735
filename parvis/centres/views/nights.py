"""What is forgotten every night, for whoever looks after a centre: counts of the whole installation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.accounts.roles import Permission
from parvis.centres.queries.nights import OutcomeLine, nights_page, rehearsed
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.nights import confirm_clock
from parvis.shared.retention import rehearse
from parvis.shared.tasks import next_night


@centre_page(Permission.MANAGE_CENTRE)
@require_safe
def nights(request: CentreRequest) -> HttpResponse:
    """The last thirty nights, and what stands in the way of the next."""
    return _page(request)


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def rehearsal(request: CentreRequest) -> HttpResponse:
    """The same page with what would go now. Nothing changes, so nothing is redirected to."""
    return _page(request, rehearsed(rehearse(at=timezone.now())))


@centre_page(Permission.MANAGE_CENTRE)
@require_POST
def clock(request: CentreRequest) -> HttpResponse:
    """Somebody looked at the server's clock and says that it is right."""
    confirm_clock(at=timezone.now())
    messages.success(request, _("The next night forgets again."))
    return redirect("centres:nights", centre=request.centre.slug)


def _page(request: CentreRequest, would_go: list[OutcomeLine] | None = None) -> HttpResponse:
    now = timezone.now()  # the server's clock, which is the one in question
    found = {"found": nights_page(at=now), "would_go": would_go, "now": now, "next": next_night(now)}
    return render(request, "centres/nights/nights.html", found)
