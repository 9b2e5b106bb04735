"""Agreements and contributions as files: of every partner for who looks after them, of one's own institution for a coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import agreement_files as files
from parvis.partners.queries.agreements import agreements
from parvis.partners.queries.contributions import contributions
from parvis.partners.queries.institutions import spoken_for
from parvis.partners.scope import today_of, year_of
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx


@require_GET
@centre_page(Permission.ENTER)
def agreements_file(request: CentreRequest, kind: str) -> HttpResponse:
    """Every agreement that was not withdrawn, with what it promises."""
    own, today = _own(request), today_of(request)
    lines = [
        one for one in agreements(request.centre, today) if own is None or one.relation.institution_id in own
    ]
    rows = files.agreements_rows(lines, remarks=own is None)
    heading = files.agreements_heading(remarks=own is None)
    return _file(request, kind, _("Agreements"), heading, rows, f"agreements-{today}")


@require_GET
@centre_page(Permission.ENTER)
def contributions_file(request: CentreRequest, kind: str) -> HttpResponse:
    """What was given outside duty in a year: this one, unless ``?year=`` says another."""
    own, year = _own(request), year_of(request)
    found = contributions(request.centre, year).rows
    kept = [one for one in found if own is None or one.relation.institution_id in own]
    rows = files.contributions_rows(kept)
    return _file(
        request, kind, _("Contributions"), files.contributions_heading(), rows, f"contributions-{year}"
    )


def _own(request: CentreRequest) -> frozenset[int] | None:
    """The institutions of which the reader may take files away; none: every one. Raises ``Http404`` for all others."""
    if Permission.MANAGE_PARTNERS in request.permissions:
        return None
    if Permission.SPEAK_FOR_OWN in request.permissions and (own := spoken_for(request.user, request.centre)):
        return own
    raise Http404


def _file(
    request: CentreRequest,
    kind: str,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    name: str,
) -> HttpResponse:
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    elif kind == "xlsx":
        response = HttpResponse(xlsx({title: (heading, rows)}), content_type=XLSX_TYPE)
    else:
        raise Http404
    file = f"{request.centre.slug}-{name}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
