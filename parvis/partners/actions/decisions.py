"""What a meeting decided, and what somebody took on there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.partners.actions.bodies import locked_body
from parvis.partners.actions.bodies_errors import (
    NobodyTakesIt,
    NumbersHaveNoHoles,
    OfAnotherCentre,
    UnknownThen,
)
from parvis.partners.actions.meetings import check_held, open_meeting
from parvis.partners.models import (
    ActionPoint,
    AgendaItem,
    Decision,
    Institution,
    Meeting,
    MinutesCorrection,
    Relation,
)


@dataclass(frozen=True)
class Votes:
    """Counts, where votes were counted."""

    for_it: int
    against: int
    abstentions: int


@dataclass(frozen=True)
class DecisionSaid:
    """What was decided, under which point of the agenda."""

    wording: str
    result: Decision.Result
    item: AgendaItem | None = None
    votes: Votes | None = None


@dataclass(frozen=True)
class PointSaid:
    """What is to be done, by an institution, a colleague or both."""

    what: str
    institution: Institution | None = None
    person: User | None = None
    due: date | None = None
    item: AgendaItem | None = None


@transaction.atomic
def record_decision(*, meeting: Meeting, key: UUID, said: DecisionSaid, at: datetime) -> Decision:
    """A decision gets the body's next number of the year. The same ``key`` again returns the first.

    Raises ``AlreadyApproved``, ``NotHeldYet``, ``OfAnotherCentre``.
    """
    meeting = open_meeting(meeting)
    if before := Decision.objects.filter(key=key).first():
        if before.meeting_id != meeting.pk:
            raise OfAnotherCentre
        return before
    check_held(meeting, at)
    _check_item(meeting, said.item)
    year = meeting.day.year
    of_the_year = Decision.objects.filter(body=meeting.body_id, year=year)
    number = (of_the_year.aggregate(last=Max("number"))["last"] or 0) + 1
    named = {"body": meeting.body, "meeting": meeting, "key": key, "year": year, "number": number}
    return Decision.objects.create(**named, **_decided(said))


@transaction.atomic
def change_decision(*, decision: Decision, said: DecisionSaid) -> Decision:
    """Word it otherwise, under its number. Raises ``AlreadyApproved``, ``OfAnotherCentre``."""
    meeting = open_meeting(decision.meeting)
    _check_item(meeting, said.item)
    decision = Decision.objects.get(pk=decision.pk)
    for name, value in _decided(said).items():
        setattr(decision, name, value)
    decision.save()
    return decision


@transaction.atomic
def remove_decision(*, decision: Decision) -> None:
    """Take back the last decision of the year. Raises ``AlreadyApproved``, ``NumbersHaveNoHoles``."""
    open_meeting(decision.meeting)
    later = Decision.objects.filter(body=decision.body_id, year=decision.year, number__gt=decision.number)
    if later.exists():
        raise NumbersHaveNoHoles
    Decision.objects.filter(pk=decision.pk).delete()


@transaction.atomic
def take_on_action(*, meeting: Meeting, key: UUID, said: PointSaid) -> ActionPoint:
    """Somebody takes something on. The same ``key`` again returns the first.

    Raises ``AlreadyApproved``, ``NobodyTakesIt``, ``UnknownThen``, ``OfAnotherCentre``.
    """
    meeting = open_meeting(meeting)
    if before := ActionPoint.objects.filter(key=key).first():
        if before.meeting_id != meeting.pk:
            raise OfAnotherCentre
        return before
    _check_point(meeting, said, None)
    return ActionPoint.objects.create(meeting=meeting, key=key, **_taken(said))


@transaction.atomic
def change_action(*, point: ActionPoint, said: PointSaid) -> ActionPoint:
    """Word an action otherwise, or give it to somebody else. Raises as ``take_on_action``."""
    meeting = open_meeting(point.meeting)
    point = ActionPoint.objects.get(pk=point.pk)
    _check_point(meeting, said, point)
    return _saved(point, said)


@transaction.atomic
def hand_on_action(
    *, point: ActionPoint, key: UUID, said: PointSaid, was: str, reason: str, by: User, at: datetime
) -> ActionPoint:
    """After the minutes were approved: somebody else, or another day. It stands as a correction beside them.

    ``was``: the correction's words, made by the page. The same ``key`` again changes nothing. Raises as ``take_on_action``.
    """
    locked_body(point.meeting.body)
    point = ActionPoint.objects.select_related("meeting__body").get(pk=point.pk)
    if MinutesCorrection.objects.filter(key=key).exists():
        return point
    _check_point(point.meeting, said, point)
    columns = {"text": was, "reason": reason, "by": by, "at": at, "item": point.item}
    MinutesCorrection.objects.create(meeting=point.meeting, key=key, **columns)
    point.institution, point.person, point.due = said.institution, said.person, said.due
    point.save()
    return point


@transaction.atomic
def settle_action(*, point: ActionPoint, on: date | None) -> ActionPoint:
    """It was done on a day, or it is open again. Said twice, it is so once."""
    locked_body(point.meeting.body)
    point = ActionPoint.objects.get(pk=point.pk)
    point.done_on = on
    point.save(update_fields=["done_on"])
    return point


@transaction.atomic
def remove_action(*, point: ActionPoint) -> None:
    """Take back an action. Raises ``AlreadyApproved``."""
    open_meeting(point.meeting)
    ActionPoint.objects.filter(pk=point.pk).delete()


@transaction.atomic
def let_actions_go(*, centre: Centre, person: User, at: datetime) -> int:
    """Who no longer works at ``centre`` takes on nothing there: what was open looks for somebody else."""
    if Assignment.objects.filter(centre=centre, person=person).exists():
        return 0
    return ActionPoint.objects.filter(meeting__body__centre=centre, person=person, done_on=None).update(
        person=None
    )


def _saved(point: ActionPoint, said: PointSaid) -> ActionPoint:
    for name, value in _taken(said).items():
        setattr(point, name, value)
    point.save()
    return point


def _decided(said: DecisionSaid) -> dict[str, object]:
    votes = said.votes
    return {
        "wording": said.wording,
        "result": said.result,
        "item": said.item,
        "votes_for": votes.for_it if votes else None,
        "votes_against": votes.against if votes else None,
        "abstentions": votes.abstentions if votes else None,
    }


def _taken(said: PointSaid) -> dict[str, object]:
    owner = {"institution": said.institution, "person": said.person}
    return owner | {"what": said.what, "due": said.due, "item": said.item}


def _check_item(meeting: Meeting, item: AgendaItem | None) -> None:
    if item and item.meeting_id != meeting.pk:
        raise OfAnotherCentre


def _check_point(meeting: Meeting, said: PointSaid, before: ActionPoint | None) -> None:
    """An owner who is there; one that it had already may stay."""
    _check_item(meeting, said.item)
    if said.institution is None and said.person is None:
        raise NobodyTakesIt
    centre = meeting.body.centre_id
    kept = (before.institution_id, before.person_id) if before else (None, None)
    if said.institution and said.institution.pk != kept[0]:
        known = Relation.objects.filter(centre=centre, institution=said.institution)
        if not known.exists():
            raise UnknownThen
    team = Assignment.objects.filter(centre=centre, person=said.person)
    if said.person and said.person.pk != kept[1] and not team.exists():
        raise OfAnotherCentre
