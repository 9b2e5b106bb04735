"""Unmet needs of a period, as a page and as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.forms.needs.asking import NeedsFilter
from parvis.guidance.needs_files import Table, tables_of, tidy
from parvis.guidance.queries.needs.page import NeedsPage, Show, needs_page
from parvis.guidance.queries.needs.periods import Span, Stretch
from parvis.guidance.queries.needs.proposals import ALL, Asked, open_proposals, proposals_of
from parvis.shared.charts import Bars, Heat, Row, Value
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx


@require_GET
@centre_page(Permission.PROPOSE)
def needs(request: CentreRequest) -> HttpResponse:
    """What could not be found, by theme and period; what the team noted; what is proposed."""
    form, page = _asked(request)
    today = request.centre.local_day(request.centre.now())
    stretch = page.stretch
    context = {
        "form": form,
        "page": page,
        "bars": _bars(page),
        "heat": _heat(page) if page.theme is None else None,
        "open_proposals": open_proposals(request.centre),
        "today": today,
        "spans": [(span, _address(_period(span, stretch), page, form)) for span in (*Span,)[:-1]],
        "themes": [
            (theme, _address(stretch.asked, page, form, theme=theme)) for theme in _themes_with_any(page)
        ],
        "shows": [(show, _address(stretch.asked, page, form, show=show)) for show in Show],
        "every_theme": _address(stretch.asked, page, form, theme=None),
        "earlier": _address(stretch.before.asked, page, form),
        "later": _address(stretch.after.asked, page, form) if stretch.last < today else "",
        "here": _address(stretch.asked, page, form),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "guidance/needs/needs.html", context, status=422 if wrong else 200)


@require_GET
@centre_page(Permission.PROPOSE)
def needs_csv(request: CentreRequest) -> HttpResponse:
    """The page's tables, a figure a line."""
    page, tables = _tables(request)
    heading = [_("Table"), _("Line"), _("Column"), _("Value")]
    return _file(request, page, "".join(csv_lines(heading, tidy(tables))).encode(), CSV_TYPE, "csv")


@require_GET
@centre_page(Permission.PROPOSE)
def needs_xlsx(request: CentreRequest) -> HttpResponse:
    """The same as a workbook, a table a sheet."""
    page, tables = _tables(request)
    tables = tables or [Table(_("Recorded with acts"), [_("Need")], [])]  # a workbook has one sheet at least
    body = xlsx({table.title: (table.heading, table.rows) for table in tables})
    return _file(request, page, body, XLSX_TYPE, "xlsx")


def _tables(request: CentreRequest) -> tuple[NeedsPage, list[Table]]:
    _form, page = _asked(request)
    today = request.centre.local_day(request.centre.now())
    found = proposals_of(request.centre, Asked(state=ALL, theme=page.theme), today)
    return page, tables_of(page, found.lines)


def _file(request: CentreRequest, page: NeedsPage, body: bytes, kind: str, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    name = f"{request.centre.slug}-needs-{page.stretch.first}-{page.stretch.last}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: CentreRequest) -> tuple[NeedsFilter, NeedsPage]:
    today = request.centre.local_day(request.centre.now())
    themes = list(Theme.objects.filter(centre=request.centre).order_by("position", "pk"))
    form = NeedsFilter(request.GET, themes=themes, today=today)
    return form, needs_page(request.centre, themes, form.stretch, theme=form.chosen_theme, show=form.shown)


def _period(span: Span, stretch: Stretch) -> dict[str, str]:
    """The month, quarter or year in which the shown period ends: shorter ones of today lie in longer ones of today."""
    return {"span": span.value, "on": stretch.last.isoformat()}


def _address(period: dict[str, str], page: NeedsPage, form: NeedsFilter, **other: Theme | str | None) -> str:
    theme, show = other.get("theme", page.theme), other.get("show", form.shown)
    parts = {"theme": str(theme.pk) if isinstance(theme, Theme) else "", "show": str(show or "")}
    return "?" + urlencode(period | {name: value for name, value in parts.items() if value})


def _themes_with_any(page: NeedsPage) -> list[Theme]:
    """Those offered now or with anything in the period."""
    last = page.stretch.last
    return [
        one for one in page.themes if one.pk in page.crossed or one.valid_to is None or one.valid_to > last
    ]


def _bars(page: NeedsPage) -> list[tuple[Any, str]]:
    """Each line of the list with the length of its bar."""
    figure = Bars("", "", [Row(line.label, line.times, "coral") for line in page.codes])
    return [(line, length) for line, (_row, length) in zip(page.codes, figure.lengths, strict=True)]


def _heat(page: NeedsPage) -> Heat | None:
    """Needs by theme, where more than one theme has any."""
    themes = [theme for theme in page.themes if theme.pk in page.crossed]
    if len(themes) < 2 or not page.codes:
        return None
    rows: list[tuple[str, list[Value]]] = [
        (line.label, [page.crossed[theme.pk][line.code.pk] for theme in themes]) for line in page.codes
    ]
    return Heat(
        _("Where it was missing"),
        _("times"),
        [str(theme) for theme in themes],
        rows,
        note=_("what touched two themes stands under both"),
    )
