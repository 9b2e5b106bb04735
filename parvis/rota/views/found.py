"""How a view finds a draft of its centre, and what it was changed in by hand."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404

from parvis.centres.scope import CentreRequest
from parvis.rota.actions.drafting import Edited, Placed
from parvis.rota.models import Plan

MOST = 20  # changes by hand that can be taken back


def plan_of(request: CentreRequest, pk: int) -> Plan:
    """A draft of this centre. Raises ``Http404``."""
    plan = Plan.objects.select_related("centre", "made_by").filter(centre=request.centre, pk=pk).first()
    if plan is None:
        raise Http404
    return plan


def number(request: CentreRequest, name: str) -> int:
    """A whole number that the page sent. Raises ``Http404`` for anything else."""
    text = str(request.POST.get(name, ""))
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def remember(request: CentreRequest, plan: Plan, edited: Edited) -> None:
    """Keeps what can be taken back with the person's own session."""
    steps = [*request.session.get(_name(plan), []), asdict(edited)]
    request.session[_name(plan)] = steps[-MOST:]


def last_edit(request: CentreRequest, plan: Plan) -> Edited | None:
    """One's last change of the draft by hand, where nothing came after it."""
    steps = request.session.get(_name(plan), [])
    if not steps or steps[-1]["version"] != plan.version:
        return None
    last = steps[-1]
    placed = {side: tuple(Placed(**one) for one in last[side]) for side in ("removed", "added")}
    return Edited(last["version"], placed["removed"], placed["added"])


def forget_last(request: CentreRequest, plan: Plan, version: int) -> None:
    """It was taken back: the one before it is next, and fits the draft as it is now."""
    steps = request.session.get(_name(plan), [])[:-1]
    if steps:
        steps[-1] = steps[-1] | {"version": version}
    request.session[_name(plan)] = steps


def _name(plan: Plan) -> str:
    return f"rota-draft-{plan.pk}"
