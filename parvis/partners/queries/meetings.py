"""What the pages of meetings, decisions and actions show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch

from parvis.centres.models import Centre
from parvis.partners.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Decision,
    Mandate,
    Meeting,
    MinutesCorrection,
    Seat,
    in_force,
)
from parvis.shared.plain import plain

OPEN, OVERDUE, DONE, ALL = "open", "overdue", "done", "all"


@dataclass(frozen=True)
class Attended:
    """One seat at a meeting: who held it then, and whether they were there."""

    seat: Seat
    mandate: Mandate | None
    state: Attendance.State | None

    @property
    def there(self) -> bool:
        return self.state in (Attendance.State.PRESENT, Attendance.State.DEPUTY)

    @property
    def who(self) -> str:
        """By whom the institution was represented, as long as the name is kept."""
        if not self.mandate:
            return ""
        return self.mandate.deputy if self.state == Attendance.State.DEPUTY else self.mandate.representative


@dataclass(frozen=True)
class MeetingPage:
    """One meeting: agenda with minutes, decisions and actions; who was there; what was carried over."""

    meeting: Meeting
    items: list[AgendaItem]
    apart: list[Decision]  # decisions under no point of the agenda
    points_apart: list[ActionPoint]
    attended: list[Attended]
    carried: list[ActionPoint]
    not_carried: int
    corrections: list[MinutesCorrection]
    approves: list[Meeting]
    to_approve: list[Meeting]
    later: list[Meeting]

    @property
    def there(self) -> int:
        return sum(one.there for one in self.attended)

    @property
    def held_seats(self) -> int:
        return sum(one.mandate is not None for one in self.attended)

    @property
    def attendance_noted(self) -> bool:
        return any(one.state for one in self.attended)


@dataclass(frozen=True)
class ActionAsked:
    """Which actions somebody wants to see."""

    state: str = OPEN
    body: str = ""
    words: str = ""


@dataclass(frozen=True)
class ActionLine:
    """One action on the worklist."""

    point: ActionPoint
    is_overdue: bool
    carried: int


@dataclass(frozen=True)
class Actions:
    """The worklist over all bodies, and how much of it is overdue whatever was asked."""

    lines: list[ActionLine]
    overdue: int
    any_ever: bool


@dataclass(frozen=True)
class DecisionAsked:
    """Which decisions somebody wants to see."""

    body: str = ""
    year: str = ""
    result: str = ""
    words: str = ""


@dataclass(frozen=True)
class Decisions:
    """The register of decisions, the newest first."""

    rows: list[Decision]
    years: list[int]
    any_ever: bool


def meeting_page(meeting: Meeting, day: date) -> MeetingPage:
    """One meeting, with a fixed number of queries."""
    decisions = list(meeting.decisions.order_by("number"))
    points = list(meeting.points.select_related("institution", "person").order_by("pk"))
    items = list(meeting.items.select_related("brought_by"))
    for item in items:
        item.decided = [one for one in decisions if one.item_id == item.pk]  # type: ignore[attr-defined]
        item.taken = [one for one in points if one.item_id == item.pk]  # type: ignore[attr-defined]
    others = list(Meeting.objects.filter(body=meeting.body_id).exclude(pk=meeting.pk).order_by("day", "pk"))
    carried = list(
        ActionPoint.objects.filter(carried__meeting=meeting)
        .select_related("institution", "person", "meeting")
        .order_by("due", "pk")
    )
    earlier = ActionPoint.objects.filter(
        meeting__body=meeting.body_id, meeting__day__lt=meeting.day, done_on=None
    )
    return MeetingPage(
        meeting=meeting,
        items=items,
        apart=[one for one in decisions if one.item_id is None],
        points_apart=[one for one in points if one.item_id is None],
        attended=attended(meeting),
        carried=carried,
        not_carried=earlier.exclude(carried__meeting=meeting).count(),
        corrections=list(meeting.corrections.select_related("by", "item")),
        approves=[one for one in others if one.approved_in_id == meeting.pk],
        to_approve=[one for one in others if one.day < meeting.day and not one.is_approved],
        later=[one for one in others if one.day >= meeting.day and one.day <= day],
    )


def attended(meeting: Meeting) -> list[Attended]:
    """The seats on the day of a meeting, and what is known of their attendance: three queries."""
    states = {row.seat_id: Attendance.State(row.state) for row in meeting.attendance.all()}
    mandates = Mandate.objects.filter(in_force(meeting.day)).select_related("institution")
    seats = Seat.objects.filter(in_force(meeting.day), body=meeting.body_id).order_by("pk")
    found = [
        Attended(seat, next(iter(seat.mandates.all()), None), states.get(seat.pk))
        for seat in seats.prefetch_related(Prefetch("mandates", mandates))
    ]
    return sorted(found, key=lambda one: (one.mandate is None, plain(_holder(one)), one.seat.pk))


def actions(centre: Centre, asked: ActionAsked, day: date) -> Actions:
    """The worklist: what is due first stands first, what is done last. Two queries."""
    rows = ActionPoint.objects.filter(meeting__body__centre=centre)
    rows = rows.select_related("meeting__body", "institution", "person").annotate(times=Count("carried"))
    every = sorted(rows, key=lambda one: (one.done_on is not None, one.due or date.max, one.pk))
    lines = [ActionLine(one, one.is_overdue_on(day), one.times) for one in every]
    wanted = plain(asked.words)
    kept = [line for line in lines if _fits(line, asked) and wanted in plain(_said(line.point))]
    return Actions(kept, sum(line.is_overdue for line in lines), bool(lines))


def decisions(centre: Centre, asked: DecisionAsked) -> Decisions:
    """The register: one query."""
    rows = Decision.objects.filter(body__centre=centre).select_related("body", "meeting", "item")
    every = sorted(rows, key=lambda one: (one.meeting.day, one.number), reverse=True)
    wanted = plain(asked.words)
    kept = [
        one
        for one in every
        if asked.body in ("", str(one.body_id))
        and asked.year in ("", str(one.year))
        and asked.result in ("", one.result)
        and wanted in plain(f"{one.wording} {one.item or ''} {one.year}-{one.number}")
    ]
    return Decisions(kept, sorted({one.year for one in every}, reverse=True), bool(every))


def _holder(one: Attended) -> str:
    return one.mandate.institution.name if one.mandate else ""


def _fits(line: ActionLine, asked: ActionAsked) -> bool:
    if asked.body not in ("", str(line.point.meeting.body_id)):
        return False
    is_done = line.point.done_on is not None
    return {OPEN: not is_done, OVERDUE: line.is_overdue, DONE: is_done, ALL: True}[asked.state]


def _said(point: ActionPoint) -> str:
    return f"{point.what} {point.institution or ''} {point.person.name if point.person else ''}"
