"""From the database to the planner: what is needed, who can come, what is owed, between two days of a centre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from parvis.centres.models import Centre
from parvis.rota.duties import task_of
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Plan, PlannedSlot
from parvis.rota.models import Need as NeedRow
from parvis.rota.planning.problem import Duty, Need, Problem, Slot, Weights
from parvis.rota.queries.problem_people import planned_people
from parvis.rota.queries.problem_shares import shares

AROUND = timedelta(days=14)  # duties so long before and after bear on rest, on weeks and on days in a row


@dataclass(frozen=True)
class Horizon:
    """The days that are planned, and their clock: minutes that really pass, from the first day's midnight on."""

    centre: Centre
    first: date
    last: date

    def minute(self, at: datetime) -> int:
        """Minutes since the horizon's first instant; a clock that is put forward or back doesn't change them."""
        begin = datetime.combine(self.first, time(0), self.centre.zone)
        return int((at.timestamp() - begin.timestamp()) // 60)

    def day(self, day: date) -> int:
        """Days since the first one."""
        return (day - self.first).days

    def week(self, day: date) -> int:
        """Weeks, Monday to Sunday, since the one of the first day."""
        return (monday(day) - monday(self.first)).days // 7

    def holds(self, day: date) -> bool:
        """Whether the day is to be planned."""
        return self.first <= day <= self.last


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def habit_of(half_day: HalfDay) -> int:
    """Its place in the fortnight of odd and even weeks: the same weekday, time and site."""
    week = half_day.date.isocalendar().week % 2
    minute = half_day.starts.hour * 60 + half_day.starts.minute
    return ((half_day.site_id * 2 + week) * 7 + half_day.date.weekday()) * 1440 + minute


def problem_for(
    centre: Centre,
    first: date,
    last: date,
    *,
    at: datetime,
    weights: Weights | None = None,
    pins: frozenset[Duty] = frozenset(),
) -> Problem:
    """What the planner is asked, from ``first`` to ``last``, both included: about twenty queries, whatever the size.

    ``at`` says which duties have been held already. Duties outside these days that bear on them are in ``before``; those between
    them are not: see :func:`published_duties`.
    """
    horizon = Horizon(centre, first, last)
    half_days = list(
        HalfDay.objects.filter(centre=centre).between(first - AROUND, last + AROUND).select_related("centre")
    )
    inside = [half_day for half_day in half_days if horizon.holds(half_day.date)]
    needs = list(NeedRow.objects.filter(half_day__in=[one.pk for one in inside], seats__gt=0))
    people = tuple(planned_people(horizon.centre, first, last, inside, needs, habit_of))
    known = {person.key for person in people}
    outside = [one for one in _standing(centre, half_days) if not horizon.holds(one.half_day.date)]
    before = frozenset(duty for duty in map(as_duty, outside) if duty.person in known)
    wanted = {one.pk for one in inside} | {duty.slot for duty in before}
    return Problem(
        slots=tuple(_slot(one, horizon) for one in half_days if one.pk in wanted),
        needs=tuple(_need(row) for row in needs),
        people=people,
        shares=tuple(shares(centre, first, last, at=at)),
        pins=frozenset(pin for pin in pins if pin.person in known and pin.slot in wanted),
        before=before,
        weights=weights or Weights(),
    )


def plan_problem(plan: Plan, *, at: datetime) -> Problem:
    """The problem of a draft, with what was pinned in it by hand."""
    pins = as_duties(plan.slots.filter(pinned=True))
    weights = Weights(**{name: int(cost) for name, cost in plan.weights.items()})
    return problem_for(plan.centre, plan.first_day, plan.last_day, at=at, weights=weights, pins=pins)


def published_duties(centre: Centre, first: date, last: date) -> frozenset[Duty]:
    """Who is on duty between two days, both included, as it is published: one query."""
    slots = DutySlot.objects.standing().filter(centre=centre, person__isnull=False)
    return frozenset(map(as_duty, slots.between(first, last)))


def as_duties(slots: Iterable[PlannedSlot]) -> frozenset[Duty]:
    """A draft as the planner reads it."""
    return frozenset(map(as_duty, slots))


def as_duty(slot: PlannedSlot | DutySlot) -> Duty:
    """One person's duty as the planner reads it."""
    return Duty(slot.half_day_id, task_of(slot.duty, slot.theme_id), slot.person_id or 0)


def _standing(centre: Centre, half_days: list[HalfDay]) -> list[DutySlot]:
    slots = DutySlot.objects.standing().filter(centre=centre, person__isnull=False)
    return list(slots.filter(half_day__in=[one.pk for one in half_days]).select_related("half_day"))


def _slot(half_day: HalfDay, horizon: Horizon) -> Slot:
    begins, ends = half_day.bounds
    asked = horizon.holds(half_day.date)
    return Slot(
        key=half_day.pk,
        start=horizon.minute(begins),
        end=horizon.minute(ends),
        day=horizon.day(half_day.date),
        week=horizon.week(half_day.date),
        habit=habit_of(half_day),
        site=half_day.site_id,
        unpopular=half_day.unpopular,
        institutions_min=half_day.institutions_min if asked else 0,
        institutions_aim=max(half_day.institutions_aim, half_day.institutions_min) if asked else 0,
    )


def _need(row: NeedRow) -> Need:
    """Those who give advice on one theme together are to come from different institutions."""
    return Need(
        slot=row.half_day_id,
        task=task_of(row.duty, row.theme_id),
        seats=row.seats,
        languages=tuple(sorted((code, int(count)) for code, count in row.languages.items() if count)),
        mixed=row.duty == DutyKind.ADVICE and row.seats > 1,
    )
