"""Explains a plan: why each place is open, who could learn, which changes would fill it; why each wish was not met.

Nothing is guessed. Each person's obstacle is a rule that the independent checker finds broken when they take the place. Whether a
place can be filled at all is settled by the solver for the weeks that can matter: the fewest changes that fill it, or a proof that
no plan keeps all the other places filled as well, with the smallest set of rules that contradict each other.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .conflicts import Conflict, Demand, conflict
from .findings import Explained, FewInstitutions, Gap, Obstacle, Proof, Reason, ShareMissed
from .highs import THREADS, SolverError
from .problem import Duty, Need, Problem, Share, Slot
from .repair import NoRepairError, Proposal, Wanted, fill
from .swaps import Standing
from .windows import window_of
from .wishing import unmet_wishes

LIMITS = ("per_day", "per_week", "days_in_a_row", "rest")
ONE_PLACE = 3.0  # seconds for one place at most
WAYS = 3


@dataclass(frozen=True, slots=True)
class _Open:
    """One open place at one half-day."""

    slot: Slot
    need: Need
    language: str | None
    missing: int
    reason: Reason
    obstacles: dict[str, list[int]]
    learners: list[int]


def explain(
    problem: Problem, duties: Iterable[Duty], *, seconds: float = 20.0, threads: int = THREADS
) -> list[Explained]:
    """All that a plan leaves undone, with why: gaps first, in the order of time, then institutions, shares, and wishes.

    Of the time, places are proven one after the other; those for which it is too short have ``Proof.UNKNOWN``.
    """
    standing = Standing(problem, duties)
    until = time.monotonic() + seconds
    runs = _runs(problem, list(_open_places(standing)))
    gaps = [_gap(standing, run, until, threads) for run in runs]  # first whether each can be filled,
    found: list[Explained] = list(_with_conflicts(standing, gaps, runs, until, threads))  # then why not
    found += _few_institutions(standing)
    found += _shares(standing)
    return [*found, *unmet_wishes(standing, until)]


def _open_places(standing: Standing) -> Iterator[_Open]:
    """Each empty seat and each missing speaker, with what keeps whom from it."""
    for need in sorted(
        standing.problem.needs, key=lambda need: (standing.slots[need.slot].start, need.slot, need.task)
    ):
        slot = standing.slots[need.slot]
        if slot.day < 0:
            continue
        here = [standing.people[duty.person] for duty in standing.seated.get((need.slot, need.task), ())]
        wanted: list[tuple[str | None, int]] = [(None, need.seats - len(here))]
        wanted += [
            (language, count - sum(language in person.languages for person in here))
            for language, count in need.languages
        ]
        for language, missing in wanted:
            if missing > 0:
                yield _looked_at(standing, slot, need, language, missing)


def _looked_at(standing: Standing, slot: Slot, need: Need, language: str | None, missing: int) -> _Open:
    """Asks everybody who does it, and everybody who could learn it."""
    obstacles: dict[str, list[int]] = defaultdict(list)
    learners: list[int] = []
    able_there = False
    for person in standing.problem.people:
        if language is not None and language not in person.languages:
            continue
        if need.task in person.tasks:
            if Duty(slot.key, need.task, person.key) in standing.plan:
                able_there = True
            else:
                obstacles[_obstacle(standing, person.key, slot.key, need.task)].append(person.key)
        elif need.task in person.learning and slot.key in person.wishes:
            against = standing.reasons_against(person.key, slot.key, need.task)
            if all(subject.rule == "able" for subject in against):
                learners.append(person.key)
    return _Open(slot, need, language, missing, _reason(obstacles, able_there), obstacles, learners)


def _obstacle(standing: Standing, person: int, slot: int, task: str) -> str:
    """The rule that keeps somebody from a place: that they cannot come, are elsewhere, or their limits; “free” where none does."""
    rules = {subject.rule for subject in standing.reasons_against(person, slot, task)}
    if "available" in rules:
        return "available"
    if "one_place_at_a_time" in rules:
        return "elsewhere"
    return next((rule for rule in LIMITS if rule in rules), "free" if not rules else min(rules))


def _reason(obstacles: dict[str, list[int]], able_there: bool) -> Reason:
    """What all these obstacles come to."""
    kinds = set(obstacles)
    if not kinds:
        return Reason.EVERYBODY_THERE if able_there else Reason.NOBODY_DOES
    if "free" in kinds:
        return Reason.SOMEBODY_FREE
    kinds -= {"available"}
    if not kinds:
        return Reason.NOBODY_COMES
    if kinds == {"elsewhere"}:
        return Reason.ALL_ELSEWHERE
    return Reason.ALL_BUSY if "elsewhere" in kinds else Reason.ALL_AT_LIMIT


def _place(slot: Slot) -> tuple[int, int, int, int]:
    """The same half-day of each week: weekday, hours, site."""
    day = 24 * 60
    return slot.day % 7, slot.start % day, slot.end % day, slot.site


def _runs(problem: Problem, places: list[_Open]) -> list[list[_Open]]:
    """Open places of the same half-day, task and reason, week after week; a week in which it is needed and filled ends a run."""
    slots = {slot.key: slot for slot in problem.slots}
    times: dict[tuple[object, str], list[int]] = defaultdict(list)
    for need in problem.needs:
        times[_place(slots[need.slot]), need.task].append(slots[need.slot].start)
    for starts in times.values():
        starts.sort()
    open_runs: dict[tuple[object, ...], list[_Open]] = {}
    runs: list[list[_Open]] = []
    for place in places:
        key = (_place(place.slot), place.need.task, place.language)
        run = open_runs.get(key)
        starts = times[key[0], place.need.task]
        if run and run[-1].reason is place.reason:
            next_one = starts.index(run[-1].slot.start) + 1
            if starts[next_one] == place.slot.start:
                run.append(place)
                continue
        open_runs[key] = [place]
        runs.append(open_runs[key])
    return runs


def _gap(standing: Standing, run: list[_Open], until: float, threads: int) -> Gap:
    """What a run of open places comes to; the first of them is settled."""
    first = run[0]
    obstacles: dict[str, set[int]] = defaultdict(set)
    learners: dict[int, int] = defaultdict(int)
    for place in run:
        for what, people in place.obstacles.items():
            obstacles[what].update(people)
        for person in place.learners:
            learners[person] += 1
    gap = Gap(
        slots=tuple(place.slot.key for place in run),
        task=first.need.task,
        language=first.language,
        missing=max(place.missing for place in run),
        reason=first.reason,
        obstacles=tuple(Obstacle(what, tuple(sorted(obstacles[what]))) for what in sorted(obstacles)),
        learners=tuple(sorted(learners, key=lambda person: (-learners[person], person))),
        proof=Proof.NOBODY_CAN,
    )
    if first.reason in (Reason.NOBODY_DOES, Reason.EVERYBODY_THERE, Reason.NOBODY_COMES):
        return gap
    proof, ways = _settled(standing, first, until, threads)
    return replace(gap, proof=proof, ways=ways)


def _settled(
    standing: Standing, place: _Open, until: float, threads: int
) -> tuple[Proof, tuple[Proposal, ...]]:
    """The ways to fill a place with the fewest changes, or that there is none."""
    wanted = Wanted(place.slot.key, place.need.task, place.language)
    left = min(until - time.monotonic(), ONE_PLACE)
    if left <= 0:
        return Proof.UNKNOWN, ()
    try:
        proposals = fill(
            standing.problem, standing.plan, wanted, alternatives=WAYS, seconds=left, threads=threads
        )
    except NoRepairError:
        return Proof.UNKNOWN, ()
    ways = tuple(proposal for proposal in proposals if not proposal.gaps)
    if ways:
        return Proof.CAN_BE_FILLED, ways
    return Proof.OPENS_ANOTHER if proposals[0].proven else Proof.UNKNOWN, ()


def _why(standing: Standing, place: _Open, until: float, threads: int) -> Conflict | None:
    """The rules that contradict each other when this place is filled and all the others stay filled."""
    left = min(until - time.monotonic(), ONE_PLACE)
    if left <= 0:
        return None
    try:
        return conflict(standing.problem, _demands(standing, place), seconds=left, threads=threads)
    except SolverError:
        return None


def _demands(standing: Standing, place: _Open) -> list[Demand]:
    """All places that are filled in the weeks that can matter, and this one."""
    window = window_of(standing.problem, [place.slot.key])
    demands: dict[tuple[int, str, str], int] = {}
    for need in standing.problem.needs:
        if need.slot in window:
            here = [standing.people[duty.person] for duty in standing.seated.get((need.slot, need.task), ())]
            demands[need.slot, need.task, ""] = min(need.seats, len(here))
            for language, count in need.languages:
                spoken = sum(language in person.languages for person in here)
                demands[need.slot, need.task, language] = min(count, spoken)
    demands[place.slot.key, place.need.task, place.language or ""] += 1
    return [Demand(slot, task, count, code) for (slot, task, code), count in demands.items() if count]


def _with_conflicts(
    standing: Standing, gaps: list[Gap], runs: list[list[_Open]], until: float, threads: int
) -> Iterator[Gap]:
    """The same gaps, with the contradiction where none can be filled, in half of the time that is left.

    Where one was too long to be found, all of that week’s would be: such a week is short as a whole.
    """
    half = time.monotonic() + (until - time.monotonic()) / 2
    too_long: set[int] = set()
    for gap, run in zip(gaps, runs, strict=True):
        week = run[0].slot.week
        if gap.proof is Proof.OPENS_ANOTHER and week not in too_long:
            found = _why(standing, run[0], half, threads)
            if found is None:
                too_long.add(week)
            yield replace(gap, conflict=found)
        else:
            yield gap


def _few_institutions(standing: Standing) -> Iterator[FewInstitutions]:
    """Half-days below the minimum of distinct institutions, the same half-day of weeks in a row together."""
    useful: dict[int, set[str]] = defaultdict(set)
    for need in standing.problem.needs:
        if need.seats:
            useful[need.slot].add(need.task)
    there: dict[int, set[int | None]] = defaultdict(set)
    for duty in standing.plan:
        there[duty.slot].add(standing.people[duty.person].institution)
    runs: dict[object, list[list[Slot]]] = defaultdict(list)
    last: dict[object, Slot] = {}
    for slot in sorted(standing.problem.slots, key=lambda slot: slot.start):
        place = _place(slot)
        if slot.day >= 0 and len(there[slot.key]) < slot.institutions_min:
            if runs[place] and runs[place][-1][-1] is last.get(place):
                runs[place][-1].append(slot)
            else:
                runs[place].append([slot])
        last[place] = slot
    for run in sorted((run for those in runs.values() for run in those), key=lambda run: run[0].start):
        could = [
            len(
                {
                    p.institution
                    for p in standing.problem.people
                    if slot.key in p.wishes and p.tasks & useful[slot.key]
                }
            )
            for slot in run
        ]
        worst = min(len(there[slot.key]) for slot in run)
        wanted = max(slot.institutions_min for slot in run)
        yield FewInstitutions(tuple(slot.key for slot in run), wanted, worst, max(could))


def _shares(standing: Standing) -> Iterator[ShareMissed]:
    """Institutions that give less or more than they owe, beyond the tolerance."""
    for share in standing.problem.shares:
        planned = sum(
            standing.slots[duty.slot].minutes
            for duty in standing.plan
            if standing.people[duty.person].institution == share.institution
            and share.first_day <= standing.slots[duty.slot].day <= share.last_day
        )
        if abs(planned - share.minutes) > share.tolerance:
            could = _could_give(standing, share)
            yield ShareMissed(
                share.institution, share.first_day, share.last_day, share.minutes, planned, could
            )


def _could_give(standing: Standing, share: Share) -> int:
    """The longest half-days for which an institution's people can come, as many as their days and weeks allow."""
    tasks: dict[int, set[str]] = defaultdict(set)
    for need in standing.problem.needs:
        if need.seats and share.first_day <= standing.slots[need.slot].day <= share.last_day:
            tasks[need.slot].add(need.task)
    minutes = 0
    for person in standing.problem.people:
        if person.institution != share.institution:
            continue
        weeks: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for key in person.wishes:
            if person.tasks & tasks.get(key, set()):
                slot = standing.slots[key]
                weeks[slot.week][slot.day].append(slot.minutes)
        for days in weeks.values():
            longest = [sorted(day, reverse=True)[: person.limits.per_day] for day in days.values()]
            minutes += sum(
                sorted((it for day in longest for it in day), reverse=True)[: person.limits.per_week]
            )
    return minutes
