"""A draft of what comes after the published rota of a demonstration centre, with somebody pinned in it, and another one beside it.

The background worker computes both, so that the first start waits for neither.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django_tasks import task

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.demonstration.ground import Ground
from parvis.rota.actions.computing import compute
from parvis.rota.actions.drafting import pin
from parvis.rota.actions.plans import Wanted, copy_plan, plan_again, start_plan
from parvis.rota.models import Plan
from parvis.rota.priorities import Step, weights_of

SPACE = UUID("8c0f6a53-6a55-4c1b-a1a4-6bb7d8d2b7a1")
WEEKS = timedelta(weeks=4)
SECONDS = 8  # for each of them
NAMES = {
    "fr": ("Premier essai", "Plus d’habitudes"),
    "fi": ("Ensimmäinen luonnos", "Enemmän tottumuksia"),
}


def draft_ahead(ground: Ground, first: date, at: datetime) -> Plan:
    """Begin a draft of the four weeks from ``first`` on; the worker finishes it."""
    centre = ground.centre
    name, _other = NAMES.get(centre.language, NAMES["fr"])
    by = User.objects.filter(assignments__centre=centre, assignments__role=Role.DIRECTOR).first()
    wanted = Wanted(name, first, first + WEEKS - timedelta(days=1), weights_of({}), SECONDS)
    key = uuid5(SPACE, f"{ground.seed}/{centre.slug}")
    plan = Plan.objects.filter(key=key).first()
    if plan is None:
        with transaction.atomic():
            transaction.on_commit(lambda: finish_draft.enqueue(str(key)))  # before the planner's own task
            plan = start_plan(centre=centre, wanted=wanted, key=key, by=by, at=at)
    return plan


@task()
def finish_draft(key: str) -> bool:
    """Has the draft computed, pins somebody in it, and tries it otherwise. Again, or where somebody was faster, nothing happens."""
    plan = Plan.objects.select_related("centre", "made_by").get(key=key)
    compute(plan.pk)
    plan.refresh_from_db()
    slot = plan.slots.order_by("half_day__date", "half_day__starts", "theme__position", "pk").first()
    if plan.stage != Plan.Stage.READY or slot is None or plan.slots.filter(pinned=True).exists():
        return False
    pin(plan=plan, slot=slot, pinned=True, seen=plan.version)
    _try_otherwise(plan)
    return True


def _try_otherwise(plan: Plan) -> None:
    """The same weeks where it matters more that people keep their half-days."""
    _first, name = NAMES.get(plan.centre.language, NAMES["fr"])
    now = plan.centre.now()
    other = copy_plan(plan=plan, name=name, key=uuid5(SPACE, str(plan.key)), by=plan.made_by, at=now)
    weights = weights_of({"habits": Step.VERY})
    plan_again(plan=other, weights=weights, seconds=SECONDS, seen=other.version, at=now)
    compute(other.pk)
