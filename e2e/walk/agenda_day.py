"""A class's day in its moments: planned in three groups, on the day itself, and over; what a class said it hoped for."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from parvis.accounts.models import User
from parvis.agenda.actions import preparing
from parvis.agenda.actions.day import DayHeld, Done, hold_class
from parvis.agenda.actions.day_plan import DaySaid, StationSaid, plan_day
from parvis.agenda.actions.visit_steps import Doing
from parvis.agenda.factories import a_class_visit, a_kit, a_room
from parvis.agenda.models import ClassVisit
from parvis.centres.models import Centre, CodeList
from parvis.surveys.actions.classes import close_round, open_round
from parvis.surveys.models import Response


def some_days(centre: Centre, people: dict[str, User], at: datetime) -> dict[str, int | str]:
    """Rows by name: a visit that is planned, one that is here today, one that is over, one of few pupils."""
    workshops = [
        StationSaid(a_kit(centre, title, people=12), a_room(centre, f"{title}: room"), people[who])
        for title, who in (
            ("Know myself", "staff"),
            ("Jobs around us", "calling"),
            ("Keys of studies", "talking"),
        )
    ]
    planned = _visit(centre, at + timedelta(days=26))
    plan_day(visit=planned, said=DaySaid(groups=[8, 8, 8], stations=workshops, break_after=2))
    preparing.begin_checklist(visit=planned)
    screen = preparing.ask_class(visit=planned, at=at)
    open_round(screen=screen, at=at)
    for number in range(24):
        Response.objects.create(
            collection=screen.collection,
            day=centre.local_day(at),
            language="en",
            answers={"idea": "no" if number % 3 else "several", "sure": 4},
        )
    close_round(screen=screen, at=at)
    today, over, few = (
        _visit(centre, at),
        _visit(centre, at - timedelta(days=1)),
        _visit(centre, at, pupils=8),
    )
    plan_day(visit=today, said=DaySaid(groups=[12, 12], stations=[StationSaid(None), workshops[0]]))
    objectives = list(centre.codes.filter(list=CodeList.OBJECTIVE)[:2])
    done = {one: Done("worked", "a game of values") for one in objectives}
    hold_class(visit=over, held=DayHeld(23, 2, done=done), doing=Doing(key=uuid4(), at=at))
    return {
        "visit planned": planned.pk,
        "visit planned, address": planned.token,
        "visit today": today.pk,
        "visit over": over.pk,
        "visit over, address": over.token,
        "visit few, address": few.token,
    }


def _visit(centre: Centre, begins: datetime, pupils: int = 24) -> ClassVisit:
    times = {"begins_at": begins, "ends_at": begins + timedelta(hours=3)}
    return a_class_visit(
        centre,
        pupils=pupils,
        language="en",
        state=ClassVisit.State.CONFIRMED,
        arrival="Come in by the garden.",
        **times,
    )
