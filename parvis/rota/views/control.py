"""The control report: today's, the former ones, and what one would find now."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.control import missed
from parvis.rota.control_words import in_words
from parvis.rota.models import ControlReport
from parvis.rota.queries.control import DAYS, Finding
from parvis.rota.queries.control import control as found_now


@require_GET
@centre_page(Permission.PLAN_ROTA)
def control(request: CentreRequest) -> HttpResponse:
    """What the next ten days lack as the rota is now, computed at once."""
    today = request.centre.local_day(request.centre.now())
    return _page(request, today, found_now(request.centre, today), None)


@require_GET
@centre_page(Permission.PLAN_ROTA)
def control_of(request: CentreRequest, day: str) -> HttpResponse:
    """What an evening found."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    report = get_object_or_404(ControlReport, centre=request.centre, day=wanted, failed=False)
    return _page(request, wanted, report.findings, report)


def _page(
    request: CentreRequest, day: date, findings: list[Finding], report: ControlReport | None
) -> HttpResponse:
    shown = {
        "report": report,
        "parts": in_words(request.centre, findings),
        "total": len(findings),
        "first": day + timedelta(days=1),
        "last": day + timedelta(days=DAYS),
        "missed": report is None and missed(request.centre, request.centre.now()),
        "reports": [
            (one, len(one.findings))
            for one in ControlReport.objects.filter(centre=request.centre, failed=False)[:31]
        ],
    }
    return render(request, "rota/control.html", shown)
