"""The page of a day: held, absent or replaced, noted and corrected afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.absences import note_absent, note_replaced
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.held import NotHere, Overlaps, WrongTimes, correct_held, note_held
from parvis.rota.forms.covering import (
    CorrectionForm,
    HeldForm,
    InsteadForm,
    KeyForm,
    noted_times,
    usual_times,
)
from parvis.rota.models import DutySlot, Held
from parvis.rota.queries.day_sheet import day_sheet

MAY = {Permission.PLAN_ROTA, Permission.CLOSE_DAY}


@require_GET
@centre_page(Permission.ENTER)
def duty_day(request: CentreRequest, day: str = "") -> HttpResponse:
    """Who was there on a day, from when to when; what is not known yet stands out."""
    _may(request)
    at = request.centre.now()
    today = request.centre.local_day(at)
    on = _date(day) if day else today
    context = {
        "found": day_sheet(request.centre, on, at),
        "plans": Permission.PLAN_ROTA in request.permissions,
        "day": on,
        "today": today,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < today else None,
    }
    return render(request, "rota/covering/day.html", context)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def duty_slot(request: CentreRequest, slot: int) -> HttpResponse:
    """What became of one slot: held from when to when, absent, or somebody else came. Nothing yet of a duty still to come."""
    _may(request)
    rows = DutySlot.objects.exclude(state=DutySlot.State.CANCELLED).select_related("half_day__site", "person", "theme", "space", "institution", "centre")  # fmt: skip
    found = get_object_or_404(rows, pk=slot, centre=request.centre)
    found.half_day.centre = request.centre
    posted = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    usual = {"key": uuid4()} | usual_times(found.half_day)
    held = HeldForm(posted if do == "held" else None, initial=usual)
    instead = InsteadForm(
        posted if do == "replaced" else None, centre=request.centre, besides=found, initial={"key": uuid4()}
    )
    problem = ""
    if posted is not None:
        try:
            if _noted(request, found, do, held, instead):
                messages.success(request, _("Noted."))
                return redirect("rota:duty_day", centre=request.centre.slug, day=found.half_day.date)
        except (RotaError, WrongTimes, Overlaps, NotHere) as error:
            problem = _words(error)
    context = {
        "slot": found,
        "held_form": held,
        "instead": instead,
        "key": uuid4(),
        "problem": problem,
        "begun": found.half_day.bounds[0] <= request.centre.now(),
        "plans": Permission.PLAN_ROTA in request.permissions,
    }
    return render(request, "rota/covering/duty_slot.html", context, status=422 if posted else 200)


def _noted(request: CentreRequest, slot: DutySlot, do: str, held: HeldForm, instead: InsteadForm) -> bool:
    """What the form says, done; False where a field is wrong."""
    by, at = request.user, request.centre.now()
    if do == "held" and held.is_valid():
        begun, ended = held.times(request.centre, slot.half_day.date)
        note_held(slot=slot, begun=begun, ended=ended, key=held.cleaned_data["key"], at=at)
        return True
    if do == "absent" and (form := KeyForm(request.POST)).is_valid():
        note_absent(slot=slot, key=form.cleaned_data["key"], by=by, at=at)
        return True
    if do == "replaced" and instead.is_valid():
        said = instead.cleaned_data
        note_replaced(slot=slot, instead=said["person"], key=said["key"], by=by, at=at)
        return True
    if do not in ("held", "absent", "replaced"):
        raise Http404
    return False


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def held_time(request: CentreRequest, pk: int) -> HttpResponse:
    """Correct from when to when somebody was there; what was noted before stays beside it."""
    _may(request)
    rows = Held.objects.select_related("person", "theme", "centre").prefetch_related("corrections__made_by")
    found = get_object_or_404(rows, pk=pk, centre=request.centre)
    form = CorrectionForm(request.POST or None, initial={"key": uuid4()} | noted_times(found, request.centre))
    form.fields["reason"].country = request.centre.country  # type: ignore[attr-defined]
    problem = ""
    if request.method == "POST" and form.is_valid():
        begun, ended = form.times(request.centre, found.date)
        said = form.cleaned_data
        try:
            correct_held(
                held=found, begun=begun, ended=ended, reason=said["reason"], key=said["key"],
                by=request.user, at=request.centre.now(),
            )  # fmt: skip
            messages.success(request, _("Corrected."))
            return redirect("rota:duty_day", centre=request.centre.slug, day=found.date)
        except (WrongTimes, Overlaps, NotHere) as error:
            problem = _words(error)
    context = {"one": found, "form": form, "problem": problem}
    return render(request, "rota/covering/held.html", context, status=422 if form.is_bound else 200)


SENTENCES: dict[type[Exception], Callable[[], str]] = {
    WrongTimes: lambda: _("The times must be in order, on that day, and over."),
    Overlaps: lambda: _("They are noted as being on duty at that time already."),
    NotHere: lambda: _("Nobody stands there any more. The page is up to date again."),
}


def _words(error: Exception) -> str:
    return SENTENCES[type(error)]() if type(error) in SENTENCES else str(error)


def _may(request: CentreRequest) -> None:
    if not request.permissions & MAY:
        raise Http404  # as if it did not exist


def _date(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise Http404 from error
    if not 1990 <= day.year <= 2200:
        raise Http404
    return day
