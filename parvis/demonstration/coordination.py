"""The invented steering committees, written through the room's own actions: the same for the same seed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

from parvis.accounts.models import User
from parvis.centres.models import ServiceModel
from parvis.demonstration.committees import COMMITTEES, Committee, Met, Sits, Talked, Took
from parvis.demonstration.ground import ROBOTS, Ground
from parvis.partners.actions import bodies, decisions, meetings, structure
from parvis.partners.models import AgendaItem, Attendance, Body, Institution, Meeting, Seat

SPACE = UUID("0b7f4a52-6f0b-4a5e-8f1b-2f6f8a9d3c10")
HOUR = time(14)


class Writer:
    """Writes one committee; ``institutions`` by name, ``today`` at the centre, ``now`` on its clock."""

    def __init__(
        self, ground: Ground, institutions: dict[str, Institution], since: date, now: datetime
    ) -> None:
        self.ground, self.institutions, self.since, self.now = ground, institutions, since, now
        self.today = ground.centre.local_day(now)
        rows = ground.centre.assignments.select_related("person").order_by("-pk")
        self.team: dict[str, User] = {
            row.role: row.person for row in rows if not row.person.email.startswith(ROBOTS)
        }

    def write(self, said: Committee) -> int:
        """Body, seats, meetings, structure model; returns how many decisions and actions."""
        wanted = bodies.BodySaid(said.name, Body.Kind.STEERING, self.since, purpose=said.purpose)
        body = bodies.open_body(centre=self.ground.centre, key=self.key("body"), said=wanted)
        seats = [self.seat(body, n, one) for n, one in enumerate(said.seats)]
        held = [self.meeting(body, met) for met in said.met]
        states = {seat: one.was for seat, one in zip(seats, said.seats, strict=True) if one.institution}
        for n, (meeting, met) in enumerate(zip(held, said.met, strict=True)):
            if met.back >= 0:
                self.attend(meeting, states if n == 0 else dict.fromkeys(states, Attendance.State.PRESENT))
            for point in met.talked:
                self.talk(meeting, point)
            meetings.carry_over(meeting=meeting)
        for earlier, later in pairwise(one for one in held if one.day <= self.today):
            meetings.approve_minutes(meeting=earlier, at_meeting=later, at=self.now)
        structure.choose_structure(
            centre=self.ground.centre, model=said.model, since=self.since, remark=said.remark, at=self.now
        )
        return sum(len(point.decided) + len(point.taken) for met in said.met for point in met.talked)

    def seat(self, body: Body, n: int, one: Sits) -> Seat:
        kind = str(one.kind) if isinstance(one.kind, Institution.Kind) else ""
        wanted = bodies.SeatSaid(self.since, kind=kind, label="" if kind else str(one.kind))
        (seat,) = bodies.add_seats(body=body, key=self.key("seat", n), said=wanted)
        if one.institution:
            mandate = bodies.MandateSaid(
                self.institutions[one.institution],
                self.since,
                self.day(one.ends) if one.ends else None,
                one.by,
                one.deputy,
            )
            bodies.give_mandate(seat=seat, key=self.key("mandate", n), said=mandate)
        return seat

    def meeting(self, body: Body, met: Met) -> Meeting:
        wanted = meetings.MeetingSaid(self.day(-met.back), HOUR, met.place)
        return meetings.plan_meeting(body=body, key=self.key("meeting", met.back), said=wanted, carry=False)

    def attend(self, meeting: Meeting, states: dict[Seat, Attendance.State]) -> None:
        meetings.note_attendance(meeting=meeting, states={**states}, at=self.now)

    def talk(self, meeting: Meeting, point: Talked) -> None:
        wanted = meetings.ItemSaid(point.title, self.institutions.get(point.by), point.minutes)
        item = meetings.add_item(meeting=meeting, key=self.key("item", point.title), said=wanted)
        for wording, result, votes in point.decided:
            so = decisions.DecisionSaid(wording, result, item, decisions.Votes(*votes) if votes else None)
            key = self.key("decision", wording)
            decisions.record_decision(meeting=meeting, key=key, said=so, at=self.now)
        for took in point.taken:
            self.take(meeting, took, item)

    def take(self, meeting: Meeting, took: Took, item: AgendaItem) -> None:
        wanted = decisions.PointSaid(
            what=took.what,
            institution=self.institutions.get(took.institution),
            person=self.team[took.role] if took.role else None,
            due=self.day(took.due),
            item=item,
        )
        made = decisions.take_on_action(meeting=meeting, key=self.key("action", took.what), said=wanted)
        if took.done:
            decisions.settle_action(point=made, on=self.day(took.due - 2))

    def day(self, ahead: int) -> date:
        return self.today + timedelta(days=ahead)

    def key(self, *of: object) -> UUID:
        ground = self.ground
        return uuid5(SPACE, "/".join(map(str, (ground.seed, ground.centre.slug, *of))))


def write_coordination(
    ground: Ground, institutions: dict[str, Institution], since: date, now: datetime
) -> int:
    """The steering committee of a demonstration centre with its meetings; returns how many rows it decided and took on."""
    return Writer(ground, institutions, since, now).write(
        COMMITTEES[ServiceModel(ground.centre.service_model)]
    )
