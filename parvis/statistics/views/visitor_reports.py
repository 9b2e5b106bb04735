"""What everybody may read of a centre’s figures: its published reports for the public."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from parvis.centres.models import Centre
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page
from parvis.statistics.queries.open_data.pages import open_editions
from parvis.statistics.queries.reports.pages import ReportPage, public_report, public_reports, report_page
from parvis.statistics.report_papers import notes_of, published_pdf


@require_safe
@visitor_page
def public_figures(request: VisitorRequest, centre: str) -> HttpResponse:
    """A centre's reports for the public, the latest first."""
    found = Centre.objects.filter(slug=centre).first()
    rows = public_reports(found) if found else []
    has_files = found is not None and open_editions(found).filter(withdrawn_at=None).exists()
    if found is None or not (rows or has_files):
        raise Http404
    context = {"centre": found, "name": found.name, "rows": rows, "has_files": has_files}
    context |= speaking_of(request, reverse("statistics:public_figures", args=[centre]))
    return render(request, "statistics/visitor/figures.html", context)


@require_safe
@visitor_page
def public_page(request: VisitorRequest, centre: str, token: str) -> HttpResponse:
    """One of them, or one that was replaced, which says so."""
    found = public_report(centre, token)
    if found is None:
        raise Http404
    page = report_page(found)
    corrected = page.replaced_by if page.replaced_by and not page.replaced_by.is_draft else None
    with timezone.override(found.centre.zone):
        context = {
            "centre": found.centre,
            "name": found.centre.name,
            "report": found,
            "page": page,
            "corrected": corrected,
            "notes": _notes(page),
        }
        context |= speaking_of(request, reverse("statistics:public_report", args=[centre, token]))
        return render(request, "statistics/visitor/report.html", context)


@require_safe
@visitor_page
def public_pdf(request: VisitorRequest, centre: str, token: str) -> HttpResponse:
    """The same as an accessible PDF."""
    found = public_report(centre, token)
    if found is None:
        raise Http404
    response = HttpResponse(published_pdf(report_page(found)), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{centre}-{found.last.year}.pdf"'
    return response


def _notes(page: ReportPage) -> list[str]:
    """How to read it, in the language that it is written in."""
    with translation.override(page.report.language):
        return notes_of(page)
