"""A class of 24 in three groups, planned, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from parvis.accounts.roles import Role
from parvis.agenda.actions.day_plan import DaySaid, StationSaid, plan_day
from parvis.agenda.factories import a_class_visit, a_kit, a_room
from parvis.agenda.models import ClassVisit
from parvis.centres.factories import a_person
from parvis.centres.models import Centre


def a_dated_visit(centre: Centre, begins: datetime | None = None, **fields: Any) -> ClassVisit:
    """A class that is sure to come, on a morning of March 2026 unless said otherwise."""
    begins = begins or datetime(2026, 3, 10, 9, tzinfo=centre.zone)
    usual: dict[str, Any] = {"state": ClassVisit.State.CONFIRMED}
    return a_class_visit(centre, begins_at=begins, ends_at=begins + timedelta(hours=3), **usual | fields)


def a_planned_visit(
    centre: Centre, names: tuple[str, ...] = ("Explore", "Keys", "Games"), **fields: Any
) -> ClassVisit:
    """Its groups go round these workshops, each in a room of its own, led by somebody."""
    visit = a_dated_visit(centre, **fields)
    stations = [
        StationSaid(
            a_kit(centre, name), a_room(centre, f"Room {name}"), a_person(Role.FACILITATOR, centre=centre)
        )
        for name in names
    ]
    groups = [visit.pupils // len(names)] * len(names)
    groups[0] += visit.pupils - sum(groups)
    plan_day(visit=visit, said=DaySaid(groups=groups, stations=stations))
    return visit
