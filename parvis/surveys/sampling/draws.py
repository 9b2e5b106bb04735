"""Which slots are asked in. The same frame, number and seed give the same draw, on any machine and in any year.

Each slot gets a number from the seed (SHA-256 of both); the lowest are taken. So anybody can repeat it and see that nobody chose.
An answer knows its day and nothing finer. So at most one slot is drawn a day: the day then says which slot the answer belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from parvis.surveys.sampling.frame import Part, Slot

LEAST = 2  # slots of a stratum: with one, nobody knows how much slots differ


class Method(StrEnum):
    """How slots are taken."""

    STRATIFIED = "stratified"  # at random among mornings, at random among afternoons
    SYSTEMATIC = "systematic"  # evenly over weekdays and weeks, from a start drawn at random


class TooFewDays(ValueError):
    """More slots are wanted than there are days; ``days`` says how many there are."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.days = days


@dataclass(frozen=True)
class Draw:
    """What was drawn, in order, and out of what."""

    slots: tuple[Slot, ...]
    frame: dict[Part, int]  # how many slots each stratum has


def draw(frame: Sequence[Slot], number: int, *, method: Method, seed: str) -> Draw:
    """Takes ``number`` slots on as many days. Raises ``TooFewDays``."""
    days = len({slot.day for slot in frame})
    if number > days:
        raise TooFewDays(days)
    take = _stratified if method is Method.STRATIFIED else _systematic
    sizes = {part: sum(slot.part is part for slot in frame) for part in Part}
    return Draw(tuple(sorted(take(frame, number, seed))), {part: n for part, n in sizes.items() if n})


def lot(seed: str, key: str) -> float:
    """The number that the seed gives to ``key``: at least 0, below 1."""
    return int.from_bytes(sha256(f"{seed}|{key}".encode()).digest()[:8]) / 2**64


def shares_of(sizes: dict[Part, int], number: int) -> dict[Part, int]:
    """How many of ``number`` each stratum gives: in proportion, two at least where that is possible."""
    total = sum(sizes.values())
    least = {part: min(LEAST, n) if number >= LEAST * len(sizes) else 0 for part, n in sizes.items()}
    given = {part: min(n, max(least[part], number * n // total)) for part, n in sizes.items()}
    while (gap := number - sum(given.values())) != 0:
        step = 1 if gap > 0 else -1
        can = [p for p, n in sizes.items() if (given[p] < n if step > 0 else given[p] > least[p])]
        part = max(can, key=lambda p: step * (number * sizes[p] / total - given[p]))
        given[part] += step
    return given


def _stratified(frame: Sequence[Slot], number: int, seed: str) -> list[Slot]:
    by_lot = sorted(frame, key=lambda slot: lot(seed, slot.key))
    by_part: dict[Part, list[Slot]] = defaultdict(list)
    for slot in by_lot:
        by_part[slot.part].append(slot)
    shares = shares_of({part: len(slots) for part, slots in by_part.items()}, number)
    taken: dict[date, Slot] = {}
    # The part that is open on fewer days first, or the others might take all of them.
    for part in sorted(by_part, key=lambda part: (len({s.day for s in by_part[part]}), part)):
        free = _one_a_day([slot for slot in by_part[part] if slot.day not in taken])
        taken |= {slot.day: slot for slot in free[: shares[part]]}
    left = _one_a_day([slot for slot in by_lot if slot.day not in taken]) if len(taken) < number else []
    return [*taken.values(), *left[: number - len(taken)]]


def _one_a_day(slots: Sequence[Slot]) -> list[Slot]:
    """The first of each day."""
    return list({slot.day: slot for slot in reversed(slots)}.values())[::-1]


def _systematic(frame: Sequence[Slot], number: int, seed: str) -> list[Slot]:
    """Days evenly over the list of all Mondays, all Tuesdays, …; mornings and afternoons in turn.

    By the calendar, every fifth day would be the same weekday for ever.
    """
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in sorted(frame, key=lambda slot: lot(seed, slot.key)):
        by_day[slot.day].append(slot)
    days = sorted(by_day, key=lambda day: (day.weekday(), day))
    start = lot(seed, "start")
    turn = lot(seed, "turn") < 0.5
    taken = []
    for n in range(number):
        day = days[int((n + start) * len(days) / number)]
        wanted = Part.MORNING if (n % 2 == 0) == turn else Part.AFTERNOON
        taken.append(min(by_day[day], key=lambda slot: (slot.part is not wanted, lot(seed, slot.key))))
    return taken
