"""One rota planned in a process of its own, scored by the checker, beside a greedy plan and “first free”: what bench/rota.py prints."""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import fmean
from typing import TypeVar

from bench.rota_centre import Scale, centre
from parvis.rota.planning.checker import Report, check
from parvis.rota.planning.first_free import first_free
from parvis.rota.planning.greedy import greedy
from parvis.rota.planning.plan import plan
from parvis.rota.planning.problem import Duty, Problem
from parvis.rota.planning.repair import repair

T = TypeVar("T")


@dataclass(frozen=True)
class Quality:
    """What a director sees of a plan."""

    cost: float
    coverage: float  # of all seats
    institutions: float  # on duty, on average
    enough: float  # of all half-days have the minimum of institutions
    uneven: float  # how far an institution is from what it owes in four weeks, on average, as a part of it
    off_habit: float  # of all duties are not at a habitual half-day and task
    broken: int


@dataclass(frozen=True)
class Case:
    """One planned rota."""

    people: int
    seats: int
    seconds: float
    processor: float
    gap: float
    bound: float
    proven: bool
    difference: float  # between the model's cost and the checker's, as a part of it
    memory: float  # MB at most
    planned: Quality
    greedy: Quality
    first_free: Quality
    problems: dict[str, float]  # rule → units of it
    first_problems: tuple[str, ...]


@dataclass(frozen=True)
class Repairs:
    """Absences repaired one by one, each alone."""

    seconds: tuple[float, ...]
    five: tuple[float, ...]  # with five ways to choose from
    proven: int
    broken: int
    changes: float
    open: int  # of these absences leave something open


def alone(work: Callable[..., T], *given: object) -> T:
    """A function's answer from a new process: the memory of one case is not that of another one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def planned(seed: int, scale: Scale, seconds: float) -> Case:
    """Plans one made-up centre."""
    return _measured(centre(seed, scale), seconds)[0]


def planned_and_repaired(seed: int, scale: Scale, seconds: float, absences: int) -> tuple[Case, Repairs]:
    """Plans one, and repairs it."""
    case, problem, duties = _measured(centre(seed, scale), seconds)
    return case, repaired(problem, duties, absences, seed)


def _measured(problem: Problem, seconds: float) -> tuple[Case, Problem, frozenset[Duty]]:
    started = time.process_time()
    found = plan(problem, seconds=seconds, gap=0.01)
    used = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    accustomed = problem.accustomed(found.habits)
    report = check(accustomed, found.duties)
    named = sorted(found.findings, key=lambda finding: (-finding.cost, repr(finding.about)))
    return (
        Case(
            people=len(problem.people),
            seats=sum(need.seats for need in problem.needs),
            seconds=found.seconds,
            processor=used,
            gap=found.gap,
            bound=found.bound,
            proven=found.proven,
            difference=abs(report.total - found.cost) / max(1.0, report.total),
            memory=memory,
            planned=quality(accustomed, found.duties, report),
            greedy=quality(accustomed, greedy(accustomed)),
            first_free=quality(accustomed, first_free(accustomed)),
            problems={rule: amount for rule, amount in report.amounts.items() if amount},
            first_problems=tuple(said(finding.about) for finding in named[:3]),
        ),
        accustomed,
        found.duties,
    )


def said(about: object) -> str:
    """A finding's subject in a line."""
    named = {name: getattr(about, name) for name in about.__slots__}
    return ", ".join(f"{name} {value}" for name, value in named.items() if value is not None)


def quality(problem: Problem, duties: frozenset[Duty], report: Report | None = None) -> Quality:
    """A plan by its duties alone."""
    report = report or check(problem, duties)
    people = {person.key: person for person in problem.people}
    slots = {slot.key: slot for slot in problem.slots}
    here: dict[int, set[int | None]] = {slot.key: set() for slot in problem.slots}
    for duty in duties:
        here[duty.slot].add(people[duty.person].institution)
    held = Counter[object]()
    for duty in duties:
        institution, slot = people[duty.person].institution, slots[duty.slot]
        for share in problem.shares:
            if share.institution == institution and share.first_day <= slot.day <= share.last_day:
                held[share] += slot.minutes
    owed = [share for share in problem.shares if share.minutes]
    seats = sum(need.seats for need in problem.needs)
    return Quality(
        cost=report.total,
        coverage=1 - report.amounts["uncovered"] / seats,
        institutions=fmean(len(those) for those in here.values()),
        enough=fmean(len(here[slot.key]) >= slot.institutions_min for slot in problem.slots),
        uneven=fmean(abs(held[share] - share.minutes) / share.minutes for share in owed),
        off_habit=report.amounts["habit"] / max(1, len(duties)),
        broken=len(report.broken),
    )


def repaired(problem: Problem, duties: frozenset[Duty], absences: int, seed: int) -> Repairs:
    """One absence after another, each from the same plan: the best repair, and for every fifth five ways to choose from."""
    chosen = random.Random(seed).choices(sorted(duties), k=absences)
    seconds, five, proven, broken, changes, still_open = [], [], 0, 0, 0, 0
    for number, duty in enumerate(chosen):
        started = time.monotonic()
        best = repair(problem, duties, {duty.person: [duty.slot]}, alternatives=1)[0]
        seconds.append(time.monotonic() - started)
        proven += best.proven
        broken += bool(check(problem, best.duties).broken) or duty in best.duties
        changes += best.changes
        still_open += bool(best.gaps)
        if number % 5 == 0:
            started = time.monotonic()
            repair(problem, duties, {duty.person: [duty.slot]}, alternatives=5)
            five.append(time.monotonic() - started)
    return Repairs(tuple(seconds), tuple(five), proven, broken, changes / absences, still_open)
