"""What institutions owe, and how the load lies within them."""

from __future__ import annotations

from math import ceil

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Subject, Wish

QUARTER = 15  # minutes
LEEWAY = 1.0  # half-days: nobody's load divides evenly


def shares(b: Building) -> None:
    """An institution’s time between two days; each quarter-hour beyond the tolerance costs, more as well as less."""
    weight = b.problem.weights.share
    for share in b.problem.shares if weight else ():
        terms = [
            (column, b.grid.slots[slot].minutes / QUARTER)
            for person in b.grid.institutions.get(share.institution, ())
            for slot, column in b.present[person].items()
            if share.first_day <= b.grid.slots[slot].day <= share.last_day
        ]
        about = Subject("share", institution=share.institution, day=share.first_day)
        less, more = b.model.slack(weight, about), b.model.slack(weight, about)
        b.model.row([(less, 1.0), *terms], low=(share.minutes - share.tolerance) / QUARTER)
        b.model.row([(more, -1.0), *terms], high=(share.minutes + share.tolerance) / QUARTER)


def fair_loads(b: Building) -> None:
    """Within an institution each takes their part of what it gives, by what they could; beyond a half-day it costs."""
    weight = b.problem.weights.fairness
    for people in b.grid.institutions.values() if weight else ():
        room = {person: b.grid.room_for(person) for person in people}
        able = [person for person in people if room[person]]
        total = sum(room.values())
        for person in able if len(able) > 1 else ():
            beyond = b.model.slack(weight, Subject("fairness", person=person))
            part = room[person] / total
            off = [(b.load(other), (1.0 if other == person else 0.0) - part) for other in able]
            b.model.row([(beyond, -1.0), *off], high=LEEWAY)
            b.model.row([(beyond, 1.0), *off], low=-LEEWAY)


def fair_unpopular(b: Building) -> None:
    """Nobody has more of the half-days that nobody likes than their part of them; those who like them don’t count.

    The part is a whole number that depends on the problem alone: with one that followed the load, the bound would be worse.
    """
    weight = b.problem.weights.unpopular
    seats = sum(
        need.seats for need in b.problem.needs if (at := b.grid.slots[need.slot]).unpopular and at.day >= 0
    )
    could: dict[int, list[int]] = {}
    for person in b.problem.people if weight else ():
        columns = [
            column
            for slot, column in b.slots_of(person.key)
            if slot.unpopular and person.wishes[slot.key] is not Wish.PREFERS
        ]
        if columns:
            could[person.key] = columns
    room = {key: b.grid.room_for(key) for key in could}
    for key, columns in could.items():
        part = ceil(seats * room[key] / max(1, sum(room.values())))
        if len(columns) > part:
            beyond = b.model.slack(weight, Subject("unpopular", person=key))
            b.model.row([(beyond, -1.0), *((column, 1.0) for column in columns)], high=part)
