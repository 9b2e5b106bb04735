"""Plurality: how many institutions share a theme, as a page and as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import periods, plurality_tables
from parvis.rota.periods import Period
from parvis.rota.queries.plurality import Views, views
from parvis.shared.charts import Bars, Lines, Row, Series
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx


@require_GET
@centre_page(Permission.SEE_FIGURES)
def plurality(request: CentreRequest) -> HttpResponse:
    """Each theme in a month, a quarter or a year, the period before beside it."""
    period = _asked(request)
    found = views(request.centre, period)
    month, quarter = Period(period.first, 1), periods.quarter_of(period.first)
    year = Period(period.first.replace(month=1), 12)
    shown = {
        "found": found,
        "chart": _chart(found),
        "spans": [(_("Month"), month), (_("Quarter"), quarter), (_("Year"), year)],
        "is_over": period.last < request.centre.local_day(request.centre.now()),
    }
    return render(request, "rota/plurality.html", shown)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def plurality_file(request: CentreRequest, form: str) -> HttpResponse:
    """The same as a file: csv or xlsx."""
    period = _asked(request)
    found = views(request.centre, period)
    heading, rows = plurality_tables.heading(), plurality_tables.rows(found)
    if form == "csv":
        body, kind = "".join(csv_lines(heading, rows)).encode(), CSV_TYPE
    elif form == "xlsx":
        body, kind = xlsx({_("Plurality"): (heading, rows)}), XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(body, content_type=kind)
    name = f"{request.centre.slug}-plurality-{period.key}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: CentreRequest) -> Period:
    """The period of ``?period=``: this month where nothing is asked for."""
    written = request.GET.get("period", "")
    if not written:
        return Period(request.centre.local_day(request.centre.now()).replace(day=1), 1)
    if period := periods.read(written):
        return period
    raise Http404


def _chart(found: Views) -> Bars | Lines | None:
    """A month: a bar a theme. Longer: a line a theme, month by month."""
    title, unit = _("Half-days with two institutions or more"), _("percent")
    lines = [line for line in found.lines if line.now.half_days]
    if not lines:
        return None
    if found.period.months == 1:
        rows = [
            Row(line.theme.name, line.now.share_with_two, line.theme.tint, line.theme.shape) for line in lines
        ]
        return Bars(title, unit, rows, note=_("of those with somebody on duty"))
    labels = [date_format(month, "M") for month in found.period.by_month]
    series = [
        Series(line.theme.name, [one.share_with_two for one in line.months], line.theme.tint)
        for line in lines
    ]
    return Lines(title, unit, labels, series, note=_("of those with somebody on duty"), across=_("Month"))
