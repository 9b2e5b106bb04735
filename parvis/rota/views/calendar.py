"""The calendar of half-days: laid out from the seasons, and single dates changed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.forms.calendar import ExtraForm, SpanForm
from parvis.rota.forms.needs import HalfDayForm
from parvis.rota.models import HalfDay
from parvis.rota.queries import calendar as queries
from parvis.rota.queries.half_days import making
from parvis.rota.queries.seasons import columns

BOTH = ["GET", "POST"]
QUARTER = timedelta(days=13 * 7)


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def make(request: CentreRequest) -> HttpResponse:
    """Shows what laying out the half-days would add, change and leave; then does it."""
    centre, at = request.centre, request.centre.now()
    today = centre.local_day(at)
    last = HalfDay.objects.filter(centre=centre).order_by("-date").values_list("date", flat=True).first()
    usual = {"first": today, "last": max(last or today, today + QUARTER)}
    sent = request.POST if request.method == "POST" else request.GET
    form = SpanForm(sent if "first" in sent else usual)
    if not form.is_valid():
        return render(request, "rota/needs/make.html", {"form": form}, status=422)
    span = form.cleaned_data
    if request.method == "POST":
        done = actions.make_half_days(centre=centre, first=span["first"], last=span["last"], at=at)
        messages.success(
            request,
            _("Laid out: %(added)s added, %(changed)s changed, %(dropped)s taken away.")
            % {"added": len(done.added), "changed": len(done.changed), "dropped": len(done.dropped)},
        )
        return redirect("rota:calendar_of", centre=centre.slug, day=done.first.isoformat())
    found = making(centre, span["first"], span["last"], today)
    return render(request, "rota/needs/make.html", {"form": form, "found": found, "span": span})


@centre_page(Permission.PLAN_ROTA)
@require_GET
def calendar(request: CentreRequest, day: str = "") -> HttpResponse:
    """A month of half-days."""
    today = request.centre.local_day(request.centre.now())
    found = queries.month(request.centre, _day(day) if day else today)
    return render(request, "rota/needs/calendar.html", {"found": found, "today": today})


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def change(request: CentreRequest, pk: int) -> HttpResponse:
    """One date whole: more seats that day, other hours, or nobody."""
    centre = request.centre
    rows = HalfDay.objects.select_related("site", "centre").prefetch_related("needs")
    row = get_object_or_404(rows, centre=centre, pk=pk)
    today = centre.local_day(centre.now())
    shown = columns(centre, row.date, row.needs.all())
    form = HalfDayForm(request.POST or None, centre=centre, row=row, columns=shown)
    if request.method == "POST" and row.date < today:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_date(
                half_day=row,
                marks=form.marks(),
                needs=form.needs(),
                deed=uuid4(),
                by=request.user,
                at=centre.now(),
            )
        except actions.SomebodyOnDuty:
            form.add_error(
                "starts", _("It has begun, or time was held in it: its hours stay. Seats can be changed.")
            )
        except actions.AlreadyThere:
            form.add_error("starts", _("Another half-day of that date begins then."))
        else:
            messages.success(request, _("Saved. The seasons leave this half-day alone from now on."))
            return redirect("rota:calendar_of", centre=centre.slug, day=row.date.isoformat())
    context = {"form": form, "row": row, "on_duty": queries.on_duty_at(row), "past": row.date < today}
    return render(request, "rota/needs/date.html", context, status=422 if form.errors else 200)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def close(request: CentreRequest, pk: int) -> HttpResponse:
    """Nobody comes at that half-day."""
    row = _row(request, pk)
    at = request.centre.now()
    actions.change_date(half_day=row, marks={}, needs=[], deed=uuid4(), by=request.user, at=at)
    messages.success(request, _("Nobody is needed then. Whoever was on duty is told."))
    return redirect("rota:calendar_of", centre=request.centre.slug, day=row.date.isoformat())


@centre_page(Permission.PLAN_ROTA)
@require_POST
def reset(request: CentreRequest, pk: int) -> HttpResponse:
    """As the season has it."""
    row = _row(request, pk)
    actions.as_in_the_season(half_day=row, at=request.centre.now())
    messages.success(request, _("That half-day is again as its season has it."))
    return redirect("rota:calendar_of", centre=request.centre.slug, day=row.date.isoformat())


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def extra(request: CentreRequest) -> HttpResponse:
    """An extra half-day of one date; who is needed is said on its own page next."""
    centre = request.centre
    today = centre.local_day(centre.now())
    form = ExtraForm(request.POST or None, centre=centre, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_date(centre=centre, day=form.cleaned_data["day"], marks=form.marks())
        except actions.AlreadyThere:
            form.add_error("starts", _("Another half-day of that date begins then."))
        else:
            return redirect("rota:date", centre=centre.slug, pk=row.pk)
    return render(request, "rota/needs/extra.html", {"form": form}, status=422 if form.errors else 200)


def _row(request: CentreRequest, pk: int) -> HalfDay:
    """A half-day that is not over."""
    today = request.centre.local_day(request.centre.now())
    return get_object_or_404(HalfDay, centre=request.centre, pk=pk, date__gte=today)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= day.year <= 2200:
        raise Http404
    return day
