from datetime import UTC, datetime, timedelta

import pytest

from parvis.centres.factories import a_centre, a_desk, a_theme
from parvis.reception import actions
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import State, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def minutes(n):
    return NOON + timedelta(minutes=n)


@pytest.fixture
def house():
    """Two themes, two desks with an adviser each, and a visitor in interview at the first."""
    centre = a_centre()
    jobs, training = a_theme(centre, "jobs"), a_theme(centre, "training")
    one = a_seat([jobs], NOON)
    two = a_seat([training], NOON, desk=a_desk(centre, "2"))
    ticket = a_ticket(jobs, NOON)
    actions.call_next(seat=one, at=minutes(1))
    actions.start_interview(seat=one, ticket=ticket, at=minutes(2))
    return jobs, training, one, two, ticket


def test_handed_to_a_theme_with_the_time_of_arrival(house):
    jobs, training, one, two, ticket = house
    later = a_ticket(training, minutes(5))
    actions.transfer(ticket=ticket, to=Target(theme=training), at=minutes(10))
    assert actions.call_next(seat=two, at=minutes(11)) == ticket
    assert list(Ticket.objects.waiting()) == [later]


@pytest.mark.parametrize("kind", ["desk", "seat"])
def test_handed_to_a_desk_or_to_the_person_on_duty(house, kind):
    jobs, training, one, two, ticket = house
    to = Target(desk=two.desk) if kind == "desk" else Target(seat=two)
    actions.transfer(ticket=ticket, to=to, at=minutes(10))
    with pytest.raises(actions.QueueEmpty):
        actions.call_next(seat=one, at=minutes(11))
    assert actions.call_next(seat=two, at=minutes(11)) == ticket


def test_whoever_waits_for_a_seat_that_closes_waits_for_the_theme(house):
    jobs, training, one, two, ticket = house
    actions.transfer(ticket=ticket, to=Target(seat=two), at=minutes(10))
    actions.close_seat(seat=two, at=minutes(11))
    assert actions.call_next(seat=one, at=minutes(12)) == ticket


def test_another_centres_target_is_refused(house):
    *_, ticket = house
    theme = a_theme(a_centre())
    seat = a_seat([theme], NOON)
    for to in (Target(theme=theme), Target(seat=seat), Target(desk=seat.desk), Target()):
        with pytest.raises(actions.NotOfThisCentre):
            actions.transfer(ticket=ticket, to=to, at=minutes(10))


def test_undo_of_a_transfer_puts_the_visitor_back_in_interview(house):
    jobs, training, one, two, ticket = house
    actions.transfer(ticket=ticket, to=Target(theme=training, desk=two.desk), at=minutes(10))
    back = actions.undo(ticket=ticket, at=minutes(11))
    assert (back.state, back.theme, back.seat, back.for_desk) == (State.INTERVIEW, jobs, one, None)
    open_period = ticket.periods.get(ended_at=None, undone_at=None)
    assert (open_period.state, open_period.started_at) == (State.INTERVIEW, minutes(2))


def test_undo_step_by_step_to_the_start_and_no_further(house):
    *_, ticket = house
    actions.finish_interview(seat=ticket.periods.get(state=State.CALLED).seat, ticket=ticket, at=minutes(20))
    states = [actions.undo(ticket=ticket, at=minutes(21)).state for _ in range(3)]
    assert states == [State.INTERVIEW, State.CALLED, State.WAITING]
    with pytest.raises(actions.UndoImpossible):
        actions.undo(ticket=ticket, at=minutes(22))


def test_undo_is_refused_when_the_desk_has_another_visitor(house):
    jobs, training, one, two, ticket = house
    actions.finish_interview(seat=one, ticket=ticket, at=minutes(20))
    a_ticket(jobs, minutes(20))
    actions.call_next(seat=one, at=minutes(21))
    with pytest.raises(actions.UndoImpossible):
        actions.undo(ticket=ticket, at=minutes(22))
    ticket.refresh_from_db()
    assert ticket.state == State.DONE
    assert ticket.periods.filter(undone_at__isnull=False).count() == 0


def test_undo_is_for_the_same_day(house):
    *_, ticket = house
    with pytest.raises(actions.UndoImpossible):
        actions.undo(ticket=ticket, at=NOON + timedelta(days=1))


def test_a_seat_with_a_visitor_stays_open(house):
    _, _, one, _, _ = house
    with pytest.raises(actions.VisitorAtSeat):
        actions.close_seat(seat=one, at=minutes(30))


def test_a_seat_has_one_person_and_a_person_one_seat(house):
    jobs, training, one, two, _ = house
    with pytest.raises(actions.SeatTaken):
        a_seat([jobs], NOON, desk=one.desk, place=1)
    with pytest.raises(actions.SeatTaken):
        a_seat([jobs], NOON, desk=one.desk, place=2, person=one.person)
    again = a_seat([jobs, training], NOON, desk=one.desk, person=one.person)
    assert (again, set(again.themes.all())) == (one, {jobs, training})


def test_a_word_goes_along_until_the_next_hand_over(house):
    jobs, training, one, two, ticket = house
    actions.transfer(ticket=ticket, to=Target(seat=two), at=minutes(10), note="Has the form already")
    called = actions.call_next(seat=two, at=minutes(11))
    assert called.note == "Has the form already"
    actions.start_interview(seat=two, ticket=called, at=minutes(12))
    back = actions.transfer(ticket=called, to=Target(theme=jobs), at=minutes(20))
    assert back.note == ""
    taken_back = actions.undo(ticket=back, at=minutes(21))
    assert (taken_back.state, taken_back.note) == (State.INTERVIEW, "Has the form already")


def test_a_transfer_that_is_undone_takes_its_word_back(house):
    *_, two, ticket = house
    handed = actions.transfer(ticket=ticket, to=Target(seat=two), at=minutes(10), note="Wants evenings")
    assert actions.undo(ticket=handed, at=minutes(11)).note == ""
