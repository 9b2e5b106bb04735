"""A draft is computed outside the web, in a process of its own; whatever happens to it, the published rota stays bit by bit."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from parvis.rota.actions import computing, solver
from parvis.rota.actions.computing import Computing, compute
from parvis.rota.actions.plans import (
    DraftChanged,
    NotAtRest,
    NothingNeeded,
    copy_plan,
    drop_plan,
    plan_again,
    revive_interrupted,
    start_plan,
    stop_plan,
)
from parvis.rota.explanations import explanation
from parvis.rota.factories import a_duty_slot, a_leave
from parvis.rota.models import DutySlot, HalfDay, Plan, PlannedSlot, Rota
from parvis.rota.planning.checker import broken
from parvis.rota.planning.findings import Gap
from parvis.rota.planning.wire import packed, unpacked
from parvis.rota.queries.problem import as_duties, plan_problem
from parvis.rota.tests.plan_scene import AT, MONDAY, SUNDAY, Scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    return Scene()


def published(centre):
    """The rows of the published rota, as the database has them."""
    return (
        list(DutySlot.objects.filter(centre=centre).order_by("pk").values_list()),
        list(Rota.objects.filter(centre=centre).values_list()),
    )


def computed(plan):
    compute(plan.pk)
    plan.refresh_from_db()
    return plan


def test_a_draft_is_computed_and_kept_with_its_bound(scene):
    plan = computed(scene.plan())
    assert (plan.stage, plan.worker, plan.beat_at) == ("ready", "", None)
    assert plan.slots.count() == 3 * 2 * 2 * 2
    assert plan.cost - plan.bound <= 0.01 * plan.cost + 1e-6
    problem = plan_problem(plan, at=AT)
    assert broken(problem, as_duties(plan.slots.all())) == ()
    assert plan.progress[-1][1:] == [plan.cost, plan.bound]


def test_the_same_key_is_the_same_draft_and_a_period_without_needs_is_none(scene):
    key = uuid4()
    made = [
        start_plan(centre=scene.centre, wanted=scene.wanted(), key=key, by=None, at=AT).pk for _ in range(2)
    ]
    assert (len(set(made)), Plan.objects.count()) == (1, 1)
    later = scene.wanted(first=SUNDAY + timedelta(days=1), last=SUNDAY + timedelta(days=8))
    with pytest.raises(NothingNeeded):
        start_plan(centre=scene.centre, wanted=later, key=uuid4(), by=None, at=AT)


def test_what_is_pinned_stays_and_pins_that_break_a_rule_are_told(scene):
    plan = scene.ready((scene.half_days[0], scene.people[5], scene.themes[1]))
    plan.slots.update(pinned=True)
    plan = plan_again(plan=plan, weights={}, seconds=10, seen=plan.version, at=AT)
    plan = computed(plan)
    assert plan.slots.get(pinned=True).person == scene.people[5]
    assert plan.slots.count() == 24
    a_leave(scene.people[5], scene.centre, MONDAY)
    plan = computed(plan_again(plan=plan, weights={}, seconds=10, seen=plan.version, at=AT))
    assert plan.stage == "failed"
    assert plan.findings[0]["failed"] == "pins"
    assert [one["about"]["rule"] for one in plan.findings[0]["broken"]] == ["available"]
    assert plan.slots.count() == 24  # what there was is still there


def test_two_workers_compute_it_once(scene):
    plan = scene.plan()
    first = Computing.claim(plan.pk)
    assert (first is not None, Computing.claim(plan.pk)) == (True, None)
    Plan.objects.filter(pk=plan.pk).update(beat_at=timezone.now() - timedelta(minutes=5))
    second = Computing.claim(plan.pk)
    assert second is not None
    with pytest.raises(computing.Superseded):
        first.tell()
    drop_plan(plan=plan)
    with pytest.raises(computing.Superseded):
        second.tell()


def test_pages_that_saw_another_draft_are_refused(scene):
    plan = scene.ready()
    with pytest.raises(DraftChanged):
        plan_again(plan=plan, weights={}, seconds=10, seen=plan.version + 1, at=AT)
    plan_again(plan=plan, weights={}, seconds=10, seen=plan.version, at=AT)
    with pytest.raises(NotAtRest):
        plan_again(plan=plan, weights={}, seconds=10, seen=plan.version + 1, at=AT)


def test_a_copy_is_a_draft_of_its_own(scene):
    plan = scene.ready((scene.half_days[0], scene.people[0], scene.themes[0]))
    key = uuid4()
    copies = {copy_plan(plan=plan, name="What if", key=key, by=None, at=AT).pk for _ in range(2)}
    assert len(copies) == 1
    copy = Plan.objects.get(pk=copies.pop())
    assert (copy.stage, copy.slots.get().person) == ("ready", scene.people[0])
    drop_plan(plan=copy)
    assert plan.slots.count() == 1


def slow(scene, monkeypatch):
    """A draft whose solver hangs until it is killed or told to stop."""
    sleeper = "import sys,select;sys.stdin.buffer.read(8);select.select([],[],[],600)"
    popen = subprocess.Popen
    started = []

    def hang(_command, **more):
        process = popen([sys.executable, "-c", sleeper], **more)
        started.append(process)
        return process

    monkeypatch.setattr(solver.subprocess, "Popen", hang)
    return scene.plan(seconds=10), started


def in_background(plan):
    def work():
        try:
            compute(plan.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def until(condition):
    ends = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_killed_solver_leaves_the_worker_alive_and_the_rota_as_it_was(scene, monkeypatch):
    a_duty_slot(scene.centre, scene.people[0], MONDAY, theme=scene.themes[0])
    before = published(scene.centre)
    plan, started = slow(scene, monkeypatch)
    thread = in_background(plan)
    until(lambda: started)
    os.kill(started[0].pid, signal.SIGKILL)
    thread.join(timeout=30)
    plan.refresh_from_db()
    assert (plan.stage, plan.findings[0]["failed"]) == ("failed", "died")
    assert published(scene.centre) == before


def test_a_solver_beyond_its_time_is_ended(scene, monkeypatch):
    before = published(scene.centre)
    monkeypatch.setattr(solver, "GRACE", -9.0)  # of ten seconds
    plan, started = slow(scene, monkeypatch)
    compute(plan.pk)
    plan.refresh_from_db()
    assert (plan.stage, plan.findings[0]["failed"]) == ("failed", "overran")
    assert started[0].poll() is not None
    assert published(scene.centre) == before


def test_a_dropped_draft_ends_its_solver(scene, monkeypatch):
    plan, started = slow(scene, monkeypatch)
    thread = in_background(plan)
    until(lambda: started)
    drop_plan(plan=plan)
    thread.join(timeout=30)
    assert started[0].poll() is not None
    assert PlannedSlot.objects.count() == 0


def test_the_best_plan_so_far_can_be_taken():
    scene = Scene(days=5, people=12)
    plan = scene.plan(seconds=300)
    stop_plan(plan=plan)
    plan = computed(plan)
    assert (plan.stage, plan.stop_asked) == ("ready", False)
    assert plan.slots.count() > 0


def test_a_draft_whose_worker_was_killed_is_computed_again(scene):
    plan = scene.plan()
    assert Computing.claim(plan.pk) is not None  # and then it was killed
    now = timezone.now()
    assert revive_interrupted(at=now) == 0
    Plan.objects.filter(pk=plan.pk).update(beat_at=now - timedelta(minutes=2))
    assert revive_interrupted(at=now) == 1
    assert computed(plan).stage == "ready"


def test_what_is_missing_is_explained_in_sentences():
    scene = Scene(people=3)
    plan = computed(scene.plan())
    assert plan.slots.count() == 3 * 2 * 3
    found = unpacked(plan.findings)
    assert packed(found) == plan.findings
    gaps = [one for one in found if isinstance(one, Gap)]
    assert len(gaps) > 0
    said = explanation(plan, at=AT)
    assert len(said.gaps) == len(gaps)
    assert "seat is empty" in said.gaps[0].first
    a_duty_slot(scene.centre, scene.people[0], MONDAY, theme=scene.themes[0])
    HalfDay.objects.filter(pk__in=gaps[0].slots).exclude(duty_slots__isnull=False).delete()
    assert len(explanation(plan, at=AT).gaps) <= len(
        gaps
    )  # what is about a half-day that is gone is left out
