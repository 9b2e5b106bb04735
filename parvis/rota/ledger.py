"""Arithmetic of the ledger: what was planned and held by institution, and why the two differ, to the minute. No database.

Rules and reasons: docs/decisions/0040-ledger.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

Institution = int | None  # none: the centre's own staff
Cell = tuple[
    Institution, int | None, date
]  # institution, theme (none: several, or none), first day of the month
K = TypeVar("K")


class Why(StrEnum):
    """Why what was held is not what was planned. The order is that of the report."""

    ABSENT = "absent"  # told before the day; nobody came instead
    ABSENT_LATE = "absent_late"  # told on the day or afterwards; nobody came instead
    REPLACED_BY_OWN = "replaced_by_own"
    REPLACED_BY_OTHER = "replaced_by_other"
    COVERED_OTHER = "covered_other"  # came instead of somebody of another institution
    TO_COME = "to_come"  # not over yet
    NOT_HELD = "not_held"  # nobody opened a seat, and nobody noted that they came
    SHORTER = "shorter"
    LONGER = "longer"
    UNPLANNED = "unplanned"


@dataclass(frozen=True)
class SlotRow:
    """One slot of the published rota."""

    key: int
    institution: Institution
    theme: int | None
    month: date
    minutes: int
    state: str  # planned, absent or cancelled
    replaces: int | None = None
    over: bool = True
    late: bool = False  # its absence was told on the day or afterwards


@dataclass(frozen=True)
class HeldRow:
    """One stretch that was held; while it lasts, no minutes."""

    slot: int | None
    institution: Institution
    theme: int | None
    month: date
    minutes: int
    lasting: bool = False


@dataclass(frozen=True)
class Account:
    """What was planned and held, and for each institution the differences between the two."""

    planned: Mapping[Cell, int]
    held: Mapping[Cell, int]
    differences: Mapping[Institution, Mapping[Why, int]]

    def planned_by(self, institution: Institution) -> int:
        return sum(minutes for cell, minutes in self.planned.items() if cell[0] == institution)

    def held_by(self, institution: Institution) -> int:
        return sum(minutes for cell, minutes in self.held.items() if cell[0] == institution)


def account(slots: Collection[SlotRow], held: Collection[HeldRow]) -> Account:
    """For each institution: planned, plus every difference, is held.

    Planned is what was published in its name: a slot whose holder is absent stays planned, one that replaces an absent
    colleague was not planned, and one that was swapped or taken back counts as its follower.
    """
    known = {slot.key: slot for slot in slots}
    absent_root = {slot.key: _absent_root(slot, known) for slot in slots}
    standing = {slot.key: slot for slot in slots if slot.state == "planned"}
    covered_by = {root.key: slot for slot in standing.values() if (root := absent_root[slot.key])}
    planned: Counter[Cell] = Counter()
    why: dict[Institution, Counter[Why]] = defaultdict(Counter)
    for slot in slots:
        if slot.state != "cancelled" and absent_root[slot.key] is None:
            planned[slot.institution, slot.theme, slot.month] += slot.minutes
            if slot.state == "absent":
                why[slot.institution][_why_absent(slot, covered_by.get(slot.key))] -= slot.minutes
    for slot in standing.values():
        if root := absent_root[slot.key]:
            own = root.institution == slot.institution
            why[slot.institution][Why.REPLACED_BY_OWN if own else Why.COVERED_OTHER] += slot.minutes
    for institution, reason, minutes in _held_otherwise(standing, held):
        why[institution][reason] += minutes
    there = Counter[Cell]()
    for row in held:
        there[row.institution, row.theme, row.month] += row.minutes
    return Account(planned, there, why)


def _absent_root(slot: SlotRow, known: Mapping[int, SlotRow]) -> SlotRow | None:
    """The slot whose absent holder this one comes instead of, through whatever was swapped or covered again in between."""
    found, above, seen = None, known.get(slot.replaces or 0), {slot.key}
    while above is not None and above.key not in seen:
        seen.add(above.key)
        found = above if above.state == "absent" else found
        above = known.get(above.replaces or 0)
    return found


def _why_absent(slot: SlotRow, cover: SlotRow | None) -> Why:
    if cover is None:
        return Why.ABSENT_LATE if slot.late else Why.ABSENT
    return Why.REPLACED_BY_OWN if cover.institution == slot.institution else Why.REPLACED_BY_OTHER


def _held_otherwise(
    standing: Mapping[int, SlotRow], held: Iterable[HeldRow]
) -> Iterable[tuple[Institution, Why, int]]:
    """How the minutes of stretches differ from those of the slots that stand."""
    of_slot: dict[int, list[HeldRow]] = defaultdict(list)
    for row in held:
        slot = standing.get(row.slot or 0)
        if slot and slot.institution == row.institution:
            of_slot[slot.key].append(row)
        else:
            yield row.institution, Why.UNPLANNED, row.minutes
    for slot in standing.values():
        rows = of_slot[slot.key]
        more = sum(row.minutes for row in rows) - slot.minutes
        if not slot.over or any(row.lasting for row in rows):
            yield slot.institution, Why.TO_COME, more
        elif not rows:
            yield slot.institution, Why.NOT_HELD, more
        else:
            yield slot.institution, Why.SHORTER if more < 0 else Why.LONGER, more


def by(cells: Mapping[Cell, int], place: int) -> dict[int | date | None, int]:
    """The sums by institution (0), theme (1) or month (2)."""
    sums: dict[int | date | None, int] = defaultdict(int)
    for cell, minutes in cells.items():
        sums[cell[place]] += minutes
    return dict(sums)


def hundredths(parts: Sequence[int], whole: int) -> list[int]:
    """Each part of ``whole`` in hundredths of it, so that they add up to their sum's own, rounded half up.

    Largest remainder: nothing is lost, and no part is further than one hundredth from its exact value.
    """
    exact = [Fraction(100 * part, whole) for part in parts]
    down = [part.numerator // part.denominator for part in exact]
    total = sum(exact, Fraction(0)) + Fraction(1, 2)
    left = total.numerator // total.denominator - sum(down)
    order = sorted(range(len(parts)), key=lambda place: (down[place] - exact[place], place))
    for place in order[:left]:
        down[place] += 1
    return down
