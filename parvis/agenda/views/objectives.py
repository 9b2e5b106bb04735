"""Objectives that classes worked on, by school and year: a table, a chart, files."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.agenda.queries.objectives import Covered, covered
from parvis.agenda.scope import today_of
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.charts import Bars, Row
from parvis.shared.school_years import SchoolYear
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx


@require_GET
@centre_page(Permission.ENTER)
def objectives(request: CentreRequest) -> HttpResponse:
    """A school year: this one unless the address says another. ``?kind=csv`` or ``xlsx`` gives the table as a file."""
    begins, ends = _year(request)
    found = covered(request.centre, begins, ends)
    kind = request.GET.get("kind", "")
    if kind in {"csv", "xlsx"}:
        return _file(found, kind)
    rows = [Row(one.label, worked + touched) for one, worked, touched in found.totals]
    chart = Bars(_("Visits in which it was worked on or touched on"), _("visits"), rows)
    context = {
        "centre": request.centre,
        "found": found,
        "chart": chart if found.said else None,
        "before": begins.year - 1,
        "after": begins.year + 1 if ends <= today_of(request) else None,
    }
    return render(request, "agenda/objectives.html", context)


def _year(request: CentreRequest) -> tuple[date, date]:
    asked = request.GET.get("year", "")
    this = SchoolYear.of(today_of(request), request.centre.country)
    if asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= this.first:
        return SchoolYear(int(asked), this.month).bounds
    return this.bounds


def _file(found: Covered, kind: str) -> HttpResponse:
    heading = [_("School"), _("Visits"), _("Pupils")]
    for one in found.objectives:
        heading += [f"{one.label}: {_('worked on')}", f"{one.label}: {_('touched on')}"]
    rows: list[list[Cell]] = [
        [line.school, line.visits, line.pupils, *(count for pair in cells for count in pair)]
        for line, cells in found.rows
    ]
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx({_("Objectives"): (heading, rows)}), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="objectives-{found.begins.year}.{kind}"'
    return response
