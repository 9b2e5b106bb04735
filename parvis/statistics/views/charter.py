"""What the centre's own work says about the charter's commitments, beside the year before; and as files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.blocks.charter import Evidence, charter, protected, then_of
from parvis.statistics.queries.reports.content import in_words
from parvis.statistics.queries.reports.pages import ShownTable
from parvis.statistics.scope import is_outside
from parvis.statistics.shown import Hidden

OFFERED = 6  # years


@require_GET
@centre_page(Permission.SEE_FIGURES)
def charter_page(request: CentreRequest) -> HttpResponse:
    """A year's evidence, commitment by commitment. From outside, what is about visitors is protected."""
    found, year, today = _found(request)
    outside = is_outside(request)
    shown = protected(found, over=year < today.year) if outside else found
    groups = [
        (commitment, [(one.content, [ShownTable(each) for each in one.content.tables]) for one in some])
        for commitment, some in groupby(sorted(shown, key=_order), key=lambda one: one.commitment)
    ]
    context = {
        "groups": groups,
        "year": year,
        "years": range(today.year, today.year - OFFERED, -1),
        "running": year == today.year,
        "outside": outside,
    }
    return render(request, "statistics/charter.html", context)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def charter_csv(request: CentreRequest) -> HttpResponse:
    """The same as text, protected as whatever leaves."""
    found, year, today = _found(request)
    body = "".join(csv_lines(_heading(year), _rows(protected(found, over=year < today.year))))
    return _file(request, body.encode(), CSV_TYPE, year, "csv")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def charter_xlsx(request: CentreRequest) -> HttpResponse:
    """The same as a workbook with real numbers."""
    found, year, today = _found(request)
    sheets: dict[str, Any] = {_("Charter"): (_heading(year), _rows(protected(found, over=year < today.year)))}
    return _file(request, xlsx(sheets), XLSX_TYPE, year, "xlsx")


def _found(request: CentreRequest) -> tuple[list[Evidence], int, date]:
    centre, at = request.centre, request.centre.now()
    today = centre.local_day(at)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    if not today.year - OFFERED < year <= today.year:
        raise Http404
    return charter(Asked(centre, date(year, 1, 1), date(year, 12, 31), at)), year, today


def _order(one: Evidence) -> int:
    return list(type(one.commitment)).index(one.commitment)


def _heading(year: int) -> list[str]:
    return [_("Commitment"), _("Figure"), _("Of"), _("Unit"), str(year), str(year - 1), _("How it is known")]


def _rows(found: list[Evidence]) -> Iterator[list[Cell]]:
    """A line for each figure; what stands in a sentence is a line with its label."""
    for one in sorted(found, key=_order):
        commitment = str(one.commitment.label)
        for said in one.content.sentences:
            told = {number.label: _cell(number.value) for number in said.numbers}
            earlier = {then_of(label) for label in told}
            for label in (each for each in told if each not in earlier):
                yield [commitment, label, "", "", told[label], told.get(then_of(label)), said.plain]
        for each in one.content.tables:
            table = each.table
            for line in table.lines:
                then = _cell(line.figures[1]) if len(line.figures) > 1 else None
                about = [commitment, str(table.title), str(line.label), str(table.unit)]
                yield [*about, _cell(line.figures[0]), then, str(table.method)]


def _cell(figure: Any) -> Cell:
    return in_words(figure) if isinstance(figure, Hidden) else figure


def _file(request: CentreRequest, body: bytes, kind: str, year: int, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    name = f"{request.centre.slug}-{_('charter')}-{year}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
