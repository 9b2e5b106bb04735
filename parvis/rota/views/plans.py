"""Drafts of the rota: begun, watched, computed again, copied, dropped."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions import plans as actions
from parvis.rota.actions.errors import RotaError
from parvis.rota.forms.plans import AimsForm, PlanForm
from parvis.rota.models import Plan
from parvis.rota.queries.drafts import draft_week, plans_of, weeks_of
from parvis.rota.queries.progress import failure, progress
from parvis.rota.views.found import last_edit, number, plan_of


@require_GET
@centre_page(Permission.PLAN_ROTA)
def plans(request: CentreRequest) -> HttpResponse:
    """Every draft, the newest first."""
    return render(request, "rota/plans/list.html", {"plans": plans_of(request.centre)})


@require_http_methods(["GET", "POST"])
@centre_page(Permission.PLAN_ROTA)
def plan_new(request: CentreRequest) -> HttpResponse:
    """What is to be planned, and what matters in it."""
    centre = request.centre
    form = PlanForm(request.POST or None, today=centre.local_day(centre.now()))
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            plan = actions.start_plan(
                centre=centre, wanted=form.wanted(), key=key, by=request.user, at=centre.now()
            )
            return _to(plan)
        except RotaError as error:
            form.add_error(None, str(error))
    return render(request, "rota/plans/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
@centre_page(Permission.PLAN_ROTA)
def plan(request: CentreRequest, pk: int) -> HttpResponse:
    """A draft: how far it is, why it failed, or its weeks."""
    found = plan_of(request, pk)
    return render(request, "rota/plans/plan.html", _shown(request, found))


@never_cache
@require_GET
@centre_page(Permission.PLAN_ROTA)
def plan_progress(request: CentreRequest, pk: int) -> HttpResponse:
    """How far it is; one whose worker was killed is started again, and a page whose draft is done shows it."""
    found = actions.revive_plan(plan=plan_of(request, pk))
    if found.stage not in actions.RUNNING:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "rota/plans/_progress.html", {"plan": found, "progress": progress(found)})


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_stop(request: CentreRequest, pk: int) -> HttpResponse:
    """“Take the best so far.”"""
    found = plan_of(request, pk)
    actions.stop_plan(plan=found)
    return _to(found)


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_again(request: CentreRequest, pk: int) -> HttpResponse:
    """Computes it again with other aims; what is pinned stays."""
    found = plan_of(request, pk)
    form = AimsForm(request.POST, weights=found.weights)
    if not form.is_valid():
        raise Http404  # only what the page offers
    try:
        actions.plan_again(
            plan=found,
            weights=form.weights,
            seconds=int(form.cleaned_data["seconds"]),
            seen=number(request, "seen"),
            at=request.centre.now(),
        )
    except RotaError as error:
        return _refused(request, found, error)
    return _to(found)


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_copy(request: CentreRequest, pk: int) -> HttpResponse:
    """“What if”: a draft of its own with the same people in it."""
    found = plan_of(request, pk)
    name = _("%(name)s, tried otherwise") % {"name": found.name}
    try:
        key = UUID(str(request.POST.get("key", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    copy = actions.copy_plan(plan=found, name=name[:80], key=key, by=request.user, at=request.centre.now())
    messages.success(request, _("This is a copy: change it, or plan it again, and compare the two."))
    return _to(copy)


@require_POST
@centre_page(Permission.PLAN_ROTA)
def plan_drop(request: CentreRequest, pk: int) -> HttpResponse:
    """Deletes a draft; what is published stays."""
    try:
        actions.drop_plan(plan=plan_of(request, pk))
        messages.success(request, _("The draft is deleted. What is published stays as it is."))
    except RotaError as error:
        messages.error(request, str(error))
    return redirect("rota:plans", centre=request.centre.slug)


def _to(plan: Plan) -> HttpResponse:
    return redirect("rota:plan", centre=plan.centre.slug, pk=plan.pk)


def _refused(request: CentreRequest, plan: Plan, error: RotaError) -> HttpResponse:
    """The draft as it is now, and why nothing was done: 409, so that nobody thinks that it was."""
    now = plan_of(request, plan.pk)
    return render(request, "rota/plans/plan.html", _shown(request, now) | {"problem": str(error)}, status=409)


def _shown(request: CentreRequest, plan: Plan) -> dict[str, Any]:
    """What the page of a draft shows at its stage."""
    context: dict[str, Any] = {"plan": plan, "key": uuid4()}
    if plan.stage in actions.RUNNING:
        return context | {"progress": progress(plan)}
    weeks = weeks_of(plan)
    context |= {
        "weeks": weeks,
        "missing": sum(week.missing for week in weeks),
        "week": draft_week(plan, _day(request, plan)),
        "failure": failure(plan) if plan.stage == Plan.Stage.FAILED else None,
        "form": AimsForm(weights=plan.weights, initial={"seconds": str(plan.seconds)}),
        "undo": last_edit(request, plan),
        "gap": _gap(plan),
        "others": [
            one
            for one in plans_of(request.centre)
            if one.pk != plan.pk and (one.first_day, one.last_day) == (plan.first_day, plan.last_day)
        ],
    }
    return context


def _gap(plan: Plan) -> float | None:
    """How far it can be from the best possible one, in percent."""
    if plan.cost is None or plan.bound is None:
        return None
    return 0.0 if plan.cost <= plan.bound else 100 * (plan.cost - plan.bound) / plan.cost


def _day(request: CentreRequest, plan: Plan) -> date:
    """The day whose week is shown: the one that was asked for, else the first one."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return plan.first_day
    return min(max(day, plan.first_day), plan.last_day)
