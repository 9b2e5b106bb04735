"""Drafts of the rota: one that is ready with somebody pinned, its copy, one that is being planned, one that failed; a deed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from parvis.rota.actions.changing import Altered, change_slots, lock_rota
from parvis.rota.factories import a_half_day, a_need, terms_for
from parvis.rota.models import Change, DutySlot, Plan, PlannedSlot, Terms

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


@transaction.atomic
def some_drafts(scene: Scene, at: datetime) -> None:
    """For a week far away from everything else."""
    centre, people = scene.centre, scene.people
    theme = centre.themes.get(key="train")
    day = centre.local_day(at) + timedelta(days=203)
    half_day = a_half_day(centre, day)
    a_need(half_day, theme)
    if not Terms.objects.filter(centre=centre, person=people["calling"]).exists():
        terms_for(people["calling"], centre, theme)
    stages = (Plan.Stage.READY, Plan.Stage.READY, Plan.Stage.COMPUTING, Plan.Stage.FAILED)
    drafts = [
        Plan.objects.create(
            key=uuid4(),
            centre=centre,
            name=f"Draft {number}",
            first_day=day,
            last_day=day + timedelta(days=6),
            stage=stage,
            made_at=at,
            progress=[[1.0, 50.0, 20.0], [2.0, 40.0, 30.0]],
            beat_at=datetime.max.replace(tzinfo=at.tzinfo, year=9000),
        )
        for number, stage in enumerate(stages, 1)
    ]
    for plan in drafts[:2]:
        PlannedSlot.objects.create(
            plan=plan, half_day=half_day, person=people["calling"], duty="advice", theme=theme, pinned=True
        )
    for name, plan in zip(("draft", "copy", "planning", "no plan"), drafts, strict=True):
        scene.rows[name] = plan.pk
    scene.rows["draft's half-day"], scene.rows["draft's task"] = half_day.pk, f"advice:{theme.pk}"
    slot = DutySlot.objects.filter(centre=centre, person=people["talking"]).latest("pk")
    change_slots(
        rota=lock_rota(centre),
        deed=uuid4(),
        kind=Change.Kind.CHANGED,
        changes=[Altered(slot, theme=centre.themes.get(key="job"))],
        by=people["staff"],
        at=at,
    )
