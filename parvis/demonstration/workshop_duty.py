"""When the demonstration's facilitator, whom a person plays, is on duty for workshops: half-days on which teachers can come with a class."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.demonstration.ground import Ground
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Need, Terms, Wish, WorkingPattern

WEEKDAYS = (1, 2, 3)  # Tuesday to Thursday


def write_workshop_duty(ground: Ground, today: date, now: datetime) -> int:
    """Half-days to come of the published rota on which somebody leads workshops; returns how many."""
    centre, person = ground.centre, _who(ground)
    if person is None:
        return 0
    patterns = WorkingPattern.objects.filter(person=person, centre=centre)
    cannot = set(patterns.filter(wish=Wish.CANNOT).values_list("weekday", "part"))
    planned = DutySlot.objects.filter(half_day=OuterRef("pk"))
    half_days = [
        one
        for one in HalfDay.objects.filter(Exists(planned), centre=centre, date__gt=today).order_by("date")
        if one.date.weekday() in WEEKDAYS and (one.date.weekday(), one.part) not in cannot
    ]
    known = set(
        DutySlot.objects.filter(half_day__in=half_days, person=person).values_list("half_day", flat=True)
    )
    half_days = [one for one in half_days if one.pk not in known]
    Terms.objects.filter(person=person, centre=centre).update(facilitates=True)
    duty = DutyKind.FACILITATION
    Need.objects.bulk_create(Need(half_day=one, duty=duty, seats=1) for one in half_days)
    DutySlot.objects.bulk_create(
        DutySlot(centre=centre, half_day=one, person=person, duty=duty, changed_at=now) for one in half_days
    )
    return len(half_days)


def _who(ground: Ground) -> User | None:
    """The facilitator, else the adviser, whom a person plays."""
    robots = [robot.pk for robot in ground.robots]
    played = User.objects.filter(assignments__centre=ground.centre).exclude(pk__in=robots).order_by("pk")
    found = (
        played.filter(assignments__role=role, assignments__centre=ground.centre).first()
        for role in (Role.FACILITATOR, Role.ADVISER)
    )
    return next((one for one in found if one), None)
