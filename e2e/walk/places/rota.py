"""Duty slots and plans, who covers, seasons and calls, hours."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import At, Place
from e2e.walk.scene import Scene
from parvis.partners.models import Relation


def places(scene: Scene) -> Iterator[Place]:
    yield from _rota(scene)
    yield from _covering(scene)
    yield from _ground(scene)


def _rota(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("rota:availability")
    yield at("rota:availability_of", person_id=scene.people["calling"].pk)
    for name in ("this_week", "this_month", "today", "mine", "feeds"):
        yield at(f"rota:{name}")
    yield at("rota:mine", "calling")
    yield at("rota:this_week", "plain", "?gaps=1")
    yield at("rota:week", "coordinator", day=scene.rows["yesterday"])
    yield at("rota:month", day="2030-01-01")
    yield at("rota:theme", key="train")
    yield at("rota:theme_from", key="train", day="2030-01-01")
    yield at("rota:person", person_id=scene.people["calling"].pk)
    for name in ("plans", "plan_new", "history"):
        yield at(f"rota:{name}")
    for name in ("draft", "planning", "no plan"):
        yield at("rota:plan", pk=scene.rows[name])
    draft = {"pk": scene.rows["draft"]}
    yield at("rota:plan_publish", **draft)
    yield at("rota:plan_why", **draft)
    yield at("rota:plan_compare", **draft, other=scene.rows["copy"])
    seat = draft | {"half_day": scene.rows["draft's half-day"], "task": scene.rows["draft's task"]}
    yield at("rota:plan_seat", **seat)
    yield at("rota:plan_seat", "staff", f"?who={scene.people['calling'].pk}", **seat)


def _covering(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    lender = Relation.objects.get(pk=scene.rows["institution"]).institution_id
    yield at("rota:asked", "calling")
    yield at("rota:asked", "talking")
    yield at("rota:exchange", "calling", slot=scene.rows["calling_slot"])
    yield at("rota:absence", "calling")
    yield at("rota:absence_of", person_id=scene.people["calling"].pk)
    yield at("rota:absences")
    yield at("rota:absences", "coordinator")
    yield at("rota:absence_slot", slot=scene.rows["absent_slot"])
    yield at("rota:duty_today")
    yield at("rota:duty_day", day=scene.rows["yesterday"])
    yield at("rota:duty_slot", slot=scene.rows["absent_slot"])
    yield at("rota:held_time", pk=scene.rows["held"])
    yield at("rota:ledger")
    yield at("rota:plurality")
    yield at("rota:plurality", "plain", "?period=2026-Q1")
    yield at("rota:control")
    yield at("rota:control_of", day=scene.rows["look ahead"])
    yield at("rota:ledger", "staff", "?period=2026")
    yield at("rota:ledger_own", "several")
    yield at("rota:ledger_partner", institution=lender)
    yield at("rota:ledger_partner", "coordinator", "?period=2026-03", institution=lender)


def _ground(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    for name in ("needs", "new_season", "make", "calendar", "extra_half_day", "school_holidays"):
        yield at(f"rota:{name}")
    for name in ("season", "change_season", "new_half_day"):
        yield at(f"rota:{name}", pk=scene.rows["season"])
    yield at("rota:half_day", pk=scene.rows["season"], half_day=scene.rows["season half-day"])
    yield at("rota:calendar_of", day="2026-04-01")
    yield at("rota:date", pk=scene.rows["half-day"])
    for who in ("staff", "coordinator"):
        for name in ("team", "calls"):
            yield at(f"rota:{name}", who)
        yield at("rota:call", who, pk=scene.rows["roster call"])
    yield at("rota:terms", person_id=scene.people["calling"].pk)
    yield at("rota:new_call")
    yield at("rota:school_holiday", pk=scene.rows["school holiday"])
