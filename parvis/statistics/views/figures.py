"""Today and this week, any day and any week; and each as a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception.units import UNITS
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx
from parvis.statistics import charts
from parvis.statistics.queries import Report, report, week_of
from parvis.statistics.queries.attention import LONG
from parvis.statistics.queries.explorer import late
from parvis.statistics.tables import tables_of, tidy


@require_GET
@centre_page(Permission.SEE_FIGURES)
def day(request: CentreRequest, day: str = "") -> HttpResponse:
    """One day: today unless the address says another, or ``?on=`` asks for one."""
    if request.GET.get("on"):
        return _go(request, "day", "today")
    on = _date(request, day)
    return _page(request, on, on, "day")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def week(request: CentreRequest, day: str = "") -> HttpResponse:
    """The week of a day: this one unless the address says another, or ``?on=`` asks for one."""
    if request.GET.get("on"):
        return _go(request, "week", "this_week")
    first, last = week_of(_date(request, day))
    return _page(request, first, last, "week")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def day_csv(request: CentreRequest, day: str) -> HttpResponse:
    """Everything on a day's page, a figure a line."""
    on = _date(request, day)
    return _csv(request, on, on)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def day_xlsx(request: CentreRequest, day: str) -> HttpResponse:
    """The same as a workbook, a table a sheet."""
    on = _date(request, day)
    return _xlsx(request, on, on)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def week_csv(request: CentreRequest, day: str) -> HttpResponse:
    """Everything on a week's page, a figure a line."""
    return _csv(request, *week_of(_date(request, day)))


@require_GET
@centre_page(Permission.SEE_FIGURES)
def week_xlsx(request: CentreRequest, day: str) -> HttpResponse:
    """The same as a workbook, a table a sheet."""
    return _xlsx(request, *week_of(_date(request, day)))


def _csv(request: CentreRequest, first: date, last: date) -> HttpResponse:
    tables = tables_of(report(request.centre, first, last, request.centre.now()))
    heading = [_("Table"), _("Line"), _("Column"), _("Value")]
    body = "".join(csv_lines(heading, tidy(tables)))
    return _file(request, body.encode(), CSV_TYPE, first, last, "csv")


def _xlsx(request: CentreRequest, first: date, last: date) -> HttpResponse:
    tables = tables_of(report(request.centre, first, last, request.centre.now()))
    body = xlsx({table.title: (table.heading, table.rows) for table in tables})
    return _file(request, body, XLSX_TYPE, first, last, "xlsx")


def _file(
    request: CentreRequest, body: bytes, kind: str, first: date, last: date, suffix: str
) -> HttpResponse:
    name = f"{request.centre.slug}-{first}" + (f"-{last}" if last != first else "")
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _go(request: CentreRequest, name: str, usual: str) -> HttpResponse:
    """To the day that somebody typed; to the usual page, saying why, where it is none."""
    wanted = request.GET["on"]
    try:
        _date(request, wanted)
    except Http404:
        messages.error(request, _("There are figures for days until today only."))
        return redirect(f"statistics:{usual}", centre=request.centre.slug)
    return redirect(f"statistics:{name}", centre=request.centre.slug, day=wanted)


def _date(request: CentreRequest, value: str) -> date:
    today = request.centre.local_day(request.centre.now())
    try:
        on = date.fromisoformat(value) if value else today
    except ValueError as error:
        raise Http404 from error
    if on > today or on.year < 1990:
        raise Http404
    return on


def _page(request: CentreRequest, first: date, last: date, span: str) -> HttpResponse:
    at = request.centre.now()
    found = report(request.centre, first, last, at)
    today = request.centre.local_day(at)
    after = last + timedelta(days=1)
    held = request.permissions
    outside = Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held
    context = {
        "report": found,
        "span": span,
        "today": today,
        "is_today": first <= today <= last,
        "at": request.centre.local(at),
        "units": [
            (unit, words, _shown(found, unit, found.total), _shown(found, unit, found.before.total))
            for unit, words in UNITS.items()
        ],
        "before": first - timedelta(days=1),
        "after": after if after <= today else None,
        "may_close": Permission.CLOSE_DAY in held,
        "may_ask": Permission.PROPOSE in held,
        "may_receive": Permission.RECEIVE in held,
        "may_import": Permission.IMPORT_PAST in held,
        "may_propose": Permission.PROPOSE in held,
        "long": LONG,
        "late": late.said(late.changed([request.centre], first, last, by_day=True), exact=not outside),
    }
    return render(
        request,
        "statistics/figures.html",
        context | _pictures(found, span, local=request.centre.local(at), outside=outside),
    )


def _shown(found: Report, unit: str, total: Any) -> int | None:
    """A unit's figure; none for passages where nobody counted at the door."""
    figure: int = getattr(total, unit)
    return None if unit == "passages" and not figure else figure


def _pictures(found: Report, span: str, *, local: datetime, outside: bool) -> dict[str, Any]:
    return {
        "by_hour": charts.by_hour(found),
        "people": charts.week_heat(found, local) if span == "week" else None,
        "wait_heat": charts.wait_heat(found) if span == "day" else None,
        "wait_hours": charts.waits_by_hour(found),
        "lists": charts.lists(found, outside=outside),
        "most_missed": next(iter(charts.missed(found, outside=outside)), None),
    }
