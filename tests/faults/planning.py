"""A draft under way, told and looked at from outside: a command a line on standard input, an answer in JSON a line.

``make``: a centre with a published rota, and a draft that waits for the planner. ``look``: how far it is, and what its page says.
``rota``: the published rota as the database has it. ``age``: as if two minutes had passed since the last sign of life. ``again``: it is
planned once more. ``stop``: the best plan so far is taken. ``drop``: it is deleted.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.db import connection
from django.db.models import F

from parvis.rota.actions.plans import drop_plan, plan_again, stop_plan
from parvis.rota.factories import a_duty_slot
from parvis.rota.models import Change, DutySlot, Plan, PlannedSlot, Rota
from parvis.rota.queries.progress import failure, progress
from parvis.rota.tests.plan_scene import Scene


def make() -> dict[str, object]:
    today = datetime.now(UTC).date()
    scene = Scene(
        monday=today + timedelta(days=14 - today.weekday())
    )  # what is long over, a worker forgets at once
    a_duty_slot(scene.centre, scene.people[0], scene.monday, theme=scene.themes[0])
    Rota.objects.create(centre=scene.centre, version=7)
    return {"plan": scene.plan(seconds=10).pk}


def look() -> dict[str, object]:
    plan = Plan.objects.filter().first()
    if plan is None:
        return {"stage": "gone", "slots": PlannedSlot.objects.count()}
    failed = plan.stage == Plan.Stage.FAILED
    words = failure(plan).words if failed else progress(plan).again
    return {"stage": plan.stage, "slots": plan.slots.count(), "words": words, "worker": bool(plan.worker)}


def rota() -> dict[str, object]:
    rows = [DutySlot, Rota, Change]
    return {one.__name__: repr(list(one.objects.order_by("pk").values_list())) for one in rows}


def age() -> dict[str, object]:
    Plan.objects.update(beat_at=F("beat_at") - timedelta(minutes=2))
    return {}


def again() -> dict[str, object]:
    plan = Plan.objects.get()
    plan_again(plan=plan, weights={}, seconds=10, seen=plan.version, at=datetime.now(UTC))
    return {}


def stop() -> dict[str, object]:
    stop_plan(plan=Plan.objects.get())
    return {}


def drop() -> dict[str, object]:
    drop_plan(plan=Plan.objects.get())
    return {}


COMMANDS = {one.__name__: one for one in (make, look, rota, age, again, stop, drop)}

if __name__ == "__main__":
    for said in sys.stdin:
        sys.stdout.write(json.dumps(COMMANDS[said.strip()]()) + "\n")
        sys.stdout.flush()
        connection.close()
