"""On a phone: I cannot come; somebody asks me to come instead; let us exchange."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.absences import report_absence
from parvis.rota.actions.availability import LeaveTooLong
from parvis.rota.actions.cover import accept_cover, decline_cover
from parvis.rota.actions.errors import RotaError, SaidOtherwise
from parvis.rota.actions.swaps import RulesBroken, agree_swap, decline_swap, propose_swap, withdraw_swap
from parvis.rota.forms.covering import AbsenceForm, SwapForm
from parvis.rota.models import CoverCall, DutySlot, Part, Swap
from parvis.rota.queries.covering import asked_of, partners_for
from parvis.rota.rule_words import said_of
from parvis.rota.scope import person_seen
from parvis.shared.keys import renewed

AHEAD = timedelta(days=28)
NEXT = 6  # duties shown with a button of their own
State = Swap.State


@require_GET
@centre_page(Permission.ENTER)
def asked(request: CentreRequest) -> HttpResponse:
    """What is asked of me, what I asked of others, and my next duties, which I can give or exchange."""
    at = request.centre.now()
    context = {"found": asked_of(request.user, request.centre, at), "duties": _duties(request, request.user)}
    return render(request, "rota/covering/asked.html", context)


@require_POST
@centre_page(Permission.ENTER)
def cover_answer(request: CentreRequest, call: int, say: str) -> HttpResponse:
    """I come, or I cannot."""
    found = get_object_or_404(CoverCall, pk=call, centre=request.centre, asks__person=request.user)
    at = request.centre.now()
    try:
        if say == "no":
            decline_cover(call=found, person=request.user, at=at)
            messages.success(request, _("Thank you for the answer."))
        elif accept_cover(call=found, person=request.user, at=at):
            messages.success(request, _("You come: thank you. The half-day stands among your duties."))
        else:
            messages.info(request, _("Somebody else was first, thank you. You need not come."))
    except RotaError as error:
        messages.warning(request, str(error))
    return redirect("rota:asked", centre=request.centre.slug)


SAYS: dict[str, Callable[..., Swap]] = {
    "agree": agree_swap,
    "decline": decline_swap,
    "withdraw": withdraw_swap,
}


@require_POST
@centre_page(Permission.ENTER)
def swap_answer(request: CentreRequest, pk: int, say: str) -> HttpResponse:
    """Agree to a swap, decline it, or take one's own back."""
    own = Swap.objects.filter(centre=request.centre)
    mine = own.filter(proposed_by=request.user) if say == "withdraw" else own.filter(proposed_to=request.user)
    found = get_object_or_404(mine, pk=pk)
    if say not in SAYS:
        raise Http404
    try:
        _say_what_became(request, SAYS[say](swap=found, by=request.user, at=request.centre.now()))
    except RotaError as error:
        messages.warning(request, str(error))
    return redirect("rota:asked", centre=request.centre.slug)


def _say_what_became(request: CentreRequest, swap: Swap) -> None:
    if swap.state == State.DONE:
        messages.success(request, _("Done: the rota says so already."))
    elif swap.state == State.IMPOSSIBLE:
        messages.warning(
            request, _("This is no longer possible: something else has changed. The rota stays as it was.")
        )
    else:
        messages.success(request, _("Noted. The rota stays as it was."))


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def absence(request: CentreRequest, person_id: int | None = None) -> HttpResponse:
    """I cannot come; or somebody for whom one speaks cannot."""
    person = person_seen(request, person_id or request.user.pk)
    at = request.centre.now()
    today = request.centre.local_day(at)
    form = AbsenceForm(request.POST or None, today=today, initial={"key": uuid4(), "first_day": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            slots = report_absence(
                centre=request.centre,
                person=person,
                days=form.days(),
                part=Part(said["part"]) if said["part"] else None,
                key=said["key"],
                by=request.user,
                at=at,
            )
            return _noted(request, person, slots)
        except SaidOtherwise as error:
            form = AbsenceForm(renewed(request.POST), today=today)
            form.add_error("first_day", str(error))
        except LeaveTooLong:
            form.add_error("last_day", _("More than a year: who plans ends the person’s duty instead."))
    context = {"form": form, "person": person, "own": person == request.user}
    context |= {"duties": [(slot, uuid4()) for slot in _duties(request, person)[:NEXT]]}
    return render(request, "rota/covering/absence.html", context, status=422 if form.is_bound else 200)


def _noted(request: CentreRequest, person: User, slots: list[DutySlot]) -> HttpResponse:
    count = len(slots)
    if count:
        said = ngettext(
            "Noted: %(n)s duty is open now. Who plans has been told.",
            "Noted: %(n)s duties are open now. Who plans has been told.",
            count,
        )
        messages.success(request, said % {"n": count})
    else:
        messages.success(request, _("Noted. There was no duty on these days."))
    if request.permissions & {Permission.PLAN_ROTA, Permission.SPEAK_FOR_OWN}:
        if count == 1:
            return redirect("rota:absence_slot", centre=request.centre.slug, slot=slots[0].pk)
        return redirect("rota:absences", centre=request.centre.slug)
    return redirect("rota:mine", centre=request.centre.slug)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def exchange(request: CentreRequest, slot: int) -> HttpResponse:
    """With whom one of my duties could be exchanged, or to whom given; proposed to one of them."""
    rows = DutySlot.objects.standing().select_related("half_day__centre", "half_day__site", "theme", "person")
    mine = get_object_or_404(rows, pk=slot, centre=request.centre, person=request.user)
    at, problem = request.centre.now(), ""
    if request.method == "POST":
        try:
            _propose(request, mine)
            messages.success(
                request, _("Proposed. You are told when they answer; until then nothing changes.")
            )
            return redirect("rota:asked", centre=request.centre.slug)
        except RulesBroken as error:
            words = [f"{_name(one.person)} {said_of(one.rule)}" for one in error.broken]
            problem = f"{error} {', '.join(words)}."
        except RotaError as error:
            problem = str(error)
    context = {"slot": mine, "partners": partners_for(mine, at), "key": uuid4(), "problem": problem}
    return render(request, "rota/covering/exchange.html", context, status=409 if problem else 200)


def _propose(request: CentreRequest, mine: DutySlot) -> None:
    form = SwapForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    team = User.objects.filter(assignments__centre=request.centre, is_active=True).distinct()
    other = None
    if said["other"]:
        other = get_object_or_404(DutySlot, pk=said["other"], centre=request.centre)
    propose_swap(
        slot=mine,
        other=other,
        to=get_object_or_404(team, pk=said["to"]),
        key=said["key"],
        by=request.user,
        at=request.centre.now(),
    )


def _name(person: int | None) -> str:
    found = User.objects.filter(pk=person or 0).first()
    return found.name if found else ""


def _duties(request: CentreRequest, person: User) -> list[DutySlot]:
    """What ``person`` is to hold in the next weeks and is not over: one query."""
    at = request.centre.now()
    today = request.centre.local_day(at)
    rows = DutySlot.objects.standing().filter(centre=request.centre, person=person)
    found = rows.between(today, today + AHEAD).select_related("half_day__centre", "half_day__site", "theme")
    return [slot for slot in found if slot.half_day.bounds[1] > at]
