"""The published rota as the team reads it: a week, a month, a theme, today; and as files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import hanging, tables
from parvis.rota.queries.holding import here_now
from parvis.rota.queries.published import Stretch, month_of, stretch, week_of
from parvis.rota.queries.sight import Sight, sight_of
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx

WEEKS_OF_A_THEME = 4
SPANS = {"week": week_of, "month": month_of}


@require_GET
@centre_page(Permission.ENTER)
def week(request: CentreRequest, day: str = "") -> HttpResponse:
    """A week: this one unless the address says another, or ``?on=`` asks for one."""
    if request.GET.get("on"):
        return _go(request, "week", "this_week")
    first, last = week_of(_date(request, day))
    found, sight = _read(request, first, last)
    asked = _asked(request, found)
    context = _page(request, found, sight, "week") | {
        "shown": found.narrowed(**asked),
        "asked": asked,
        "filtered": any(asked.values()),
        "sites": {row.half_day.site_id: row.half_day.site for row in found.rows},
    }
    return render(request, "rota/published/week.html", context)


@require_GET
@centre_page(Permission.ENTER)
def month(request: CentreRequest, day: str = "") -> HttpResponse:
    """A month at a glance: this one unless the address says another, or ``?on=`` asks for one."""
    if request.GET.get("on"):
        return _go(request, "month", "this_month")
    first, last = month_of(_date(request, day))
    found, sight = _read(request, week_of(first)[0], week_of(last)[1])
    weeks = [found.days[n : n + 7] for n in range(0, len(found.days), 7)]
    shown = [n for n in range(7) if n < 5 or any(week[n].rows for week in weeks)]
    context = _page(request, found, sight, "month") | {
        "first": first,
        "last": last,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "weeks": [[week[n] for n in shown] for week in weeks],
        "missing": sum(day.missing for day in found.days if first <= day.date <= last and not day.past),
    }
    return render(request, "rota/published/month.html", context)


@require_GET
@centre_page(Permission.ENTER)
def theme(request: CentreRequest, key: str, day: str = "") -> HttpResponse:
    """Four weeks of one theme, from the week of a day on."""
    wanted = request.centre.themes.filter(key=key).first()
    if wanted is None:
        raise Http404
    first, _last = week_of(_date(request, day))
    last = first + timedelta(days=7 * WEEKS_OF_A_THEME - 1)
    found, sight = _read(request, first, last)
    lane = next((one for one in found.lanes if one.theme == wanted), None)
    shown = found.narrowed(lane=lane.key) if lane else None
    days = [day for day in shown.days if any(row.others for row in day.rows)] if shown else []
    context = _page(request, found, sight, "theme") | {
        "theme": wanted,
        "days": days,
        "missing": shown.missing if shown else 0,
        "before": first - timedelta(days=7 * WEEKS_OF_A_THEME),
    }
    return render(request, "rota/published/theme.html", context)


@require_GET
@centre_page(Permission.ENTER)
def today(request: CentreRequest) -> HttpResponse:
    """Who is on now, and for the rest of the day."""
    at = request.centre.now()
    day = request.centre.local_day(at)
    found, sight = _read(request, day, day)
    held = here_now(request.centre, day)
    context = _page(request, found, sight, "today") | {"here": held, "at": request.centre.local(at)}
    return render(request, "rota/published/today.html", context)


@require_GET
@centre_page(Permission.ENTER)
def csv(request: CentreRequest, span: str, day: str) -> HttpResponse:
    """A week or a month, a line for each person on duty and each seat that is free."""
    first, last = _span(request, span, day)
    found, sight = _read(request, first, last)
    heading, rows = tables.lines(found, sight)
    return _file(request, "".join(csv_lines(heading, rows)).encode(), CSV_TYPE, f"{first}.csv")


@require_GET
@centre_page(Permission.ENTER)
def workbook(request: CentreRequest, span: str, day: str) -> HttpResponse:
    """The same as a workbook."""
    first, last = _span(request, span, day)
    found, sight = _read(request, first, last)
    return _file(request, xlsx({tables.title(): tables.lines(found, sight)}), XLSX_TYPE, f"{first}.xlsx")


@require_GET
@centre_page(Permission.ENTER)
def paper(request: CentreRequest, span: str, day: str) -> HttpResponse:
    """The sheet to hang up: ``?size=`` a3 or a4, ``?names=1`` with the people's names."""
    on, size = _date(request, day), request.GET.get("size", "a3")
    if size not in hanging.SIZES:
        raise Http404
    first, last = _span(request, span, day)
    found, _sight = _read(request, week_of(first)[0], week_of(last)[1])
    body = hanging.as_pdf(
        found,
        request.centre,
        kind=span,
        paper=size,
        names=request.GET.get("names") == "1",
        month=on,
        at=request.centre.now(),
    )
    response = HttpResponse(body, content_type="application/pdf")
    name = f"{request.centre.slug}-rota-{first}-{size}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _read(request: CentreRequest, first: date, last: date) -> tuple[Stretch, Sight]:
    sight = sight_of(request.user, request.centre, request.permissions)
    return stretch(request.centre, first, last, sight, request.centre.now()), sight


def _page(request: CentreRequest, found: Stretch, sight: Sight, span: str) -> dict[str, Any]:
    """What each of these pages has."""
    return {
        "found": found,
        "sight": sight,
        "span": span,
        "tab": "published",
        "today": request.centre.local_day(request.centre.now()),
        "before": found.first - timedelta(days=1),
        "after": found.last + timedelta(days=1),
    }


def _asked(request: CentreRequest, found: Stretch) -> dict[str, Any]:
    """The filters; one that names nothing on the page is none."""
    lane, site = request.GET.get("lane", ""), request.GET.get("site", "")
    sites = {str(row.half_day.site_id): row.half_day.site_id for row in found.rows}
    return {
        "lane": lane if lane in {one.key for one in found.lanes} else "",
        "site": sites.get(site),
        "gaps": request.GET.get("gaps") == "1",
    }


def _span(request: CentreRequest, span: str, day: str) -> tuple[date, date]:
    if span not in SPANS:
        raise Http404
    return SPANS[span](_date(request, day))


def _date(request: CentreRequest, value: str) -> date:
    today = request.centre.local_day(request.centre.now())
    try:
        on = date.fromisoformat(value) if value else today
    except ValueError as error:
        raise Http404 from error
    if not 1990 <= on.year <= 2200:
        raise Http404
    return on


def _go(request: CentreRequest, name: str, usual: str) -> HttpResponse:
    """To the day that somebody typed; to the usual page where it is none."""
    try:
        wanted = _date(request, request.GET["on"])
    except Http404:
        return redirect(f"rota:{usual}", centre=request.centre.slug)
    return redirect(f"rota:{name}", centre=request.centre.slug, day=wanted.isoformat())


def _file(request: CentreRequest, body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{request.centre.slug}-rota-{name}"'
    return response
