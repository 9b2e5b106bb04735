"""What happened on the day of a class: how many came, and what was done for each objective. Numbers only, never a pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from parvis.agenda.actions.hours import count_hours
from parvis.agenda.actions.visit_steps import Doing, allow, locked, step
from parvis.agenda.models import ClassVisit, ObjectiveDone, PupilCount
from parvis.agenda.models.the_day import COUNTED
from parvis.centres.models import Code

S = ClassVisit.State
ON_THE_DAY = (S.CONFIRMED, S.PREPARED, S.HELD, S.EVALUATED)


class NotYet(Exception):
    """The day of the visit has not come."""


class CountsUnlikeCame(Exception):
    """A list, or the groups, do not add up to the pupils who came: ``name`` and ``total``."""

    def __init__(self, name: str, total: int) -> None:
        super().__init__(name, total)
        self.name, self.total = name, total


@dataclass(frozen=True)
class Done:
    """What was done for one objective."""

    depth: str
    words: str = ""


@dataclass(frozen=True)
class DayHeld:
    """A day as it was. ``groups``: who came, by a group's number; ``counts``: each list whole, or not at all."""

    came: int
    adults: int
    groups: Mapping[int, int] = field(default_factory=dict)
    counts: Mapping[Code, int] = field(default_factory=dict)
    done: Mapping[Code, Done] = field(default_factory=dict)


@transaction.atomic
def hold_class(*, visit: ClassVisit, held: DayHeld, doing: Doing) -> ClassVisit:
    """Write down how the day was; said again, the later word counts. Hours of those who led it are counted.

    Raises ``NotYet``, ``CountsUnlikeCame``, and what a step raises (``NotNow``, ``Changed``, ``SaidOtherwise``).
    """
    row, done = locked(visit, doing)
    if done:
        return row
    allow(row, *ON_THE_DAY)
    if row.day is None or row.centre.local_day(doing.at) < row.day:
        raise NotYet
    _see_that_it_adds_up(row, held)
    row.came, row.adults_came = held.came, held.adults
    for group in row.groups.all():
        group.came = held.groups.get(group.number)
        group.save(update_fields=["came"])
    row.pupil_counts.all().delete()
    PupilCount.objects.bulk_create(
        PupilCount(visit=row, code=code, count=n) for code, n in held.counts.items() if n
    )
    row.objectives_done.all().delete()
    ObjectiveDone.objects.bulk_create(
        ObjectiveDone(visit=row, objective=code, depth=one.depth, words=one.words)
        for code, one in held.done.items()
    )
    first = row.state in (S.CONFIRMED, S.PREPARED)
    step(row, doing, to=S.HELD if first else row.state, tell=first)
    count_hours(owner=row, at=doing.at)
    return row


def _see_that_it_adds_up(visit: ClassVisit, held: DayHeld) -> None:
    numbers = set(visit.groups.values_list("number", flat=True))
    if held.groups and (set(held.groups) != numbers or sum(held.groups.values()) != held.came):
        raise CountsUnlikeCame("groups", sum(held.groups.values()))
    totals: dict[str, int] = defaultdict(int)
    for code, count in held.counts.items():
        totals[code.list] += count
    for name, total in totals.items():
        if total != held.came or name not in COUNTED:
            raise CountsUnlikeCame(name, total)
