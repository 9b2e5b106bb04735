"""What came of a survey: question by question, two of them crossed, beside an earlier wave; and as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE
from parvis.statistics.forms.survey_results import SurveyResultsForm
from parvis.statistics.protection import Audience
from parvis.statistics.queries.surveys.asked import (
    WHY,
    Asked,
    Part,
    Stays,
    parts_of,
    surveys_told,
    waves_before,
)
from parvis.statistics.queries.surveys.tables import Read, questions_of, read, tables
from parvis.statistics.scope import is_outside
from parvis.statistics.shown import CrossTable
from parvis.statistics.ways_out import (
    Kind,
    as_csv,
    as_json,
    as_xlsx,
    explained,
    fitting,
    pdf,
    pictures,
    png,
    svg,
)
from parvis.statistics.ways_out.words import heading, spoken
from parvis.surveys.models import Collection, Way
from parvis.surveys.queries.of_period import is_sample

TYPES = {
    "csv": CSV_TYPE,
    "xlsx": XLSX_TYPE,
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@dataclass(frozen=True)
class Scene:
    """A survey, and what may be asked of it."""

    survey: Collection
    today: date
    form: SurveyResultsForm

    @property
    def asked(self) -> Asked:
        """What is asked; where the address says what cannot be, the whole survey."""
        if self.form.is_valid():
            return self.form.asked
        return Asked(next(iter(self.form.parts.values())))

    def stays(self, part: Part) -> Stays | None:
        """Why these days do not leave the centre."""
        return None if part.over else Stays.RUNNING


def _scene(request: CentreRequest, pk: int) -> Scene:
    survey = get_object_or_404(surveys_told(request.centre), pk=pk)
    today = request.centre.local_day(request.centre.now())
    form = SurveyResultsForm(
        request.GET,
        parts=parts_of(survey, today),
        questions=questions_of(survey),
        waves=list(waves_before(survey, today)),
        is_sample=is_sample(survey),
    )
    return Scene(survey, today, form)


@require_GET
@centre_page(Permission.ASK)
def page(request: CentreRequest, pk: int) -> HttpResponse:
    """Results as whoever looks may read them: true for the team, protected for others."""
    scene = _scene(request, pk)
    asked = scene.asked
    # What pupils of a class said is protected from its centre's team, too.
    inside = not is_outside(request) and scene.survey.way != Way.CLASS
    team = inside and request.GET.get("seen") != "others"
    stays = scene.stays(asked.part)
    found, now = (None, None) if stays and not team else _tables(scene, asked, _audience(team=team))
    if now is not None and not now.is_told:
        stays = Stays.FEW
    context = {
        "survey": scene.survey,
        "form": scene.form,
        "team": team,
        "inside": inside,
        "stays": WHY[stays] if stays else "",
        "tables": [(one, heading(one), _lines(one), _drawn(one)) for one in found or []],
        "explained": _explained(found or []),
        "files": []
        if stays or not found
        else [(kind.upper(), _file_address(request, pk, kind)) for kind in TYPES],
        "as_others": _with(request, seen="others"),
        "as_team": _with(request, seen=""),
    }
    status = 200 if not request.GET or scene.form.is_valid() else 422
    return render(request, "statistics/surveys/page.html", context, status=status)


@require_GET
@centre_page(Permission.ASK)
def file(request: CentreRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a file: protected, whoever takes it, and only of days that are over."""
    if kind not in TYPES:
        raise Http404
    scene = _scene(request, pk)
    found: Sequence[CrossTable] = []
    if scene.form.is_valid() and not scene.stays(scene.asked.part):
        found, _now = _tables(scene, scene.asked, Audience.PUBLIC)
    if not found:
        address = reverse("statistics:survey_results", args=[request.centre.slug, pk])
        return redirect(f"{address}?{request.GET.urlencode()}")  # there, the reason is said
    response = HttpResponse(_written(kind, found, scene.today), content_type=TYPES[kind])
    name = f"{request.centre.slug}-survey-{pk}-{found[0].first}-{found[0].last}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _audience(*, team: bool) -> Audience:
    return Audience.TEAM if team else Audience.PUBLIC


def _tables(scene: Scene, asked: Asked, audience: Audience) -> tuple[list[CrossTable], Read]:
    now = read(scene.survey, asked, audience, scene.today)
    before = None
    if asked.other is not None:
        whole = Asked(parts_of(asked.other, scene.today)[0])
        before = read(asked.other, whole, audience, scene.today)
    return tables(now, asked, before), now


def _lines(table: CrossTable) -> list[tuple[Any, list[str]]]:
    """Each line with its words; the totals' line last, which is none of the table's lines."""
    lines: list[Any] = [*table.lines, None]
    return [(line, cells) for line, cells in zip(lines, spoken(table), strict=False)]


def _drawn(table: CrossTable) -> list[Any]:
    """Bars of a list, so that those who did not say are left out of it; else what fits."""
    return list(pictures([table], fitting(table) if table.along else Kind.BARS))


def _explained(found: Sequence[CrossTable]) -> list[tuple[str, list[str]]]:
    """What must be known of all tables: what is said of each stands below it."""
    pairs: dict[str, list[str]] = {}
    shared = [set(explained(one)) for one in found]
    for subject, words in explained(found[0]) if found else []:
        if all((subject, words) in one for one in shared):
            pairs.setdefault(subject, []).append(words)
    return list(pairs.items())


def _with(request: CentreRequest, **said: str) -> str:
    query = request.GET.copy()
    for name, value in said.items():
        query[name] = value
        if not value:
            del query[name]
    return f"{request.path}?{query.urlencode()}"


def _file_address(request: CentreRequest, pk: int, kind: str) -> str:
    address = reverse("statistics:survey_results_file", args=[request.centre.slug, pk, kind])
    return f"{address}?{request.GET.urlencode()}"


def _written(kind: str, found: Sequence[CrossTable], today: date) -> bytes:
    made = date_format(today, "j F Y")
    drawn = [one for table in found for one in _drawn(table)]
    foot = [f"{subject}: {words}" for subject, words in explained(found[0])]
    write: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv(found, made),
        "xlsx": lambda: as_xlsx(found, made),
        "json": lambda: as_json(found, today.isoformat()),
        "pdf": lambda: pdf(found, drawn, made),
        "svg": lambda: svg(drawn, foot),
        "png": lambda: png(drawn, foot),
    }
    return write[kind]()
