"""When somebody can come: the ordinary week, one date, leave, and the answer to a roster call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota.actions.errors import SaidOtherwise
from parvis.rota.models import (
    HalfDay,
    Leave,
    Part,
    RosterAnswer,
    RosterCall,
    Wish,
    WishForHalfDay,
    WorkingPattern,
)

LONGEST_LEAVE = 400  # days


class LeaveTooLong(Exception):
    """More than a year: the person’s terms end instead."""


class CallClosed(Exception):
    """The roster call was closed: who plans has begun."""


@transaction.atomic
def say_usual(
    *,
    person: User,
    centre: Centre,
    weekday: int,
    part: Part,
    weeks: WorkingPattern.Weeks,
    wish: Wish | None,
) -> Wish | None:
    """How ``person`` likes one part of a weekday from now on; None takes it back. Returns what they had said before."""
    here: dict[str, Any] = {
        "person": person,
        "centre": centre,
        "weekday": weekday,
        "part": part,
        "weeks": weeks,
    }
    before = WorkingPattern.objects.filter(**here).first()
    if wish is None:
        WorkingPattern.objects.filter(**here).delete()
    else:
        WorkingPattern.objects.update_or_create(**here, defaults={"wish": wish})
    return Wish(before.wish) if before else None


@transaction.atomic
def say_for_half_day(*, person: User, half_day: HalfDay, wish: Wish | None) -> Wish | None:
    """How ``person`` likes one half-day; None: as their usual week has it. Returns what they had said about it before."""
    before = WishForHalfDay.objects.filter(person=person, half_day=half_day).first()
    if wish is None:
        WishForHalfDay.objects.filter(person=person, half_day=half_day).delete()
    else:
        WishForHalfDay.objects.update_or_create(person=person, half_day=half_day, defaults={"wish": wish})
    return Wish(before.wish) if before else None


@transaction.atomic
def take_leave(
    *,
    key: UUID,
    person: User,
    centre: Centre,
    days: tuple[date, date],
    part: Part | None,
    by: User | None,
    at: datetime,
    sudden: bool = False,
) -> Leave:
    """``person`` does not come between two ``days``, both included; nobody is asked why. The same ``key`` again changes nothing.

    Raises ``LeaveTooLong``, ``SaidOtherwise``.
    """
    if (days[1] - days[0]).days >= LONGEST_LEAVE:
        raise LeaveTooLong
    said = {
        "person": person,
        "centre": centre,
        "first_day": days[0],
        "last_day": days[1],
        "part": part or "",
        "said_by": by,
        "said_at": at,
        "sudden": sudden,
    }
    leave, new = Leave.objects.get_or_create(key=key, defaults=said)
    there = (leave.person_id, leave.first_day, leave.last_day, leave.part)
    if not new and there != (person.pk, *days, part or ""):
        raise SaidOtherwise
    return leave


@transaction.atomic
def give_back_leave(*, leave: Leave) -> None:
    """The person comes after all; again, changes nothing."""
    Leave.objects.filter(pk=leave.pk).delete()


@transaction.atomic
def answer_call(
    *, call: RosterCall, person: User, by: User | None, at: datetime, remark: str = ""
) -> RosterAnswer:
    """``person`` has said when they can come. Again, keeps when they first did and takes the new remark. Raises ``CallClosed``."""
    call = RosterCall.objects.select_for_update(no_key=True).get(pk=call.pk)
    if call.closed_at:
        raise CallClosed
    return RosterAnswer.objects.update_or_create(
        call=call,
        person=person,
        defaults={"remark": remark},
        create_defaults={"remark": remark, "answered_at": at, "answered_by": by},
    )[0]
