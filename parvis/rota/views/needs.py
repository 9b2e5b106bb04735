"""Who is needed in an ordinary week: seasons, their half-days and seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.actions.seasons import MOST_SEATS, Stretching
from parvis.rota.forms.needs import GridForm, HalfDayForm, NewHalfDayForm, SeasonForm
from parvis.rota.models import PatternHalfDay, Season
from parvis.rota.queries import seasons as queries

BOTH = ["GET", "POST"]


@centre_page(Permission.PLAN_ROTA)
@require_GET
def needs(request: CentreRequest) -> HttpResponse:
    """Seasons, school holidays, and how far the calendar is laid out."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    return render(request, "rota/needs/needs.html", {"found": queries.seasons(centre, today), "today": today})


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def new_season(request: CentreRequest) -> HttpResponse:
    """A season from the opening hours, or like another."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    form = SeasonForm(request.POST or None, like=list(centre.seasons.all()), initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            season = actions.begin_season(centre=centre, said=form.said(), like=form.like(), day=today)
        except actions.NameTaken:
            form.add_error("name", _("Another season has that name."))
        else:
            return redirect("rota:season", centre=centre.slug, pk=season.pk)
    return _form_page(request, "rota/needs/new_season.html", {"form": form}, form)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def season(request: CentreRequest, pk: int) -> HttpResponse:
    """The week of a season: half-days, duties, seats; all numbers are kept at once."""
    row = _season(request, pk)
    day = max(request.centre.local_day(request.centre.now()), row.valid_from)
    found = queries.grid(row, day)
    cells = {
        cell.name: (line.half_day.pk, cell.column.duty, cell.column.theme.pk if cell.column.theme else None)
        for line in found.rows
        for cell in line.cells
    }
    form = GridForm(request.POST or None, names=cells)
    if request.method == "POST" and form.is_valid():
        sent = {name: n or 0 for name, n in form.cleaned_data.items() if name in request.POST}
        actions.set_seats(season=row, seats={cells[name]: n for name, n in sent.items()})
        messages.success(request, _("The week was saved."))
        return redirect("rota:season", centre=request.centre.slug, pk=row.pk)
    shown = {"found": found, "season": row, "form": form, "most": MOST_SEATS}
    return _form_page(request, "rota/needs/season.html", shown, form)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def change_season(request: CentreRequest, pk: int) -> HttpResponse:
    """A season’s name, and when it is in force."""
    row = _season(request, pk)
    initial = {name: getattr(row, name) for name in ("name", "during", "valid_from", "valid_to")}
    form = SeasonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_season(season=row, said=form.said())
        except actions.NameTaken:
            form.add_error("name", _("Another season has that name."))
        else:
            messages.success(request, _("Saved."))
            return redirect("rota:season", centre=request.centre.slug, pk=row.pk)
    return _form_page(request, "rota/needs/change_season.html", {"form": form, "season": row}, form)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def drop_season(request: CentreRequest, pk: int) -> HttpResponse:
    """The season is no more."""
    row = Season.objects.filter(centre=request.centre, pk=pk).first()
    if row:
        actions.drop_season(season=row)
    messages.success(
        request, _("The season is gone. Half-days that were made of it stay until they are made again.")
    )
    return redirect("rota:needs", centre=request.centre.slug)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def new_half_day(request: CentreRequest, pk: int) -> HttpResponse:
    """One more half-day in the week."""
    row = _season(request, pk)
    day = request.centre.local_day(request.centre.now())
    form = NewHalfDayForm(request.POST or None, centre=request.centre, day=day)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_half_day(season=row, said=form.said())
        except actions.AlreadyThere:
            form.add_error("starts", _("A half-day of that weekday begins then already."))
        except actions.TooMany:
            form.add_error(None, _("More half-days than a week can have."))
        else:
            return redirect("rota:half_day", centre=request.centre.slug, pk=row.pk, half_day=made.pk)
    return _form_page(request, "rota/needs/new_half_day.html", {"form": form, "season": row}, form)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def half_day(request: CentreRequest, pk: int, half_day: int) -> HttpResponse:
    """One half-day of the week whole: hours, institutions, rooms, languages."""
    season = _season(request, pk)
    rows = season.half_days.select_related("site", "season").prefetch_related("needs")
    row = get_object_or_404(rows, pk=half_day)
    day = max(request.centre.local_day(request.centre.now()), season.valid_from)
    columns = queries.columns(request.centre, day, row.needs.all())
    form = HalfDayForm(request.POST or None, centre=request.centre, row=row, columns=columns)
    if request.method == "POST" and form.is_valid():
        said = Stretching(row.site, row.weekday, **form.marks())
        try:
            actions.change_half_day(half_day=row, said=said, needs=form.needs())
        except actions.AlreadyThere:
            form.add_error("starts", _("A half-day of that weekday begins then already."))
        else:
            messages.success(request, _("Saved."))
            return redirect("rota:season", centre=request.centre.slug, pk=season.pk)
    line = queries.Row(row, [], several_sites=False)
    shown = {"form": form, "season": season, "line": line}
    return _form_page(request, "rota/needs/half_day.html", shown, form)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def drop_half_day(request: CentreRequest, pk: int, half_day: int) -> HttpResponse:
    """The half-day is no longer in the week."""
    season = _season(request, pk)
    row = PatternHalfDay.objects.filter(season=season, pk=half_day).first()
    if row:
        actions.drop_half_day(half_day=row)
    messages.success(request, _("The half-day is no longer in this week."))
    return redirect("rota:season", centre=request.centre.slug, pk=season.pk)


def _season(request: CentreRequest, pk: int) -> Season:
    return get_object_or_404(Season.objects.select_related("centre"), centre=request.centre, pk=pk)


def _form_page(request: CentreRequest, template: str, shown: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, template, shown, status=422 if form.errors else 200)
