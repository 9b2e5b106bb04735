"""Which part of a rota has to be looked at when something changes at one place.

Between weeks that are not tied no hard rule and no seat is shared: no change in one could ever save one in the other. So what is
proven for the window is proven for the whole rota.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .problem import Person, Problem, Slot


def window_of(
    problem: Problem,
    around: Iterable[int],
    frozen_before_day: int = 0,
    frozen_before_minute: int | None = None,
) -> frozenset[int]:
    """All slots of the weeks of these slots, and of those that a rule of rest or of days in a row ties to them."""
    slots = {slot.key: slot for slot in problem.slots}
    weeks = {slots[key].week for key in around}
    tied = _tied_weeks(problem)
    reached, ahead = set(weeks), list(weeks)
    while ahead:
        week = ahead.pop()
        for other in (week - 1, week + 1):
            if other not in reached and (min(week, other) in tied):
                reached.add(other)
                ahead.append(other)
    first = max(frozen_before_day, 0)
    return frozenset(
        slot.key
        for slot in problem.slots
        if slot.week in reached
        and slot.day >= first
        and (frozen_before_minute is None or slot.start >= frozen_before_minute)
    )


def _tied_weeks(problem: Problem) -> set[int]:
    """Weeks that a hard rule can tie to the week after them: rest, or a run of days, over the night from Sunday to Monday."""
    wanted = {need.slot for need in problem.needs if need.seats}
    slots = {slot.key: slot for slot in problem.slots}
    tied: set[int] = set()
    for person in problem.people:
        weeks: dict[int, list[Slot]] = defaultdict(list)
        for key in person.wishes:
            if key in wanted:
                weeks[slots[key].week].append(slots[key])
        tied |= {week for week in weeks if week + 1 in weeks and _tied(person, weeks[week], weeks[week + 1])}
    return tied


def _tied(person: Person, week: Iterable[Slot], then: Iterable[Slot]) -> bool:
    """Whether holding something at the end of a week can forbid somebody something at the beginning of the next one."""
    last, first = max(slot.end for slot in week), min(slot.start for slot in then)
    in_a_row = min(slot.day for slot in then) - max(slot.day for slot in week) == 1
    return first - last < person.limits.rest or (person.limits.days_in_a_row is not None and in_a_row)
