"""Whether duties that stand again would break a rule that always holds, as things are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.rota.models import DutySlot, HalfDay, Terms
from parvis.rota.planning.problem import Duty, Subject
from parvis.rota.planning.swaps import problems_of
from parvis.rota.queries.covering import around
from parvis.rota.queries.problem import as_duty
from parvis.rota.queries.problem_people import busy_elsewhere, overlaps
from parvis.rota.queries.wishes import wishes


@dataclass(frozen=True)
class Broken:
    """One rule that would be broken, by whom and on which half-day."""

    rule: str
    person: User | None
    half_day: HalfDay


def broken_by(centre: Centre, slots: Sequence[DutySlot], at: datetime) -> list[Broken]:
    """Which rules ``slots`` break that nothing else broke; they stand already. About thirty queries, none without slots.

    Somebody whom the rota does not know, because they came by hand, breaks none of its rules; nor does who never said when they can
    come, and was put there by hand: nothing has changed. Who has left the team does.
    """
    if not slots:
        return []
    members = set(Assignment.objects.filter(centre=centre).values_list("person", flat=True))
    gone = [Broken("team", slot.person, slot.half_day) for slot in slots if slot.person_id not in members]
    agreed = {one.person_id: one for one in Terms.objects.filter(centre=centre)}
    known = [slot for slot in slots if slot.person_id in agreed and slot.person_id in members]
    late = [slot for slot in known if not agreed[slot.person_id or 0].hold_on(slot.half_day.date)]
    gone += [Broken("team", slot.person, slot.half_day) for slot in late]
    back = {as_duty(slot): slot for slot in known if slot not in late}
    return gone + (_of_rules(centre, back, at) if back else [])


def _of_rules(centre: Centre, back: dict[Duty, DutySlot], at: datetime) -> list[Broken]:
    rota = around(centre, [slot.half_day.date for slot in back.values()], at)
    people = {person.key for person in rota.problem.people}
    added = [duty for duty in back if duty.person in people]
    found = problems_of(rota.problem, rota.plan - set(back), added=added)
    unsaid = _unsaid(centre, back)
    here = {(duty.slot, duty.person): slot for duty, slot in back.items()}
    broken = []
    for about in found:
        slot = here.get((about.slot or 0, about.person or 0)) or _first(about, back)
        if slot and not (about.rule == "available" and slot in unsaid):
            broken.append(Broken(about.rule, slot.person if about.person else None, slot.half_day))
    return broken


def _first(about: Subject, back: dict[Duty, DutySlot]) -> DutySlot | None:
    """The first of the duties that a rule of a day, a week or a seat can be about."""
    mine: Iterable[tuple[Duty, DutySlot]] = back.items()
    if about.person:
        mine = [(duty, slot) for duty, slot in mine if duty.person == about.person]
    if about.slot:
        mine = [(duty, slot) for duty, slot in mine if duty.slot == about.slot] or list(mine)
    return min((slot for _duty, slot in mine), key=lambda slot: slot.half_day.bounds, default=None)


def _unsaid(centre: Centre, back: dict[Duty, DutySlot]) -> list[DutySlot]:
    """Where somebody never said whether they can come, and is not on duty at another centre then."""
    keys = sorted({duty.person for duty in back})
    days = [slot.half_day.date for slot in back.values()]
    said = wishes(centre, keys, min(days), max(days))
    elsewhere = busy_elsewhere(centre, keys, min(days), max(days))
    return [
        slot
        for duty, slot in back.items()
        if duty.slot not in said[duty.person] and not overlaps(slot.half_day, elsewhere.get(duty.person, []))
    ]
