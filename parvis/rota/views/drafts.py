"""A draft changed by hand: somebody else in a seat, pinned, left empty, taken back; two drafts beside each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions import drafting
from parvis.rota.actions.drafting import Edited, NotAllowed
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.plans import DraftChanged
from parvis.rota.explanations import explanation
from parvis.rota.models import DutyKind, HalfDay, Plan, PlannedSlot
from parvis.rota.queries.comparison import compared
from parvis.rota.queries.drafts import choices
from parvis.rota.queries.published import Lane
from parvis.rota.rule_words import HARD, said_of
from parvis.rota.views.found import forget_last, last_edit, number, plan_of, remember


@dataclass(frozen=True)
class Place:
    """A seat of a draft: where it is, and who sits there."""

    half_day: HalfDay
    duty: str
    theme: Theme | None
    slot: PlannedSlot | None
    task: str

    @property
    def lane(self) -> Lane:
        return Lane(DutyKind(self.duty), self.theme, self.task)


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.PLAN_ROTA)
def plan_seat(request: CentreRequest, pk: int, half_day: int, task: str) -> HttpResponse:
    """Who could sit here, with what speaks against each; a choice is pinned."""
    plan = plan_of(request, pk)
    place = _place(request, plan, half_day, task)
    if request.method == "GET":
        return _seat_page(request, plan, place)
    person = User.objects.filter(pk=number(request, "person")).first()
    if person is None:
        raise Http404

    def sit(seen: int) -> Edited:
        return drafting.seat(
            plan=plan,
            half_day=place.half_day,
            duty=place.duty,
            theme=place.theme,
            person=person,
            instead_of=place.slot,
            seen=seen,
            at=request.centre.now(),
        )

    return _edit(request, plan, place, sit)


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_slot(request: CentreRequest, pk: int, slot: int) -> HttpResponse:
    """Pins somebody, lets them go where the planner wants them, or leaves their seat empty."""
    plan = plan_of(request, pk)
    found = plan.slots.select_related("half_day", "theme", "person").filter(pk=slot).first()
    if found is None:
        messages.error(request, str(drafting.NotThere()))
        return _to(plan)
    place = Place(found.half_day, found.duty, found.theme, found, "")
    do = request.POST.get("do")
    if do == "clear":
        return _edit(request, plan, place, lambda seen: drafting.clear_seat(plan=plan, slot=found, seen=seen))
    if do in ("pin", "unpin"):
        return _edit(
            request,
            plan,
            place,
            lambda seen: drafting.pin(plan=plan, slot=found, pinned=do == "pin", seen=seen),
        )
    raise Http404


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_undo(request: CentreRequest, pk: int) -> HttpResponse:
    """Takes one's last change by hand back."""
    plan = plan_of(request, pk)
    last = last_edit(request, plan)
    try:
        if last is None:
            raise DraftChanged
        edited = drafting.take_back(plan=plan, edited=last, seen=number(request, "seen"))
    except RotaError as error:
        messages.error(request, str(error))
        return _to(plan)
    forget_last(request, plan, edited.version)
    messages.success(request, _("Your last change is undone."))
    return _to(plan, last.removed[0].half_day if last.removed else last.added[0].half_day)


@require_GET
@centre_page(Permission.PLAN_ROTA)
def plan_compare(request: CentreRequest, pk: int, other: int) -> HttpResponse:
    """Two drafts of the same days: who is elsewhere, and what each rule costs."""
    one, two = plan_of(request, pk), plan_of(request, other)
    if (one.first_day, one.last_day) != (two.first_day, two.last_day):
        raise Http404
    found = compared(one, two, at=request.centre.now())
    return render(request, "rota/plans/compare.html", {"plan": one, "other": two, "found": found})


@require_GET
@centre_page(Permission.PLAN_ROTA)
def plan_why(request: CentreRequest, pk: int) -> HttpResponse:
    """Each empty seat with why nobody fills it and what could be done; each unmet wish with why."""
    plan = plan_of(request, pk)
    found = explanation(plan, at=request.centre.now())
    return render(request, "rota/plans/why.html", {"plan": plan, "found": found})


def _edit(request: CentreRequest, plan: Plan, place: Place, change: Callable[[int], Edited]) -> HttpResponse:
    """Does one change, or says why not: what somebody else did meanwhile is a 409, a hard rule a 422."""
    try:
        edited = change(number(request, "seen"))
    except NotAllowed as error:
        reasons = ", ".join(said_of(about.rule) for about in error.subjects)
        return _seat_page(request, plan, place, problem=f"{error} ({reasons})", status=422)
    except RotaError as error:
        return _seat_page(request, plan_of(request, plan.pk), place, problem=str(error), status=409)
    remember(request, plan, edited)
    return _to(plan, place.half_day.pk)


def _place(request: CentreRequest, plan: Plan, half_day: int, task: str) -> Place:
    """The seat that the address names, or 404."""
    found = HalfDay.objects.filter(
        centre=request.centre, pk=half_day, date__range=(plan.first_day, plan.last_day)
    ).first()
    duty, _colon, key = task.partition(":")
    if found is None or duty not in DutyKind.values or not (key == "" or (key.isdecimal() and len(key) < 19)):
        raise Http404
    theme = request.centre.themes.filter(pk=int(key)).first() if key else None
    slots = plan.slots.filter(half_day=found, duty=duty, theme=theme).select_related("person")
    asked = request.GET.get("who", "")
    slot = slots.filter(person=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
    return Place(found, duty, theme, slot, task)


def _seat_page(
    request: CentreRequest, plan: Plan, place: Place, *, problem: str = "", status: int = 200
) -> HttpResponse:
    found: list[Any] = []
    if plan.stage in (Plan.Stage.READY, Plan.Stage.FAILED):
        found = choices(plan, place.half_day, place.duty, place.theme, place.slot, at=request.centre.now())
    context = {
        "plan": plan,
        "place": place,
        "could": [one for one in found if not one.refused],
        "could_not": [(one, [HARD.get(rule, rule) for rule in one.refused]) for one in found if one.refused],
        "problem": problem,
    }
    return render(request, "rota/plans/seat.html", context, status=status)


def _to(plan: Plan, half_day: int | None = None) -> HttpResponse:
    """The draft, at the week of that half-day."""
    address = reverse("rota:plan", args=[plan.centre.slug, plan.pk])
    day = HalfDay.objects.filter(pk=half_day).values_list("date", flat=True).first() if half_day else None
    return redirect(f"{address}?week={day.isoformat()}#half-day-{half_day}" if day else address)
