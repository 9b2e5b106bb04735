"""The ledger: pledged against held, of all partners and of one, on the page, on paper and as sheets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.models import Institution
from parvis.rota import periods
from parvis.rota.periods import Period
from parvis.rota.reports import COLUMNS, EVERYBODY, Line, Report, as_pdf, for_csv, for_sheets, report
from parvis.rota.scope import spoken_for
from parvis.shared.charts import Columns, Series
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx

PDF_TYPE = "application/pdf"
FILES = ["pdf", "xlsx", "csv"]


@require_GET
@centre_page(Permission.MANAGE_PARTNERS)
def ledger(request: CentreRequest) -> HttpResponse:
    """What every partner pledged and gave in a period."""
    return _page(request, "rota/ledger/all.html", _asked(request))


@require_GET
@centre_page(Permission.MANAGE_PARTNERS)
def ledger_file(request: CentreRequest, form: str) -> HttpResponse:
    """The same as a file: pdf, xlsx or csv."""
    return _file(request, report(request.centre, _asked(request), request.centre.now()), form, "ledger")


@require_GET
@centre_page(Permission.SPEAK_FOR_OWN)
def ledger_own(request: CentreRequest) -> HttpResponse:
    """A coordinator's way to the report of their institution; they choose where they speak for several."""
    own = _own(request)
    if len(own) == 1:
        return redirect("rota:ledger_partner", centre=request.centre.slug, institution=own[0].pk)
    return render(request, "rota/ledger/own.html", {"own": own})


@require_GET
@centre_page(Permission.ENTER)
def ledger_partner(request: CentreRequest, institution: int) -> HttpResponse:
    """One partner's report. Their coordinator sees it, and no other's."""
    found = _institution(request, institution)
    return _page(request, "rota/ledger/partner.html", _asked(request), found)


@require_GET
@centre_page(Permission.ENTER)
def ledger_partner_file(request: CentreRequest, institution: int, form: str) -> HttpResponse:
    """The same as a file: pdf, xlsx or csv."""
    found = _institution(request, institution)
    said = report(request.centre, _asked(request), request.centre.now(), found.pk)
    return _file(request, said, form, f"partner-{found.pk}")


def _institution(request: CentreRequest, pk: int) -> Institution:
    """An institution of the centre whose report the reader may see. Raises ``Http404`` for every other."""
    found = Institution.objects.filter(pk=pk, relations__centre=request.centre).first()
    manages = Permission.MANAGE_PARTNERS in request.permissions
    if found is None or not (manages or found.pk in spoken_for(request).institutions):
        raise Http404
    return found


def _own(request: CentreRequest) -> list[Institution]:
    """The institutions for which the reader speaks, by name."""
    own = Institution.objects.filter(
        pk__in=spoken_for(request).institutions, relations__centre=request.centre
    )
    return list(own.order_by("name", "pk").distinct())


def _asked(request: CentreRequest) -> Period:
    """The period of ``?period=``: this quarter where nothing is asked for."""
    written = request.GET.get("period", "")
    if not written:
        return periods.quarter_of(request.centre.local_day(request.centre.now()))
    if period := periods.read(written):
        return period
    raise Http404


def _page(
    request: CentreRequest, template: str, period: Period, institution: Institution | None = None
) -> HttpResponse:
    now = request.centre.now()
    found = report(request.centre, period, now, institution.pk if institution else EVERYBODY)
    context: dict[str, Any] = {
        "found": found,
        "institution": institution,
        "columns": COLUMNS,
        "chart": _chart(found.months) if period.months > 1 else None,
        "spans": _spans(period),
        "is_over": period.last < request.centre.local_day(now),
        "files": FILES,
        "sheets": FILES[1:],
        "own": [] if Permission.MANAGE_PARTNERS in request.permissions else _own(request),
    }
    return render(request, template, context)


def _spans(period: Period) -> list[tuple[str, str, bool]]:
    """The month, the quarter and the year that begin with the period or hold its first day: label, key, whether it is this."""
    quarter = periods.quarter_of(period.first)
    year = Period(period.first.replace(month=1), 12)
    month = Period(period.first, 1)
    named = [(_("Month"), month), (_("Quarter"), quarter), (_("Year"), year)]
    return [(str(label), one.key, one == period) for label, one in named]


def _chart(months: list[Line]) -> Columns:
    """Hours a month: pledged, planned, given."""
    series = [
        Series(_("Pledged"), [_hours(line.now.pledged) for line in months], tint="sky"),
        Series(_("Planned"), [_hours(line.now.planned) for line in months], tint="sun"),
        Series(_("Given together"), [_hours(line.now.total) for line in months], tint="leaf"),
    ]
    return Columns(
        title=_("Pledged, planned and given, by month"),
        unit=_("hours"),
        labels=[line.label for line in months],
        series=series,
        across=_("Month"),
        note=_("Hours, rounded to one decimal; the tables are to the minute."),
    )


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def _file(request: CentreRequest, found: Report, form: str, name: str) -> HttpResponse:
    if form == "pdf":
        today = request.centre.local_day(request.centre.now())
        body, kind = as_pdf(found, today), PDF_TYPE
    elif form == "xlsx":
        body, kind = xlsx(dict(for_sheets(found))), XLSX_TYPE
    elif form == "csv":
        heading = [_("Table"), _("Line"), _("Column"), _("Value")]
        body, kind = "".join(csv_lines(heading, for_csv(found))).encode(), CSV_TYPE
    else:
        raise Http404
    response = HttpResponse(body, content_type=kind)
    file = f"{request.centre.slug}-{name}-{found.period.key}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
