"""The fortnight's template: where each person usually sits, made without leave and with contributions pro rata.

It is planned with the same rules as a rota whose horizon is one cycle of habits. Then it stays fixed while the whole horizon is
rolled out, so leaving it is a linear cost; deciding both at once ruins the bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .problem import Duty, Need, Person, Problem, Share, Slot

CYCLE = 14  # days
Habits = Mapping[int, frozenset[tuple[int, str]]]


def typical(problem: Problem) -> Problem:
    """One cycle of a problem: a slot for each place in it, with what is needed and who can come there most of the time."""
    places: dict[int, list[Slot]] = defaultdict(list)
    for slot in sorted(problem.slots, key=lambda slot: slot.start):
        if slot.day >= 0:
            places[slot.habit].append(slot)
    slots = tuple(_typical_slot(place, those) for place, those in sorted(places.items()))
    return Problem(
        slots=slots,
        needs=tuple(_typical_needs(problem, places)),
        people=tuple(_typical_person(person, places) for person in problem.people),
        shares=tuple(_typical_shares(problem, slots)),
        weights=problem.weights,
    )


def _typical_slot(place: int, those: list[Slot]) -> Slot:
    first = those[0]
    day = first.day % CYCLE
    moved = (first.day - day) * 24 * 60
    unpopular = 2 * sum(slot.unpopular for slot in those) > len(those)
    return replace(
        first,
        key=place,
        day=day,
        week=first.week % 2,
        start=first.start - moved,
        end=first.end - moved,
        unpopular=unpopular,
    )


def _typical_needs(problem: Problem, places: Mapping[int, list[Slot]]) -> Iterable[Need]:
    """The need that a place has most often; what it needs less than every other time is left to the roll-out."""
    place_of = {slot.key: place for place, those in places.items() for slot in those}
    found: dict[tuple[int, str], Counter[Need]] = defaultdict(Counter)
    for need in problem.needs:
        if need.slot in place_of:
            place = place_of[need.slot]
            found[place, need.task][replace(need, slot=place)] += 1
    for (place, _), needs in sorted(found.items()):
        if 2 * sum(needs.values()) >= len(places[place]):
            yield max(sorted(needs), key=lambda need: needs[need])


def _typical_person(person: Person, places: Mapping[int, list[Slot]]) -> Person:
    """Somebody's usual half-days: those they can come to in at least half of the cycles in which they are there at all."""
    wishes = {}
    there = {slot.day // CYCLE for those in places.values() for slot in those if slot.key in person.wishes}
    for place, those in places.items():
        asked = [slot for slot in those if slot.day // CYCLE in there]
        said = [person.wishes[slot.key] for slot in asked if slot.key in person.wishes]
        if said and 2 * len(said) >= len(asked):
            wishes[place] = Counter(sorted(said)).most_common(1)[0][0]
    return replace(person, wishes=wishes)


def _typical_shares(problem: Problem, slots: tuple[Slot, ...]) -> Iterable[Share]:
    """Each institution's contribution, as much of it as a cycle is of the period; half a half-day to either side is no matter."""
    cycle = sum(slot.minutes for slot in slots)
    parts: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for share in problem.shares:
        period = sum(slot.minutes for slot in problem.slots if share.first_day <= slot.day <= share.last_day)
        if period:
            parts[share.institution].append(
                (share.minutes * cycle / period, share.tolerance * cycle / period)
            )
    half = cycle / max(1, len(slots)) / 2
    for institution, those in sorted(parts.items()):
        minutes = sum(owed for owed, _ in those) / len(those)
        tolerance = max(half, sum(spare for _, spare in those) / len(those))
        yield Share(institution, 0, max(slot.day for slot in slots), round(minutes), round(tolerance))


def habits_of(problem: Problem, duties: Iterable[Duty]) -> Habits:
    """What everybody is used to when these are the duties of the cycle."""
    found: dict[int, set[tuple[int, str]]] = {person.key: set() for person in problem.people}
    for duty in duties:
        found[duty.person].add((duty.slot, duty.task))
    return {person: frozenset(places) for person, places in found.items()}


def needs_template(problem: Problem) -> bool:
    """Whether somebody could come and has no habits yet."""
    return any(not person.habits and person.wishes and person.tasks for person in problem.people)
