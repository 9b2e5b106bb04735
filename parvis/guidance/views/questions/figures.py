"""Questions in figures, by month, quarter or year: for those who read the centre's other figures."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.forms.redirected import PeriodForm
from parvis.guidance.queries.needs.periods import MONTHS
from parvis.guidance.queries.question_figures import QuestionFigures, question_figures
from parvis.shared.charts import Bars, Row
from parvis.shared.disclosure import protected_list


@require_GET
@centre_page(Permission.SEE_FIGURES)
def question_figures_page(request: CentreRequest) -> HttpResponse:
    """One period."""
    today = request.centre.local_day(request.centre.now())
    stretch = PeriodForm(request.GET, today=today).stretch
    found = question_figures(request.centre, stretch, today)
    held = request.permissions
    outside = Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held
    context = {
        "found": found,
        "tab": "figures",
        "spans": [(span, _address({"span": span.value, "on": stretch.last.isoformat()})) for span in MONTHS],
        "earlier": _address(stretch.before.asked),
        "later": _address(stretch.after.asked) if stretch.last < today else "",
        "is_running": stretch.first <= today <= stretch.last,
        "themes": _themes(found, outside=outside),
        "languages": _languages(found, outside=outside),
        "helped": _faces(_("Did the answer help?"), found.opinions.helped),
        "clear": _faces(_("Was it easy to understand?"), found.opinions.clear),
    }
    return render(request, "guidance/questions/figures.html", context)


def _address(period: dict[str, str]) -> str:
    return "?" + urlencode(period)


def _note(*, outside: bool) -> str:
    return _("rounded to five; a dash: few, or hidden with them") if outside else ""


def _themes(found: QuestionFigures, *, outside: bool) -> Bars | None:
    """For whoever is not of the centre, small numbers are protected."""
    none = pgettext("theme of a question", "without a theme")
    known = {str(theme.name) if theme else none: theme for theme, _n in found.by_theme}
    counts = [(str(theme.name) if theme else none, n) for theme, n in found.by_theme]
    told = protected_list(counts) if outside else counts
    rows = []
    for name, n in told:
        theme = known[name]
        rows.append(Row(name, n, theme.tint, theme.shape) if theme else Row(name, n, "slate"))
    return Bars(_("By theme"), _("questions"), rows, note=_note(outside=outside)) if rows else None


def _languages(found: QuestionFigures, *, outside: bool) -> Bars | None:
    told = protected_list(found.languages) if outside else found.languages
    rows = [Row(name, n, "petrol") for name, n in told]
    return Bars(_("By language"), _("questions"), rows, note=_note(outside=outside)) if rows else None


def _faces(title: str, counts: list[tuple[str, int]]) -> Bars | None:
    rows = [Row(label, n, "leaf") for label, n in counts]
    return Bars(title, _("answers"), rows) if rows else None
