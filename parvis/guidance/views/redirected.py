"""How many visitors were sent on, to whom, and what became of it: by theme and institution, as a page and as files.

For those who read the centre's other figures. Advisers have none of those; and a list of "how often one's house sends to
itself" beside one's own name on the desk would be read as a figure about oneself (docs/decisions/0029-redirections.md).
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.forms.redirected import PeriodForm
from parvis.guidance.needs_files import Table, tidy
from parvis.guidance.queries.needs.periods import MONTHS, Stretch
from parvis.guidance.queries.redirected import Redirected
from parvis.guidance.queries.redirected import redirected as found_in
from parvis.guidance.redirection_files import tables_of
from parvis.shared.charts import Bars, Row
from parvis.shared.disclosure import protected_list
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx


@require_GET
@centre_page(Permission.SEE_FIGURES)
def redirected(request: CentreRequest) -> HttpResponse:
    """A month, a quarter or a year."""
    found = _found(request)
    today = request.centre.local_day(request.centre.now())
    stretch, held = found.stretch, request.permissions
    outside = Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held
    context = {
        "found": found,
        "spans": [(span, _address({"span": span.value, "on": stretch.last.isoformat()})) for span in MONTHS],
        "earlier": _address(stretch.before.asked),
        "later": _address(stretch.after.asked) if stretch.last < today else "",
        "here": _address(stretch.asked),
        "is_running": stretch.first <= today <= stretch.last,
        "to_whom": _to_whom(found, outside=outside),
        "own": _own(found),
    }
    return render(request, "guidance/redirected.html", context)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def redirected_csv(request: CentreRequest) -> HttpResponse:
    """Everything on the page, a figure a line."""
    found = _found(request)
    heading = [_("Table"), _("Line"), _("Column"), _("Value")]
    body = "".join(csv_lines(heading, tidy(tables_of(found))))
    return _file(request, found, body.encode(), CSV_TYPE, "csv")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def redirected_xlsx(request: CentreRequest) -> HttpResponse:
    """The same as a workbook, a table a sheet."""
    found = _found(request)
    nothing = [Table(_("Redirections by theme"), [_("Theme")], [])]  # a workbook has one sheet at least
    body = xlsx({table.title: (table.heading, table.rows) for table in tables_of(found) or nothing})
    return _file(request, found, body, XLSX_TYPE, "xlsx")


def _found(request: CentreRequest) -> Redirected:
    today = request.centre.local_day(request.centre.now())
    stretch: Stretch = PeriodForm(request.GET, today=today).stretch
    return found_in(request.centre, stretch)


def _file(request: CentreRequest, found: Redirected, body: bytes, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    name = f"{request.centre.slug}-redirections-{found.stretch.first}-{found.stretch.last}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _address(period: dict[str, str]) -> str:
    return "?" + urlencode(period)


def _to_whom(found: Redirected, *, outside: bool) -> Bars | None:
    """For whoever is not of the centre, small numbers are protected."""
    if not found.to:
        return None
    note = _("rounded to five; a dash: few, or hidden with them") if outside else ""
    counts = protected_list(found.to) if outside else found.to
    return Bars(_("To whom"), _("redirections"), [Row(name, n, "petrol") for name, n in counts], note=note)


def _own(found: Redirected) -> Bars | None:
    """How often one's own institution, by theme."""
    rows = [
        Row(line.theme.name, line.share, line.theme.tint, line.theme.shape)
        for line in found.by_theme
        if line.known
    ]
    if not any(row.value is not None for row in rows):
        return None
    note = _("rounded to five; a dash: of fewer than ten, or hidden with them")
    return Bars(_("To the adviser’s own institution"), _("percent"), rows, note=note)
