"""Somebody's own duties: the next ones, and what has changed since they last looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.models import DutySlot, HalfDay

State = DutySlot.State
LOOKED_BACK = timedelta(days=14)  # how long a change is told to somebody who has not looked yet


@dataclass(frozen=True)
class Duty:
    """One half-day on which somebody is on duty."""

    slot: DutySlot
    half_day: HalfDay
    fresh: bool  # it is new, or another one, since they last looked
    now: bool
    today: bool


@dataclass(frozen=True)
class Gone:
    """A duty that is no longer theirs."""

    slot: DutySlot
    half_day: HalfDay
    since: datetime
    absent: bool  # they said that they cannot come


@dataclass(frozen=True)
class Duties:
    """Somebody's page."""

    person: User
    weeks: list[tuple[date, list[Duty]]]  # by their Mondays
    gone: list[Gone]

    @property
    def fresh(self) -> int:
        return sum(duty.fresh for _monday, duties in self.weeks for duty in duties)


def duties(centre: Centre, person: User, *, seen: datetime | None, at: datetime) -> Duties:
    """The duties of ``person`` from the day of ``at`` on, and those that they lost since ``seen``: one query."""
    since, today = seen or at - LOOKED_BACK, centre.local_day(at)
    mine, lost = slots_of(centre, person, from_day=today, lost_since=since)
    weeks: dict[date, list[Duty]] = {}
    for slot in mine:
        half_day = slot.half_day
        begins, ends = half_day.bounds
        if ends <= at:
            continue
        duty = Duty(slot, half_day, slot.changed_at > since, begins <= at < ends, half_day.date == today)
        weeks.setdefault(half_day.date - timedelta(days=half_day.date.weekday()), []).append(duty)
    gone = [Gone(slot, slot.half_day, slot.changed_at, slot.state == State.ABSENT) for slot in lost]
    return Duties(person, list(weeks.items()), gone)


def slots_of(
    centre: Centre, person: User, *, from_day: date, lost_since: datetime
) -> tuple[list[DutySlot], list[DutySlot]]:
    """The slots that ``person`` is to hold from a day on, and those they lost since an instant, in the order of time: one query.

    A slot is one person's for ever: given to somebody else, it is cancelled and another one is made.
    """
    rows = DutySlot.objects.filter(centre=centre, person=person, half_day__date__gte=from_day)
    rows = rows.select_related("half_day__centre", "half_day__site", "theme", "space")
    mine = list(rows.order_by("half_day__date", "half_day__starts", "pk"))
    lost = [one for one in mine if one.state != State.PLANNED and one.changed_at > lost_since]
    return [one for one in mine if one.state == State.PLANNED], lost
