"""Today and this week, any day and any week, and the week as a file."""

from __future__ import annotations

import csv
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception.queries.figures import SIGNED_UNITS, figures_by_day
from parvis.reception.queries.lines import language_name
from parvis.reception.units import UNITS
from parvis.shared.charts import Bars, Columns, Row, Series
from parvis.statistics.queries import Report, report, week_of


@require_GET
@centre_page(Permission.SEE_FIGURES)
def day(request: CentreRequest, day: str = "") -> HttpResponse:
    """One day: today unless the address says another."""
    on = _date(request, day)
    return _page(request, on, on, "day")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def week(request: CentreRequest, day: str = "") -> HttpResponse:
    """The week of a day: this one unless the address says another."""
    first, last = week_of(_date(request, day))
    return _page(request, first, last, "week")


@require_GET
@centre_page(Permission.EXPORT)
def week_csv(request: CentreRequest, day: str) -> HttpResponse:
    """The week's units by day, one column each, never summed across."""
    first, rows = _rows(request, day)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{request.centre.slug}-{first}.csv"'
    response.write("\ufeff")
    csv.writer(response).writerows(rows)
    return response


@require_GET
@centre_page(Permission.EXPORT)
def week_xlsx(request: CentreRequest, day: str) -> HttpResponse:
    """The same as a workbook."""
    first, rows = _rows(request, day)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(first.isoformat())
    for row in rows:
        sheet.append(row)
    response = HttpResponse(content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = f'attachment; filename="{request.centre.slug}-{first}.xlsx"'
    book.save(response)
    return response


def _rows(request: CentreRequest, day: str) -> tuple[date, list[list[str | int]]]:
    """The first day of the week, and its table with a heading: a unit a column."""
    first, last = week_of(_date(request, day))
    days = figures_by_day(request.centre, first, last).values()
    heading: list[str | int] = [_("Day"), *(str(UNITS[unit].label) for unit in SIGNED_UNITS)]
    lines: list[list[str | int]] = [[one.date.isoformat(), *one.shown.as_dict().values()] for one in days]
    return first, [heading, *lines]


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
    context = {
        "report": found,
        "span": span,
        "units": [(words, getattr(found.total, unit)) for unit, words in UNITS.items()],
        "charts": _charts(found),
        "before": first - timedelta(days=1),
        "after": after if after <= today else None,
        "may_export": Permission.EXPORT in request.permissions,
        "may_close": Permission.CLOSE_DAY in request.permissions,
    }
    return render(request, "statistics/figures.html", context)


def _charts(found: Report) -> list[Bars | Columns]:
    charts: list[Bars | Columns] = []
    if found.by_hour:
        series = [
            Series(_("Half waited less than"), [waits.median for _hour, waits in found.by_hour]),
            Series(_("Nine in ten waited less than"), [waits.p90 for _hour, waits in found.by_hour]),
        ]
        hours = [f"{hour} h" for hour, _waits in found.by_hour]
        charts.append(Columns(_("Waits by hour of arrival"), _("minutes"), hours, series, across=_("Hour")))
    if found.unmet:
        rows = [Row(label, n, "coral") for label, n in found.unmet[:10]]
        charts.append(Bars(_("What could not be found"), _("times"), rows))
    if found.channels:
        charts.append(Bars(_("Acts by channel"), _("acts"), [Row(label, n) for label, n in found.channels]))
    if found.languages:
        rows = [Row(language_name(code).capitalize(), n, "leaf") for code, n in found.languages]
        charts.append(Bars(_("Tickets by language"), _("tickets"), rows))
    return charts
