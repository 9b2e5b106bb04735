"""Meetings of a body: planned with their agenda, attended, minuted, approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from parvis.accounts.models import User
from parvis.partners.actions.bodies import known_then, locked_body
from parvis.partners.actions.bodies_errors import (
    AlreadyApproved,
    ChangedMeanwhile,
    NotALaterMeeting,
    NotApproved,
    NotHeldYet,
    NumberedByYear,
    OfAnotherCentre,
    OutsideTheBody,
    StillUsed,
    UnknownThen,
)
from parvis.partners.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Body,
    CarriedOver,
    Institution,
    Mandate,
    Meeting,
    MinutesCorrection,
    Seat,
    in_force,
)


@dataclass(frozen=True)
class MeetingSaid:
    """When and where a body meets."""

    day: date
    begins: time | None = None
    place: str = ""


@dataclass(frozen=True)
class ItemSaid:
    """A point of an agenda; ``minutes`` once it was dealt with."""

    title: str
    brought_by: Institution | None = None
    minutes: str = ""


@transaction.atomic
def plan_meeting(*, body: Body, key: UUID, said: MeetingSaid, carry: bool = True) -> Meeting:
    """A body is to meet; what is still open from its earlier meetings is carried over, unless that is not wanted.

    The same ``key`` again returns the first. Raises ``OutsideTheBody``, ``OfAnotherCentre``.
    """
    body = locked_body(body)
    if before := Meeting.objects.filter(key=key).first():
        if before.body_id != body.pk:
            raise OfAnotherCentre
        return before
    _check_day(body, said.day)
    columns = {"day": said.day, "begins": said.begins, "place": said.place}
    meeting = Meeting.objects.create(body=body, key=key, **columns)
    if carry:
        _carry(meeting)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, said: MeetingSaid) -> Meeting:
    """Another day or place. Raises ``AlreadyApproved``, ``OutsideTheBody``, ``NumberedByYear``."""
    meeting = open_meeting(meeting)
    if said.day.year != meeting.day.year and meeting.decisions.exists():
        raise NumberedByYear
    _check_day(meeting.body, said.day)
    meeting.day, meeting.begins, meeting.place = said.day, said.begins, said.place
    meeting.save()
    return meeting


@transaction.atomic
def carry_over(*, meeting: Meeting) -> int:
    """Take up what is still open from earlier meetings of the body; returns how many actions. Raises ``AlreadyApproved``."""
    return _carry(open_meeting(meeting))


@transaction.atomic
def add_item(*, meeting: Meeting, key: UUID, said: ItemSaid) -> AgendaItem:
    """One more point, at the end of the agenda. The same ``key`` again returns the first.

    Raises ``AlreadyApproved``, ``UnknownThen``, ``OfAnotherCentre``.
    """
    meeting = open_meeting(meeting)
    if before := AgendaItem.objects.filter(key=key).first():
        if before.meeting_id != meeting.pk:
            raise OfAnotherCentre
        return before
    _check_known(meeting, said.brought_by)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    columns = {"title": said.title, "brought_by": said.brought_by, "minutes": said.minutes}
    return AgendaItem.objects.create(meeting=meeting, key=key, position=last + 1, **columns)


@transaction.atomic
def change_item(*, item: AgendaItem, said: ItemSaid, seen: str | None = None) -> AgendaItem:
    """Word a point or its minutes otherwise. ``seen`` is the edition that the page showed; without it, whatever stands there.

    Raises ``AlreadyApproved``, ``UnknownThen``, and ``ChangedMeanwhile`` where somebody else wrote something else since then.
    """
    meeting = open_meeting(item.meeting)
    item = AgendaItem.objects.select_related("brought_by").get(pk=item.pk)
    if (item.title, item.brought_by, item.minutes) == (said.title, said.brought_by, said.minutes):
        return item
    if seen is not None and seen != item.edition:
        words = [item.title, item.brought_by.name if item.brought_by else "", item.minutes]
        raise ChangedMeanwhile(" – ".join(f"“{one}”" for one in words if one))
    if said.brought_by and said.brought_by.pk != item.brought_by_id:
        _check_known(meeting, said.brought_by)
    item.title, item.brought_by, item.minutes = said.title, said.brought_by, said.minutes
    item.save()
    return item


@transaction.atomic
def order_items(*, meeting: Meeting, order: list[int]) -> None:
    """The agenda's points (their row numbers) in another order; those left out keep theirs, behind. Raises ``AlreadyApproved``."""
    meeting = open_meeting(meeting)
    there = list(meeting.items.all())
    place = {pk: n for n, pk in enumerate(order)}
    there.sort(key=lambda item: place.get(item.pk, len(place)))
    for position, item in enumerate(there, 1):
        item.position = position
    AgendaItem.objects.bulk_update(there, ["position"])


@transaction.atomic
def remove_item(*, item: AgendaItem) -> None:
    """Take a point off the agenda. Raises ``AlreadyApproved``, ``StillUsed`` where something was decided under it."""
    open_meeting(item.meeting)
    if item.decisions.exists() or item.points.exists():
        raise StillUsed
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def note_attendance(*, meeting: Meeting, states: Mapping[Seat, Attendance.State | None], at: datetime) -> int:
    """Who was there, seat by seat; ``None`` where nothing is said. Returns how many seats it is known of.

    Raises ``AlreadyApproved``, ``NotHeldYet``, and ``OfAnotherCentre`` for a seat that nobody held on that day.
    """
    meeting = open_meeting(meeting)
    check_held(meeting, at)
    held = {mandate.seat_id: mandate.institution_id for mandate in mandates_at(meeting)}
    if any(seat.pk not in held for seat in states):
        raise OfAnotherCentre
    meeting.attendance.filter(seat__in=states).delete()
    rows = [
        Attendance(meeting=meeting, seat=seat, institution_id=held[seat.pk], state=state)
        for seat, state in states.items()
        if state
    ]
    Attendance.objects.bulk_create(rows)
    return meeting.attendance.count()


@transaction.atomic
def approve_minutes(*, meeting: Meeting, at_meeting: Meeting, at: datetime) -> Meeting:
    """A later meeting of the body approves the minutes: from now on they stay. Said twice, it is so once.

    Raises ``NotALaterMeeting``, ``NotHeldYet``, and ``AlreadyApproved`` where another meeting did so.
    """
    body = locked_body(meeting.body)
    meeting, later = Meeting.objects.get(pk=meeting.pk), Meeting.objects.get(pk=at_meeting.pk)
    if meeting.approved_in_id == later.pk:
        return meeting
    if meeting.is_approved:
        raise AlreadyApproved
    if later.body_id != body.pk or later.pk == meeting.pk or later.day < meeting.day:
        raise NotALaterMeeting
    check_held(later, at)
    meeting.approved_in, meeting.approved_at = later, at
    meeting.save(update_fields=["approved_in", "approved_at"])
    return meeting


@transaction.atomic
def correct_minutes(
    *,
    meeting: Meeting,
    key: UUID,
    text: str,
    reason: str,
    by: User,
    at: datetime,
    item: AgendaItem | None = None,
) -> MinutesCorrection:
    """Write beside approved minutes how something should read, and why. The same ``key`` again returns the first.

    Raises ``NotApproved``, ``OfAnotherCentre``.
    """
    locked_body(meeting.body)
    meeting = Meeting.objects.get(pk=meeting.pk)
    if not meeting.is_approved:
        raise NotApproved
    if before := MinutesCorrection.objects.filter(key=key).first():
        if before.meeting_id != meeting.pk:
            raise OfAnotherCentre
        return before
    if item and item.meeting_id != meeting.pk:
        raise OfAnotherCentre
    columns = {"text": text, "reason": reason, "by": by, "at": at, "item": item}
    return MinutesCorrection.objects.create(meeting=meeting, key=key, **columns)


def open_meeting(meeting: Meeting) -> Meeting:
    """The row as it is now, its body locked. Raises ``AlreadyApproved``."""
    body = locked_body(meeting.body)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.body = body
    if meeting.is_approved:
        raise AlreadyApproved
    return meeting


def check_held(meeting: Meeting, at: datetime) -> None:
    """Raises ``NotHeldYet`` before the meeting's day."""
    if meeting.day > meeting.body.centre.local_day(at):
        raise NotHeldYet


def mandates_at(meeting: Meeting) -> list[Mandate]:
    """Who held the body's seats on the day of a meeting."""
    rows = Mandate.objects.filter(in_force(meeting.day), seat__body=meeting.body_id)
    return list(rows.filter(in_force(meeting.day, "seat__")).select_related("seat", "institution"))


def _carry(meeting: Meeting) -> int:
    open_before = ActionPoint.objects.filter(
        meeting__body=meeting.body_id, meeting__day__lt=meeting.day, done_on=None
    )
    missing = open_before.exclude(carried__meeting=meeting)
    return len(CarriedOver.objects.bulk_create(CarriedOver(point=one, meeting=meeting) for one in missing))


def _check_day(body: Body, day: date) -> None:
    if day < body.valid_from or body.is_over_on(day):
        raise OutsideTheBody


def _check_known(meeting: Meeting, institution: Institution | None) -> None:
    if institution and not known_then(meeting.body.centre_id, institution, meeting.day):
        raise UnknownThen
