"""Bodies and their meetings for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from parvis.accounts.models import User
from parvis.centres.factories import LONG_AGO
from parvis.centres.models import Centre
from parvis.partners.actions import bodies, decisions, meetings
from parvis.partners.models import (
    ActionPoint,
    AgendaItem,
    Body,
    Decision,
    Institution,
    Mandate,
    Meeting,
    Seat,
)


def a_body(centre: Centre, name: str = "Steering committee", **said: Any) -> Body:
    """A steering committee since long ago, unless said otherwise."""
    usual: dict[str, Any] = {"kind": Body.Kind.STEERING, "valid_from": LONG_AGO}
    return bodies.open_body(centre=centre, key=uuid4(), said=bodies.BodySaid(name, **usual | said))


def seats(body: Body, kind: str = Institution.Kind.EDUCATION, number: int = 1, **said: Any) -> list[Seat]:
    """Seats of one category since the body's first day; ``label`` makes it the body's own."""
    usual: dict[str, Any] = {"kind": "" if "label" in said else kind, "valid_from": body.valid_from}
    return bodies.add_seats(body=body, key=uuid4(), said=bodies.SeatSaid(**usual | said), number=number)


def a_mandate(seat: Seat, institution: Institution, **said: Any) -> Mandate:
    """Since the seat's first day, without an end, unless said otherwise."""
    usual: dict[str, Any] = {"valid_from": seat.valid_from}
    wanted = bodies.MandateSaid(institution=institution, **usual | said)
    return bodies.give_mandate(seat=seat, key=uuid4(), said=wanted)


def a_meeting(body: Body, day: date, **said: Any) -> Meeting:
    """A meeting that takes up what is open."""
    wanted = meetings.MeetingSaid(day=day, **said)
    return meetings.plan_meeting(body=body, key=uuid4(), said=wanted)


def a_point_of(meeting: Meeting, title: str, **said: Any) -> AgendaItem:
    """One point of the agenda."""
    return meetings.add_item(meeting=meeting, key=uuid4(), said=meetings.ItemSaid(title, **said))


def a_decision(meeting: Meeting, wording: str, **said: Any) -> Decision:
    """Adopted on the day, unless said otherwise."""
    usual: dict[str, Any] = {"result": Decision.Result.ADOPTED}
    wanted = decisions.DecisionSaid(wording, **usual | said)
    at = datetime.combine(meeting.day, time(20), UTC)
    return decisions.record_decision(meeting=meeting, key=uuid4(), said=wanted, at=at)


def an_action(
    meeting: Meeting,
    what: str,
    institution: Institution | None = None,
    person: User | None = None,
    **said: Any,
) -> ActionPoint:
    """Somebody takes something on."""
    wanted = decisions.PointSaid(what=what, institution=institution, person=person, **said)
    return decisions.take_on_action(meeting=meeting, key=uuid4(), said=wanted)
