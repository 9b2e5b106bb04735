"""Meetings: agenda, attendance, decisions, actions, approval and corrections; and their pages."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from parvis.accounts.roles import Role
from parvis.centres import leaving
from parvis.centres.factories import LONG_AGO, a_centre, a_person
from parvis.centres.models import Assignment
from parvis.partners.actions import bodies_errors as errors
from parvis.partners.actions import decisions, meetings
from parvis.partners.factories import an_institution
from parvis.partners.factories_bodies import (
    a_body,
    a_decision,
    a_mandate,
    a_meeting,
    a_point_of,
    an_action,
    seats,
)
from parvis.partners.models import (
    ActionPoint,
    Attendance,
    Decision,
    Meeting,
    MinutesCorrection,
)
from parvis.partners.queries.meetings import ALL, DONE, OVERDUE, ActionAsked, DecisionAsked
from parvis.partners.queries.meetings import actions as worklist
from parvis.partners.queries.meetings import decisions as register

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
NEXT = DAY + timedelta(days=28)
AT = datetime(2026, 3, 3, 18, tzinfo=UTC)
LATER = datetime(2026, 3, 31, 18, tzinfo=UTC)
KEY = UUID(int=5)
A = Attendance.State


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


@pytest.fixture
def body(centre):
    return a_body(centre)


@pytest.fixture
def meeting(body):
    return a_meeting(body, DAY)


def test_a_meeting_is_planned_once_and_within_its_body(body):
    said = meetings.MeetingSaid(DAY)
    one = meetings.plan_meeting(body=body, key=KEY, said=said)
    assert meetings.plan_meeting(body=body, key=KEY, said=said) == one
    with pytest.raises(errors.OutsideTheBody):
        a_meeting(body, LONG_AGO - timedelta(days=1))
    assert Meeting.objects.count() == 1


def test_points_keep_their_order_and_can_change_it(meeting, school):
    first, second, third = (a_point_of(meeting, title) for title in ("One", "Two", "Three"))
    meetings.order_items(meeting=meeting, order=[third.pk, first.pk])
    assert [item.title for item in meeting.items.all()] == ["Three", "One", "Two"]
    meetings.remove_item(item=first)
    meetings.change_item(item=second, said=meetings.ItemSaid("Deux", school, "It was talked about."))
    assert [(item.title, item.brought_by) for item in meeting.items.all()] == [
        ("Three", None),
        ("Deux", school),
    ]


def test_a_point_is_added_once_and_brought_by_who_is_known(meeting):
    said = meetings.ItemSaid("One")
    one = meetings.add_item(meeting=meeting, key=KEY, said=said)
    assert meetings.add_item(meeting=meeting, key=KEY, said=said) == one
    with pytest.raises(errors.UnknownThen):
        a_point_of(meeting, "Two", brought_by=an_institution(a_centre(), "Elsewhere").institution)


def test_a_point_under_which_something_was_decided_stays(meeting):
    item = a_point_of(meeting, "One")
    a_decision(meeting, "It is so.", item=item)
    with pytest.raises(errors.StillUsed):
        meetings.remove_item(item=item)


def test_decisions_are_numbered_by_body_and_year(centre, body, meeting):
    other, later = a_meeting(a_body(centre, "Other"), DAY), a_meeting(body, date(2027, 1, 5))
    found = [a_decision(one, "So.") for one in (meeting, meeting, other, later, meeting)]
    assert [str(one) for one in found] == ["2026-1", "2026-2", "2026-1", "2027-1", "2026-3"]


def test_a_decision_is_recorded_once(meeting):
    said = decisions.DecisionSaid("So.", Decision.Result.ADOPTED, votes=decisions.Votes(5, 0, 1))
    one = decisions.record_decision(meeting=meeting, key=KEY, said=said, at=AT)
    assert decisions.record_decision(meeting=meeting, key=KEY, said=said, at=AT) == one
    assert (one.votes_for, one.votes_against, one.abstentions) == (5, 0, 1)
    assert Decision.objects.count() == 1


def test_nothing_is_decided_before_the_meeting(body):
    said = decisions.DecisionSaid("So.", Decision.Result.ADOPTED)
    with pytest.raises(errors.NotHeldYet):
        decisions.record_decision(meeting=a_meeting(body, NEXT), key=KEY, said=said, at=AT)


def test_only_the_last_decision_can_be_taken_back(meeting):
    first, second = a_decision(meeting, "One."), a_decision(meeting, "Two.")
    with pytest.raises(errors.NumbersHaveNoHoles):
        decisions.remove_decision(decision=first)
    decisions.remove_decision(decision=second)
    assert str(a_decision(meeting, "Again two.")) == "2026-2"


def test_a_meeting_with_decisions_stays_in_its_year(meeting):
    meetings.change_meeting(meeting=meeting, said=meetings.MeetingSaid(date(2027, 1, 5)))
    meetings.change_meeting(meeting=meeting, said=meetings.MeetingSaid(DAY))
    a_decision(meeting, "So.")
    with pytest.raises(errors.NumberedByYear):
        meetings.change_meeting(meeting=meeting, said=meetings.MeetingSaid(date(2027, 1, 5)))


def test_somebody_takes_an_action_on(centre, meeting, school):
    with pytest.raises(errors.NobodyTakesIt):
        an_action(meeting, "Look for a room")
    with pytest.raises(errors.OfAnotherCentre):
        an_action(meeting, "Look for a room", person=a_person(Role.DIRECTOR, centre=a_centre()))
    with pytest.raises(errors.UnknownThen):
        an_action(meeting, "Look for a room", an_institution(a_centre(), "Elsewhere").institution)
    said = decisions.PointSaid("Look for a room", school)
    one = decisions.take_on_action(meeting=meeting, key=KEY, said=said)
    assert decisions.take_on_action(meeting=meeting, key=KEY, said=said) == one


def test_what_is_open_is_carried_over_and_what_is_done_is_not(body, meeting, school):
    left, done = an_action(meeting, "Left", school), an_action(meeting, "Done", school)
    decisions.settle_action(point=done, on=DAY)
    later = a_meeting(body, NEXT)
    assert [one.point for one in later.carried.all()] == [left]
    more = an_action(meeting, "More", school)
    assert (meetings.carry_over(meeting=later), meetings.carry_over(meeting=later)) == (1, 0)
    assert {one.point for one in later.carried.all()} == {left, more}


def test_another_body_does_not_carry_it_over(centre, meeting, school):
    an_action(meeting, "Left", school)
    assert not a_meeting(a_body(centre, "Other"), NEXT).carried.exists()


def test_who_was_there_is_noted_by_seat(body, meeting, school):
    one, vacant = seats(body, number=2)
    a_mandate(one, school)
    with pytest.raises(errors.OfAnotherCentre):
        meetings.note_attendance(meeting=meeting, states={vacant: A.PRESENT}, at=AT)
    assert meetings.note_attendance(meeting=meeting, states={one: A.DEPUTY}, at=AT) == 1
    assert meetings.note_attendance(meeting=meeting, states={one: A.EXCUSED}, at=AT) == 1
    assert list(meeting.attendance.values_list("institution__name", "state")) == [("School", "excused")]
    assert meetings.note_attendance(meeting=meeting, states={one: None}, at=AT) == 0
    with pytest.raises(errors.NotHeldYet):
        meetings.note_attendance(meeting=a_meeting(body, NEXT), states={}, at=AT)


def approved(body, meeting):
    later = a_meeting(body, NEXT)
    return meetings.approve_minutes(meeting=meeting, at_meeting=later, at=LATER)


def test_a_later_meeting_of_the_body_approves_once_it_is_held(centre, body, meeting):
    later = a_meeting(body, NEXT)
    earlier, elsewhere = a_meeting(body, DAY - timedelta(days=1)), a_meeting(a_body(centre, "Other"), NEXT)
    for wrong in (earlier, elsewhere, meeting):
        with pytest.raises(errors.NotALaterMeeting):
            meetings.approve_minutes(meeting=meeting, at_meeting=wrong, at=LATER)
    with pytest.raises(errors.NotHeldYet):
        meetings.approve_minutes(meeting=meeting, at_meeting=later, at=AT)
    one = meetings.approve_minutes(meeting=meeting, at_meeting=later, at=LATER)
    assert (one.approved_in, one.approved_at) == (later, LATER)
    again = meetings.approve_minutes(meeting=meeting, at_meeting=later, at=LATER + timedelta(days=1))
    assert again.approved_at == LATER
    with pytest.raises(errors.AlreadyApproved):
        meetings.approve_minutes(meeting=meeting, at_meeting=a_meeting(body, NEXT), at=LATER)


def test_approved_minutes_stay_as_they_are(body, meeting, school):
    item = a_point_of(meeting, "One")
    decision, point = a_decision(meeting, "So."), an_action(meeting, "Left", school)
    approved(body, meeting)
    so, what = (
        decisions.DecisionSaid("Otherwise.", Decision.Result.REJECTED),
        decisions.PointSaid("Other", school),
    )
    tries = [
        lambda: meetings.change_meeting(meeting=meeting, said=meetings.MeetingSaid(NEXT)),
        lambda: meetings.add_item(meeting=meeting, key=KEY, said=meetings.ItemSaid("Two")),
        lambda: meetings.change_item(item=item, said=meetings.ItemSaid("Two")),
        lambda: meetings.order_items(meeting=meeting, order=[]),
        lambda: meetings.remove_item(item=item),
        lambda: meetings.note_attendance(meeting=meeting, states={}, at=AT),
        lambda: meetings.carry_over(meeting=meeting),
        lambda: decisions.record_decision(meeting=meeting, key=KEY, said=so, at=AT),
        lambda: decisions.change_decision(decision=decision, said=so),
        lambda: decisions.remove_decision(decision=decision),
        lambda: decisions.take_on_action(meeting=meeting, key=KEY, said=what),
        lambda: decisions.change_action(point=point, said=what),
        lambda: decisions.remove_action(point=point),
    ]
    for one in tries:
        with pytest.raises(errors.AlreadyApproved):
            one()
    assert decisions.settle_action(point=point, on=NEXT).done_on == NEXT


def test_a_correction_stands_beside_approved_minutes_only(centre, body, meeting):
    person = a_person(Role.DIRECTOR, centre=centre)
    said = {"meeting": meeting, "key": KEY, "text": "Six.", "reason": "A slip", "by": person, "at": LATER}
    with pytest.raises(errors.NotApproved):
        meetings.correct_minutes(**said)
    approved(body, meeting)
    one = meetings.correct_minutes(**said)
    assert meetings.correct_minutes(**said) == one
    assert MinutesCorrection.objects.count() == 1


def test_an_action_of_approved_minutes_is_handed_on_with_a_reason(centre, body, meeting, school):
    person, point = a_person(Role.DIRECTOR, centre=centre), an_action(meeting, "Left", school)
    approved(body, meeting)
    said = decisions.PointSaid("Left", None, person, NEXT)
    for _n in range(2):
        one = decisions.hand_on_action(
            point=point, key=KEY, said=said, was="School → the team", reason="A leave", by=person, at=LATER
        )
    assert (one.what, one.institution, one.person, one.due) == ("Left", None, person, NEXT)
    assert [(row.text, row.reason) for row in meeting.corrections.all()] == [("School → the team", "A leave")]


def test_who_leaves_the_team_takes_nothing_on_any_more(centre, meeting):
    person = a_person(Role.DIRECTOR, centre=centre)
    left, done = an_action(meeting, "Left", person=person), an_action(meeting, "Done", person=person)
    decisions.settle_action(point=done, on=DAY)
    leaving.settle_all(centre=centre, person=person, at=AT)
    assert ActionPoint.objects.filter(person=person).count() == 2
    Assignment.objects.filter(person=person).delete()
    leaving.settle_all(centre=centre, person=person, at=AT)
    left.refresh_from_db()
    done.refresh_from_db()
    assert (left.person, done.person) == (None, person)


def test_the_worklist_is_over_all_bodies_and_overdue_from_the_day_after(centre, meeting, school):
    due = an_action(meeting, "Écrire à la ville", school, due=NEXT)
    later = an_action(a_meeting(a_body(centre, "Other"), DAY), "Look for a room", school)
    done = decisions.settle_action(point=an_action(meeting, "Done", school), on=DAY)

    def points(day=NEXT, **asked):
        return [line.point for line in worklist(centre, ActionAsked(**asked), day).lines]

    assert points() == [due, later]
    assert points(state=OVERDUE) == []
    assert points(NEXT + timedelta(days=1), state=OVERDUE) == [due]
    assert points(state=DONE) == [done]
    assert points(state=ALL) == [due, later, done]
    assert points(words="ecrire") == [due]
    assert points(body=str(later.meeting.body_id)) == [later]


def test_the_register_is_searched(centre, meeting):
    one = a_decision(meeting, "L’été, ouvert.")
    other = a_decision(meeting, "Closed.", result=Decision.Result.POSTPONED)
    assert register(centre, DecisionAsked()).rows == [other, one]
    assert register(centre, DecisionAsked(words="ete")).rows == [one]
    assert register(centre, DecisionAsked(result="postponed")).rows == [other]
    assert register(centre, DecisionAsked(year="2025")).rows == []
