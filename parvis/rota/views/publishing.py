"""Publishing a draft: first who is affected and what is wrong or missing, then the deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.publishing import NotConfirmed, Seen, publish_plan
from parvis.rota.duties import duty_of
from parvis.rota.models import Change, DutyKind, HalfDay, Plan, Rota
from parvis.rota.queries.proposals import Fault, Gap, Proposal, proposal
from parvis.rota.rule_words import said_of
from parvis.rota.views.found import number, plan_of


@dataclass(frozen=True)
class FaultLine:
    """A broken rule in words."""

    half_day: HalfDay | None
    who: str
    words: str


@dataclass(frozen=True)
class GapLine:
    """Something missing in words."""

    gap: Gap
    half_day: HalfDay
    lane: str


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.PLAN_ROTA)
def plan_publish(request: CentreRequest, pk: int) -> HttpResponse:
    """Who is affected until which day; then, once nothing is wrong and what is missing was seen, publishes."""
    plan = plan_of(request, pk)
    until = _until(request, plan)
    if request.method == "GET":
        return _page(request, plan, until)
    seen = Seen(
        number(request, "seen"),
        number(request, "rota"),
        frozenset(request.POST.getlist("gap")) if request.POST.get("confirm") else frozenset(),
    )
    try:
        deed = UUID(str(request.POST.get("key", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    try:
        slots = publish_plan(
            plan=plan, until=until, seen=seen, deed=deed, by=request.user, at=request.centre.now()
        )
    except NotConfirmed as error:
        return _page(request, plan_of(request, pk), until, problem=str(error), status=422)
    except RotaError as error:
        return _page(request, plan_of(request, pk), until, problem=str(error), status=409)
    count = len({slot.person_id for slot in slots})
    said = ngettext(
        "Published. %(count)s person is told what changes for them.",
        "Published. %(count)s people are told what changes for them.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("rota:plan", centre=request.centre.slug, pk=plan.pk)


def _until(request: CentreRequest, plan: Plan) -> date:
    """The day until which it is published: the last one, unless another was asked for."""
    try:
        day = date.fromisoformat(str((request.POST or request.GET).get("until", "")))
    except ValueError:
        return plan.last_day
    return min(max(day, plan.first_day), plan.last_day)


def _page(
    request: CentreRequest, plan: Plan, until: date, *, problem: str = "", status: int = 200
) -> HttpResponse:
    if plan.stage != Plan.Stage.READY:
        if problem:
            messages.error(request, problem)
        return redirect("rota:plan", centre=plan.centre.slug, pk=plan.pk)
    found = proposal(plan, until, at=request.centre.now())
    rota = Rota.objects.filter(centre=plan.centre).first()
    context: dict[str, Any] = {
        "plan": plan,
        "until": until,
        "found": found,
        "faults": _faults(found),
        "gaps": _gaps(found, plan),
        "rota_version": rota.version if rota else 0,
        "moved": _moved(plan, rota),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "rota/plans/publish.html", context, status=status)


def _moved(plan: Plan, rota: Rota | None) -> int:
    """How often the published rota was changed since the draft was begun, by something else than this draft."""
    if rota is None or rota.version == plan.rota_version:
        return 0
    changes = Change.objects.filter(centre=plan.centre, at__gte=plan.made_at)
    if plan.published_at:  # a part of it is published already
        changes = changes.exclude(at=plan.published_at)
    return changes.values("deed").distinct().count()


def _faults(found: Proposal) -> list[FaultLine]:
    names = User.objects.in_bulk({fault.person_id for fault in found.faults if fault.person_id})
    return [
        FaultLine(_half_day(found, fault), _who(names, fault), said_of(fault.rule)) for fault in found.faults
    ]


def _half_day(found: Proposal, fault: Fault) -> HalfDay | None:
    return found.half_days.get(fault.half_day_id or 0)


def _who(names: dict[int, User], fault: Fault) -> str:
    return names[fault.person_id].name if fault.person_id in names else ""


def _gaps(found: Proposal, plan: Plan) -> list[GapLine]:
    themes = {theme.pk: str(theme.name) for theme in Theme.objects.filter(centre=plan.centre)}
    lines = []
    for gap in found.gaps:
        duty, theme = duty_of(gap.task) if gap.task else ("", None)
        lane = themes.get(theme, "") if theme else (str(DutyKind(duty).label) if duty else "")
        lines.append(GapLine(gap, found.half_days[gap.half_day_id], lane))
    return lines
