"""What publishing a draft would do: who comes, who goes, what stays, and what would be wrong with it. Read afresh each time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from parvis.accounts.models import User
from parvis.rota.models import DutySlot, HalfDay, Plan, PlannedSlot
from parvis.rota.planning.checker import broken
from parvis.rota.planning.problem import Duty, Problem, Subject
from parvis.rota.queries.problem import as_duty, problem_for

State = DutySlot.State


@dataclass(frozen=True)
class Move:
    """One slot of the published rota that changes: ``slot`` as it is, ``planned`` as it shall be; None where there is none."""

    half_day: HalfDay
    person: User
    slot: DutySlot | None
    planned: PlannedSlot | None

    @property
    def what(self) -> str:
        """“comes”, “goes” or “changes”."""
        if self.planned is None:
            return "goes"
        return "changes" if self.slot and self.slot.state == State.PLANNED else "comes"


@dataclass(frozen=True)
class Fault:
    """A rule that always holds and would be broken."""

    rule: str
    person_id: int | None
    half_day_id: int | None
    subject: Subject


@dataclass(frozen=True)
class Gap:
    """Something that is missing, which whoever publishes must have seen."""

    rule: str  # uncovered, language, below_minimum
    half_day_id: int
    task: str
    language: str
    missing: int

    @property
    def key(self) -> str:
        """What is confirmed: exactly this much is missing there."""
        return f"{self.rule}/{self.half_day_id}/{self.task}/{self.language}/{self.missing}"


@dataclass(frozen=True)
class Proposal:
    """A draft held against what is published."""

    moves: list[Move]
    same: int
    faults: list[Fault]
    gaps: list[Gap]
    half_days: dict[int, HalfDay]

    @property
    def affected(self) -> list[tuple[User, list[Move]]]:
        """Whom it concerns, by name, with what changes for them in the order of time."""
        found: dict[User, list[Move]] = defaultdict(list)
        for move in self.moves:
            found[move.person].append(move)
        return sorted(found.items(), key=lambda pair: (pair[0].name, pair[0].pk))


def proposal(plan: Plan, until: date, *, at: datetime) -> Proposal:
    """What publishing ``plan`` until that day, it included, would change; what has begun at ``at`` stays as it is."""
    period = HalfDay.objects.filter(centre=plan.centre).between(plan.first_day, plan.last_day)
    half_days = {one.pk: one for one in period.select_related("centre", "site")}
    scope = {
        key for key, one in half_days.items() if one.date <= until and one.bounds[0] > at
    }  # what can still be changed
    planned = list(plan.slots.select_related("person", "theme", "space").filter(half_day__in=half_days))
    slots = DutySlot.objects.filter(half_day__in=half_days, person__isnull=False).order_by("pk")
    published = list(slots.select_related("person", "theme", "space"))
    moves, same = _moves(half_days, scope, planned, published)
    stay = [one for one in published if one.state == State.PLANNED and one.half_day_id not in scope]
    duties = frozenset(map(as_duty, stay)) | {as_duty(one) for one in planned if one.half_day_id in scope}
    problem = problem_for(plan.centre, plan.first_day, plan.last_day, at=at)
    faults, known = _faults(problem, duties, scope)
    return Proposal(moves, same, faults, list(_gaps(problem, known, scope)), half_days)


def _moves(
    half_days: dict[int, HalfDay], scope: set[int], planned: list[PlannedSlot], published: list[DutySlot]
) -> tuple[list[Move], int]:
    """Unchanged slots are not touched; one that was cancelled comes back as itself."""
    now = {(one.half_day_id, one.person_id or 0): one for one in published if one.state == State.CANCELLED}
    now |= {(one.half_day_id, one.person_id or 0): one for one in published if one.state == State.PLANNED}
    then = {(one.half_day_id, one.person_id): one for one in planned if one.half_day_id in scope}
    moves, same = [], 0
    for key in now.keys() | then.keys():
        slot, wanted = now.get(key), then.get(key)
        if key[0] not in scope or (wanted is None and slot and slot.state != State.PLANNED):
            continue
        if slot and wanted and slot.state == State.PLANNED and _place(slot) == _place(wanted):
            same += 1
            continue
        person = (wanted or slot).person  # type: ignore[union-attr]  # one of them is there
        if person:
            moves.append(Move(half_days[key[0]], person, slot, wanted))
    return sorted(moves, key=lambda it: (it.half_day.date, it.half_day.starts, it.person.name)), same


def _place(slot: PlannedSlot | DutySlot) -> tuple[Any, ...]:
    return slot.duty, slot.theme_id, slot.space_id


def _faults(
    problem: Problem, duties: frozenset[Duty], scope: set[int]
) -> tuple[list[Fault], frozenset[Duty]]:
    """What the checker, which knows nothing of the planner, finds broken by what would be changed; and who is still known."""
    people = {person.key for person in problem.people}
    gone = sorted({duty for duty in duties if duty.person not in people})
    known = frozenset(duties - set(gone))
    faults = [
        Fault("team", duty.person, duty.slot, Subject("team", slot=duty.slot, person=duty.person))
        for duty in gone
        if duty.slot in scope
    ]
    for about, those in broken(problem, known):
        mine = [duty for duty in those if duty.slot in scope]
        if mine:
            faults.append(Fault(about.rule, about.person, about.slot or mine[0].slot, about))
    return faults, known


def _gaps(problem: Problem, duties: frozenset[Duty], scope: set[int]) -> list[Gap]:
    """Seats, speakers and institutions that are missing."""
    people = {person.key: person for person in problem.people}
    seated: dict[tuple[int, str], list[int]] = defaultdict(list)
    for duty in duties:
        seated[duty.slot, duty.task].append(duty.person)
    found = []
    for need in problem.needs:
        if need.slot not in scope:
            continue
        here = [people[key] for key in seated[need.slot, need.task]]
        if (missing := need.seats - len(here)) > 0:
            found.append(Gap("uncovered", need.slot, need.task, "", missing))
        spoken = Counter(language for person in here for language in person.languages)
        found += [
            Gap("language", need.slot, need.task, language, count - spoken[language])
            for language, count in need.languages
            if count > spoken[language]
        ]
    for slot in problem.slots:
        here_from = {people[duty.person].institution for duty in duties if duty.slot == slot.key}
        if slot.key in scope and slot.institutions_min > len(here_from):
            missing = slot.institutions_min - len(here_from)
            found.append(Gap("below_minimum", slot.key, "", "", missing))
    order = {slot.key: slot.start for slot in problem.slots}
    return sorted(found, key=lambda gap: (order[gap.half_day_id], gap.key))
