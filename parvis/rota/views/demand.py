"""Seats that the arrivals ask for, taken into a season: sent by the page *coverage against demand*, confirmed here.

Fields: ``seats-<weekday, Monday 0>-<morning|afternoon|evening>-<theme’s key in the database>`` = a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.actions.seasons import Demand, Seat, seats_from_demand
from parvis.rota.models import Part, PatternNeed, Season

FIELD = re.compile(r"seats-([0-6])-(morning|afternoon|evening)-(\d{1,9})")


@dataclass(frozen=True)
class Line:
    """One need, before and after."""

    where: str
    theme: Theme
    before: int
    after: int


@centre_page(Permission.PLAN_ROTA)
@require_POST
def from_demand(request: CentreRequest) -> HttpResponse:
    """Shows what would change in the season that is chosen, then keeps it."""
    demand = _read(request)
    seasons = list(request.centre.seasons.order_by("-valid_from", "-pk"))
    if not seasons or not demand:
        messages.warning(
            request,
            _("There is no season yet that could take these seats: begin one first.")
            if demand
            else _("There was no number of seats to take."),
        )
        return redirect("rota:needs", centre=request.centre.slug)
    asked = request.POST.get("season", "")
    season = next((one for one in seasons if str(one.pk) == asked), seasons[0])
    seats = seats_from_demand(season, demand)
    if request.POST.get("confirmed") and asked == str(season.pk):
        n = actions.set_seats(season=season, seats=seats)
        said = ngettext("%(n)s number of seats was changed.", "%(n)s numbers of seats were changed.", n)
        messages.success(request, said % {"n": n})
        return redirect("rota:season", centre=request.centre.slug, pk=season.pk)
    lines, missing = _lines(request, season, seats, demand)
    kept = [(name, value) for name, value in request.POST.items() if FIELD.fullmatch(name)]
    shown = {"season": season, "seasons": seasons, "lines": lines, "missing": missing, "kept": kept}
    return render(request, "rota/needs/demand.html", shown)


def _read(request: CentreRequest) -> list[Demand]:
    """What was sent, for themes of this centre; other fields are not for us."""
    themes = set(Theme.objects.filter(centre=request.centre).values_list("pk", flat=True))
    found = []
    for name, value in request.POST.items():
        match = FIELD.fullmatch(name)
        if match and int(match[3]) in themes and str(value).isdecimal() and len(str(value)) < 4:
            found.append(Demand(int(match[1]), Part(match[2]), int(match[3]), int(str(value))))
    return found


def _lines(
    request: CentreRequest,
    season: Season,
    seats: dict[Seat, int],
    demand: list[Demand],
) -> tuple[list[Line], int]:
    """What would change, and how many numbers have no half-day in the season."""
    themes = {theme.pk: theme for theme in Theme.objects.filter(centre=request.centre)}
    half_days = {row.pk: row for row in season.half_days.all()}
    needs = PatternNeed.objects.filter(half_day__season=season, duty="advice")
    before = {(need.half_day_id, need.theme_id): need.seats for need in needs}
    lines = []
    for (half_day, _duty, theme), after in seats.items():
        was = before.get((half_day, theme), 0)
        if was != after and theme is not None:
            row = half_days[half_day]
            where = f"{capfirst(str(WEEKDAYS[row.weekday]))}, {row.starts:%H:%M}–{row.ends:%H:%M}"
            lines.append(Line(where, themes[theme], was, after))
    return lines, len(demand) - len(seats)
