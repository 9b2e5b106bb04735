"""One worker computes one draft: shows that it is alive and how far it is, listens to “stop”, keeps what was found."""

from __future__ import annotations

import contextlib
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import task

from parvis.centres.models import Assignment
from parvis.rota.actions.solver import GAP, Died, Found, Job, Overran, Refused, Solver
from parvis.rota.duties import duty_of, task_of
from parvis.rota.models import Need, Plan, PlannedSlot
from parvis.rota.planning.problem import Problem, Progress
from parvis.rota.planning.wire import packed
from parvis.rota.queries.problem import plan_problem

BEAT = 1.0  # seconds between two signs of life
POINTS = 240  # of the progress that are kept
Stage = Plan.Stage


class Superseded(Exception):
    """Somebody else computes it now, or it was deleted: stop without a trace."""


@task()
def compute_plan(pk: int) -> None:
    """Computes the draft. It claims it first, so that a task that comes twice does nothing."""
    compute(pk)


def compute(pk: int) -> None:
    """Claims the draft, computes it, and says so where it cannot; what is published is never touched."""
    work = Computing.claim(pk)
    if work is None:
        return
    try:
        work.run()
    except Superseded:
        pass
    except (Died, Overran) as error:
        work.fail("died" if isinstance(error, Died) else "overran")
    except Exception:
        work.fail("error")
        raise
    except BaseException:
        work.let_go()
        raise


@dataclass
class Computing:
    """One worker's hold on one draft."""

    plan: Plan
    progress: list[list[float | None]] = field(default_factory=list)
    _told: float = field(default_factory=time.monotonic)

    @classmethod
    def claim(cls, pk: int) -> Computing | None:
        """Takes the draft where nobody alive computes it; else nothing."""
        now = timezone.now()
        with transaction.atomic():
            rows = Plan.objects.select_for_update(of=("self",)).select_related("centre")
            row = rows.filter(pk=pk, stage__in=(Stage.WAITING, Stage.COMPUTING)).first()
            if row is None or (row.worker and not row.is_silent(now)):
                return None
            row.stage, row.worker, row.beat_at, row.progress = Stage.COMPUTING, uuid4().hex, now, []
            row.save(update_fields=["stage", "worker", "beat_at", "progress"])
        return cls(row)

    def run(self) -> None:
        """The whole work. Raises ``Died``, ``Overran``, ``Superseded``."""
        problem = plan_problem(self.plan, at=self.plan.centre.now())
        self.tell()
        with Solver(Job(problem, float(self.plan.seconds), GAP)) as solver:
            found = self._wait(solver)
        if isinstance(found, Refused):
            self.fail("pins" if found.broken else "solver", broken=list(found.broken), words=found.words)
        elif found.report.broken:
            self.fail("broken", broken=list(found.report.broken))
        else:
            self._keep(problem, found)

    def _wait(self, solver: Solver) -> Found | Refused:
        while True:
            message = solver.next(BEAT)
            if isinstance(message, Found | Refused):
                return message
            if isinstance(message, Progress):
                self._note(message)
            if time.monotonic() - self._told >= BEAT and self.tell():
                solver.stop()

    def _note(self, progress: Progress) -> None:
        """One more point; the template of the fortnight, made first, is measured on another scale."""
        if progress.stage == "rota" and progress.cost is not None:
            point = [round(progress.seconds, 1), progress.cost, progress.bound]
            if self.progress[-1:] != [point]:
                self.progress.append(point)
        if len(self.progress) > POINTS:
            self.progress = self.progress[::2]

    def tell(self) -> bool:
        """A sign of life, and how far it is; returns whether it shall stop. Raises ``Superseded``."""
        self._told = time.monotonic()
        if not self._mine().update(beat_at=timezone.now(), progress=self.progress):
            raise Superseded
        return bool(self._mine().values_list("stop_asked", flat=True).first())

    @transaction.atomic
    def _keep(self, problem: Problem, found: Found) -> None:
        """The plan that was found becomes the draft; what was pinned stays as it is."""
        plan = self._mine().select_for_update().first()
        if plan is None:
            raise Superseded
        solution = found.solution
        pinned = set(plan.slots.filter(pinned=True).values_list("half_day", "person"))
        plan.slots.filter(pinned=False).delete()
        rooms = _rooms(problem)
        team = set(Assignment.objects.filter(centre=plan.centre_id).values_list("person", flat=True))
        PlannedSlot.objects.bulk_create(
            PlannedSlot(
                plan=plan,
                half_day_id=duty.slot,
                person_id=duty.person,
                duty=duty_of(duty.task)[0],
                theme_id=duty_of(duty.task)[1],
                space_id=rooms.get((duty.slot, duty.task)),
            )
            for duty in sorted(solution.duties)
            if (duty.slot, duty.person) not in pinned and duty.person in team
        )
        point = [round(solution.seconds, 1), solution.cost, solution.bound]
        self._end(
            Stage.READY,
            cost=solution.cost,
            bound=solution.bound,
            costs={rule: cost for rule, cost in found.report.costs.items() if cost},
            findings=packed(found.explained),
            progress=[*self.progress, point],
        )

    def fail(self, why: str, **more: Any) -> None:
        """Stopped for good, and why; the draft keeps what it had. Nothing where somebody else has it by now."""
        broken = [
            {"about": asdict(about), "duties": [[one.slot, one.task, one.person] for one in duties]}
            for about, duties in more.pop("broken", [])
        ]
        with contextlib.suppress(Superseded):
            self._end(Stage.FAILED, findings=[{"failed": why, "broken": broken} | more])

    def _end(self, stage: Plan.Stage, **fields: Any) -> None:
        ended = {"stage": stage, "worker": "", "beat_at": None, "stop_asked": False}
        if not self._mine().update(**ended, version=F("version") + 1, **fields):
            raise Superseded

    def let_go(self) -> None:
        """The process is told to stop: the next one need not wait until this one is missed."""
        self._mine().update(worker="", beat_at=None)

    def _mine(self) -> QuerySet[Plan]:
        return Plan.objects.filter(pk=self.plan.pk, worker=self.plan.worker, stage=Stage.COMPUTING)


def _rooms(problem: Problem) -> dict[tuple[int, str], int]:
    """Where each duty takes place, as its need says."""
    slots = [slot.key for slot in problem.slots]
    rows = Need.objects.filter(half_day__in=slots, space__isnull=False)
    return {(row.half_day_id, task_of(row.duty, row.theme_id)): row.space_id or 0 for row in rows}
