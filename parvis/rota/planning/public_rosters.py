"""The public shift-scheduling instances as rotas: the same choices and the same solver, with other rules.

Each day and shift is a slot with one task, the shift; each member of staff is somebody who can do them all on their days.
Nothing of the centre's own rules is used, only the patterns of days; who scores the result is ``public_scores``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from .building import Building, Rule, build
from .highs import Answer, Search, solve
from .linear import SEEN
from .problem import Duty, Limits, Need, Person, Problem, Slot, Subject, Wish
from .public_instances import Instance, Member
from .public_scores import SATURDAY, Score, score
from .rules import patterns

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Found:
    """The best roster found, scored from the published rules, and what no roster can be better than."""

    roster: Mapping[str, Mapping[int, str]]
    score: Score | None  # None: no roster was found
    bound: int
    proven: bool  # this is the best there is, or there is none
    seconds: float
    columns: int
    rows: int


def problem_of(instance: Instance) -> Problem:
    """The instance’s days, shifts and people as slots, tasks and people."""
    slots, needs = [], []
    for (day, name), key in _keys(instance).items():
        start = day * DAY  # the format has no hours: all shifts of a day overlap, so one a day
        slots.append(Slot(key, start, start + instance.shifts[name].minutes, day, day // 7, habit=key))
        needs.append(
            Need(key, name, seats=len(instance.staff))
        )  # who is wanted stands in the rule of the cover
    people = tuple(_person(instance, number, member) for number, member in enumerate(instance.staff.values()))
    return Problem(tuple(slots), tuple(needs), people)


def _keys(instance: Instance) -> dict[tuple[int, str], int]:
    """Day and shift -> the slot’s key."""
    names = list(instance.shifts)
    return {
        (day, name): day * len(names) + at for day in range(instance.days) for at, name in enumerate(names)
    }


def _person(instance: Instance, number: int, member: Member) -> Person:
    wishes = {key: Wish.CAN for (day, _), key in _keys(instance).items() if day not in member.days_off}
    return Person(number, None, frozenset(instance.shifts), wishes, limits=Limits(per_day=1, rest=0))


@dataclass(frozen=True)
class _Columns:
    """One member’s columns: day -> shift -> column, and day -> at work."""

    shifts: Mapping[int, Mapping[str, int]]
    days: list[int]


def rules_of(instance: Instance) -> tuple[Rule, ...]:
    """What the format asks for, as rules of a model."""

    def days(b: Building) -> None:
        for number, member in enumerate(instance.staff.values()):
            columns = _columns(b, instance, number)
            _of_one(b, instance, member, columns)

    def requests(b: Building) -> None:
        numbers = {name: number for number, name in enumerate(instance.staff)}
        keys = _keys(instance)
        for request in instance.requests:
            person, slot = numbers[request.member], keys[request.day, request.shift]
            about = Subject("request", slot=slot, task=request.shift, person=person)
            column = b.present[person].get(slot)
            if column is not None:
                b.model.penalise(column, request.weight, about, missed=request.wanted)
            elif request.wanted:  # asked for on a day off: it is missed whatever is planned
                b.model.penalise(b.model.column(1.0, 1.0), request.weight, about)

    def cover(b: Building) -> None:
        keys = _keys(instance)
        for each in instance.cover:
            slot = keys[each.day, each.shift]
            columns = [column for _, column in b.at(slot, each.shift)]
            under = (each.under, Subject("uncovered", slot=slot, task=each.shift))
            over = (each.over, Subject("over", slot=slot, task=each.shift))
            patterns.covered(b.model, columns, each.wanted, under=under, over=over)

    return days, requests, cover


def _columns(b: Building, instance: Instance, number: int) -> _Columns:
    """One member’s columns, with one that says whether they are at work on each day."""
    names = list(instance.shifts)
    at: dict[int, dict[str, int]] = defaultdict(dict)
    for slot, column in b.present[number].items():
        at[slot // len(names)][names[slot % len(names)]] = column
    days = []
    for day in range(instance.days):
        working = b.model.choice() if at[day] else b.model.column(0.0, 0.0)
        if at[day]:
            b.model.row([(working, -1.0), *((column, 1.0) for column in at[day].values())], 0.0, 0.0)
        days.append(working)
    return _Columns(at, days)


def _of_one(b: Building, instance: Instance, member: Member, columns: _Columns) -> None:
    """All that holds for one member."""
    forbidden = [(shift.name, after) for shift in instance.shifts.values() for after in shift.never_next]
    for day in range(instance.days - 1):
        patterns.never_after(b.model, columns.shifts[day], columns.shifts[day + 1], forbidden)
    for name, most in member.most_of.items():
        kind = [shifts[name] for shifts in columns.shifts.values() if name in shifts]
        if len(kind) > most:
            b.model.at_most(kind, most)
    lengths = [
        (column, instance.shifts[name].minutes)
        for shifts in columns.shifts.values()
        for name, column in shifts.items()
    ]
    patterns.minutes_between(b.model, lengths, member.minutes_least, member.minutes_most)
    patterns.at_most_in_a_row(b.model, columns.days, member.in_a_row_most)
    patterns.at_least_in_a_row(b.model, columns.days, member.in_a_row_least)
    patterns.free_at_least_in_a_row(b.model, columns.days, member.free_in_a_row_least)
    weekends = [columns.days[first : first + 2] for first in range(SATURDAY, instance.days, 7)]
    patterns.at_most_weekends(b.model, weekends, member.weekends_most)


def roster_of(instance: Instance, duties: Iterable[Duty]) -> dict[str, dict[int, str]]:
    """Duties as member -> day -> shift."""
    names = list(instance.staff)
    roster: dict[str, dict[int, str]] = {name: {} for name in names}
    for duty in sorted(duties):
        roster[names[duty.person]][duty.slot // len(instance.shifts)] = duty.task
    return roster


def plan_instance(instance: Instance, search: Search) -> Found:
    """The best roster within the time. All weights are whole numbers, so a gap below one is none."""
    building = build(problem_of(instance), rules_of(instance))
    outcome = solve(building.model, search)
    size = (building.model.columns, building.model.rows)
    if outcome.values is None:
        impossible = outcome.answer is Answer.IMPOSSIBLE
        return Found({}, None, _whole(outcome.bound), impossible, outcome.seconds, *size)
    roster = roster_of(instance, building.duties(outcome.values))
    scored = score(instance, roster)
    bound = _whole(outcome.bound)
    proven = not scored.broken and bound == scored.penalty
    return Found(roster, scored, bound, proven, outcome.seconds, *size)


def exact(seconds: float) -> Search:
    """A search for the best roster there is."""
    return Search(seconds=seconds, gap=0.0, gap_absolute=1.0 - 1e-3)


def _whole(bound: float) -> int:
    """A penalty is a whole number: what none can be below, rounded up. No bound at all is 0: no penalty is negative."""
    return ceil(bound - 1e3 * SEEN) if -1e20 < bound < 1e20 else 0
