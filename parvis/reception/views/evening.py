"""Closing the day: what is still open, what the door says, the signature, and corrections after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions
from parvis.reception.actions.closing import ENDINGS
from parvis.reception.forms.day import CorrectionForm, SignForm
from parvis.reception.models import Day, State, Ticket
from parvis.reception.queries.closing import DAYS_SHOWN, Evening, days_back, evening
from parvis.reception.queries.lines import line
from parvis.reception.queries.refused import refused_count
from parvis.reception.units import UNITS


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CLOSE_DAY)
def closing(request: CentreRequest, day: str = "") -> HttpResponse:
    """One day's evening; signing it."""
    on = _day(request, day)
    found = evening(request.centre, on)
    form = _sign_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_day(
                centre=request.centre,
                day=on,
                door_count=form.cleaned_data["door_count"],
                reasons=form.chosen(),
                remark=form.cleaned_data["remark"],
                by=request.user,
                at=request.centre.now(),
            )
        except actions.ReceptionError as error:
            explained_by = "reasons" if "reasons" in form.fields else "remark"
            form.add_error(explained_by if isinstance(error, actions.GapUnexplained) else None, str(error))
        else:
            messages.success(request, _("Signed off. Its figures stay as they are."))
            return redirect("reception:closing_day", centre=request.centre.slug, day=on.isoformat())
    return _page(request, found, form=form)


@require_POST
@centre_page(Permission.CLOSE_DAY)
def resolve(request: CentreRequest, day: str, ticket: int) -> HttpResponse:
    """How one ticket ended."""
    on = _day(request, day)
    found = get_object_or_404(Ticket, pk=ticket, centre=request.centre, date=on)
    ending = request.POST.get("ending", "")
    if ending not in State.values:
        raise Http404
    try:
        actions.resolve_ticket(ticket=found, ending=State(ending), at=request.centre.now())
    except actions.ReceptionError as error:
        messages.error(request, str(error))
    return redirect("reception:closing_day", centre=request.centre.slug, day=on.isoformat())


@require_POST
@centre_page(Permission.CLOSE_DAY)
def resolve_all(request: CentreRequest, day: str) -> HttpResponse:
    """Every open ticket ended its likely way."""
    on = _day(request, day)
    actions.resolve_all(centre=request.centre, day=on, at=request.centre.now())
    messages.success(request, _("Every ticket of the day has ended."))
    return redirect("reception:closing_day", centre=request.centre.slug, day=on.isoformat())


@require_POST
@centre_page(Permission.CORRECT_DAY)
def correct(request: CentreRequest, day: str) -> HttpResponse:
    """A correction beside a signed figure."""
    on = _day(request, day)
    row = get_object_or_404(Day, centre=request.centre, date=on)
    form = CorrectionForm(request.POST, centre=request.centre)
    if form.is_valid():
        try:
            actions.correct_day(day=row, by=request.user, at=request.centre.now(), **form.cleaned_data)
        except actions.StateChanged:
            form.add_error("after", _("The figure is that already."))
        except actions.ReceptionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The correction stands beside what was signed."))
            return redirect("reception:closing_day", centre=request.centre.slug, day=on.isoformat())
    return _page(request, evening(request.centre, on), correction=form, status=422)


@require_GET
@centre_page(Permission.CLOSE_DAY)
def days(request: CentreRequest) -> HttpResponse:
    """A month of days, and which of them nobody signed: the last one, or until ``?until=``."""
    today = request.centre.local_day(request.centre.now())
    until = _day(request, request.GET.get("until", ""))
    lines = days_back(request.centre, until)
    waiting = [one for one in lines if one.needs_signature and one.figures.date < today]
    month = timedelta(days=DAYS_SHOWN)
    context = {"lines": lines, "today": today, "waiting": waiting, "until": until}
    context |= {"earlier": until - month, "later": min(until + month, today) if until < today else None}
    return render(request, "reception/days.html", context)


def _day(request: CentreRequest, day: str) -> date:
    """The day of the address, or today; 404 for what is none or still to come."""
    today = request.centre.local_day(request.centre.now())
    try:
        on = date.fromisoformat(day) if day else today
    except ValueError as error:
        raise Http404 from error
    if on > today:
        raise Http404
    return on


def _sign_form(request: CentreRequest, found: Evening) -> SignForm:
    counted = found.figures.live.passages
    return SignForm(
        request.POST if request.method == "POST" else None,
        centre=request.centre,
        codes=found.gap_codes,
        initial={"door_count": counted or None},
    )


def _page(request: CentreRequest, found: Evening, *, status: int = 200, **context: Any) -> HttpResponse:
    at = request.centre.now()
    may_correct = found.is_signed and Permission.CORRECT_DAY in request.permissions
    if may_correct and "correction" not in context:
        context["correction"] = _correction(request, found)
    if "form" in context and context["form"].errors:
        status = 422
    if not may_correct and "correction" in context:
        raise PermissionDenied
    shown = found.figures.shown
    context |= {
        "evening": found,
        "open": [
            (line(ticket, at), [(end, end.label) for end in ENDINGS[State(ticket.state)]])
            for ticket in found.open_tickets
        ],
        "uncoded": [(one, line(one.ticket, at)) for one in found.uncoded],
        "figures": [(unit, words, getattr(shown, unit)) for unit, words in UNITS.items()],
        "units": UNITS,
        "gap": abs(found.figures.gap),
        "refused": refused_count(request.centre) if not found.is_signed else 0,
        "is_today": found.date == request.centre.local_day(at),
    }
    return render(request, "reception/closing.html", context, status=status)


def _correction(request: CentreRequest, found: Evening) -> CorrectionForm:
    """Prefilled where something was entered after the signature."""
    changed = found.figures.changed
    subject = next(iter(changed), None)
    initial: dict[str, Any] = {}
    if subject:
        initial = {
            "subject": subject,
            "after": changed[subject][1],
            "reason": _("Entered after the signature"),
        }
    return CorrectionForm(centre=request.centre, initial=initial)
