"""Arrivals beside the seats that were planned for them; and as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception.queries.lines import language_name
from parvis.rota.models import Part
from parvis.shared.charts import Heat, Value
from parvis.shared.disclosure import protected_list
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx
from parvis.statistics.queries.coverage import WEEKS, Coverage, Line, Place, coverage, weeks_until


@require_GET
@centre_page(Permission.SEE_FIGURES)
def coverage_page(request: CentreRequest) -> HttpResponse:
    """The last whole weeks: thirteen, unless the address says another number that is offered."""
    found, today = _found(request)
    held = request.permissions
    outside = Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held
    context = {
        "found": found,
        "choices": WEEKS,
        "today": today,
        "themes": _by_theme(found),
        "arrivals": _heat(
            found, _("Arrivals on an average half-day"), _("people"), lambda one: round(one.people, 1)
        ),
        "waits": _heat(
            found, _("How long they waited"), _("minutes, half of them at most"), lambda one: one.waits.median
        ),
        "languages": _languages(found, outside=outside),
        "outside": outside,
        "may_plan": Permission.PLAN_ROTA in held,
        "is_short": [one for one in found.lines if one.seats is not None and one.wanted > one.seats],
    }
    return render(request, "statistics/coverage.html", context)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def coverage_csv(request: CentreRequest) -> HttpResponse:
    """The table as text."""
    found, _today = _found(request)
    body = "".join(csv_lines(_heading(), _rows(found)))
    return _file(request, body.encode(), CSV_TYPE, found, "csv")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def coverage_xlsx(request: CentreRequest) -> HttpResponse:
    """The table, and the languages with small numbers protected, as a workbook."""
    found, _today = _found(request)
    sheets: dict[str, Any] = {_("Coverage"): (_heading(), _rows(found))}
    said = [
        [name, "–" if n is None else n] for name, n, _half_days, _covered in _languages(found, outside=True)
    ]
    if said:
        sheets[_("Languages")] = (
            [_("Language"), _("%(unit)s, rounded to five") % {"unit": _("arrivals")}],
            said,
        )
    return _file(request, xlsx(sheets), XLSX_TYPE, found, "xlsx")


def _found(request: CentreRequest) -> tuple[Coverage, date]:
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in {str(one) for one in WEEKS} else WEEKS[1]
    today = request.centre.local_day(request.centre.now())
    return coverage(request.centre, *weeks_until(today, weeks)), today


def place_name(place: Place) -> str:
    """“Monday, morning”."""
    return f"{capfirst(WEEKDAYS[place.weekday])}, {str(place.part.label).lower()}"


def _by_theme(found: Coverage) -> list[tuple[Any, list[tuple[str, str, Line]]]]:
    """Theme -> its lines, each with its half-day in words and the key under which the rota takes its seats."""
    grouped: dict[Any, list[tuple[str, str, Line]]] = {}
    for one in found.lines:
        key = f"seats-{one.place.weekday}-{one.place.part.value}-{one.theme.pk}"
        grouped.setdefault(one.theme, []).append((place_name(one.place), key, one))
    return list(grouped.items())


def _heat(found: Coverage, title: str, unit: str, of: Any) -> Heat | None:
    places = sorted(
        {one.place for one in found.lines}, key=lambda place: (place.weekday, list(Part).index(place.part))
    )
    themes = list({one.theme.pk: one.theme for one in found.lines}.values())
    at = {(one.place, one.theme.pk): of(one) for one in found.lines}
    rows: list[tuple[str, list[Value]]] = [
        (place_name(place), [at.get((place, theme.pk)) for theme in themes]) for place in places
    ]
    if not any(value for _label, values in rows for value in values):
        return None
    return Heat(title, unit, [str(theme.name) for theme in themes], rows, note=_("a dash: nobody"))


def _languages(found: Coverage, *, outside: bool) -> list[tuple[str, int | None, int, int | None]]:
    """Name, arrivals, half-days with such arrivals, those on which it was spoken; for outside, small numbers are protected."""
    if not outside:
        return [(language_name(one.code), one.people, one.half_days, one.covered) for one in found.languages]
    counts = protected_list([(language_name(one.code), one.people) for one in found.languages])
    return [(name, n, 0, None) for name, n in counts]


def _heading() -> list[str]:
    return [
        _("Theme"),
        _("Half-day"),
        _("Half-days in the period"),
        _("Arrivals on average"),
        _("Four in five had at most"),
        _("Waits, n"),
        _("Half waited at most, minutes"),
        _("Nine in ten waited at most, minutes"),
        _("Seats planned, on average"),
        _("Seats that the arrivals ask for"),
    ]


def _rows(found: Coverage) -> list[list[Cell]]:
    return [
        [
            str(one.theme.name),
            place_name(one.place),
            one.days,
            round(one.people, 2),
            one.busy,
            one.waits.n,
            one.waits.median,
            one.waits.p90,
            None if one.seats is None else round(one.seats, 2),
            one.wanted,
        ]
        for one in found.lines
    ]


def _file(request: CentreRequest, body: bytes, kind: str, found: Coverage, suffix: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    name = f"{request.centre.slug}-coverage-{found.first}-{found.last}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
