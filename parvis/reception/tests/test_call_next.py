from datetime import UTC, datetime, timedelta

import pytest

from parvis.centres.factories import a_centre, a_code, a_desk, a_theme
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import State, Ticket
from parvis.reception.models.ticket import OutOfTurn

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def minutes(n):
    return NOON + timedelta(minutes=n)


def test_the_visitor_who_waited_longest_is_called():
    theme = a_theme(a_centre())
    early, late = a_ticket(theme, NOON), a_ticket(theme, minutes(1))
    seat = a_seat([theme], NOON)

    called = actions.call_next(seat=seat, at=minutes(2))

    assert (called, called.state, called.seat) == (early, State.CALLED, seat)
    assert list(Ticket.objects.waiting()) == [late]


def test_priority_goes_first_and_then_time():
    theme = a_theme(a_centre())
    reasons = [a_code(theme.centre, CodeList.PRIORITY, key) for key in ("accessibility", "frail")]
    plain = a_ticket(theme, NOON)
    first, second = (
        a_ticket(theme, minutes(1), priority=reasons[1]),
        a_ticket(theme, minutes(2), priority=reasons[0]),
    )
    assert list(Ticket.objects.waiting()) == [first, second, plain]


def test_a_seat_calls_only_for_its_themes_and_languages():
    centre = a_centre()
    jobs, training = a_theme(centre, "jobs"), a_theme(centre, "training")
    a_ticket(training, NOON)
    a_ticket(jobs, minutes(1), language="nl")
    wanted = a_ticket(jobs, minutes(2))
    seat = a_seat([jobs], NOON, languages=["fr", "en"])
    assert actions.call_next(seat=seat, at=minutes(3)) == wanted
    actions.finish_interview(seat=seat, ticket=wanted, at=minutes(4))
    with pytest.raises(actions.QueueEmpty):
        actions.call_next(seat=seat, at=minutes(5))


def test_a_double_click_calls_once():
    theme = a_theme(a_centre())
    first, second = a_ticket(theme, NOON), a_ticket(theme, NOON)
    seat = a_seat([theme], NOON)
    assert [actions.call_next(seat=seat, at=minutes(n)) for n in (1, 2)] == [first, first]
    second.refresh_from_db()
    assert second.state == State.WAITING


def test_yesterdays_ticket_is_not_called_today():
    theme = a_theme(a_centre())
    a_ticket(theme, NOON - timedelta(days=1))
    with pytest.raises(actions.QueueEmpty):
        actions.call_next(seat=a_seat([theme], NOON), at=NOON)


def test_a_chosen_visitor_is_called_with_a_reason_and_the_loser_hears_it():
    centre = a_centre()
    theme = a_theme(centre)
    a_ticket(theme, NOON)
    chosen = a_ticket(theme, minutes(1))
    mine, hers = a_seat([theme], NOON), a_seat([theme], NOON, desk=a_desk(centre, "2"))

    actions.call_chosen(seat=mine, ticket=chosen, reason=OutOfTurn.FRAIL, at=minutes(2))

    assert chosen.periods.get(state=State.CALLED).reason == OutOfTurn.FRAIL
    with pytest.raises(actions.AlreadyTaken):
        actions.call_chosen(seat=hers, ticket=chosen, reason=OutOfTurn.FRAIL, at=minutes(2))


def test_periods_give_wait_way_and_interview():
    theme = a_theme(a_centre())
    ticket, seat = a_ticket(theme, NOON), a_seat([theme], NOON)
    actions.call_next(seat=seat, at=minutes(10))
    actions.start_interview(seat=seat, ticket=ticket, at=minutes(11))
    actions.start_interview(seat=seat, ticket=ticket, at=minutes(12))  # a double click
    actions.finish_interview(seat=seat, ticket=ticket, at=minutes(31))
    lasted = [(p.state, p.lasted(minutes(99)) / 60) for p in ticket.periods.all()]
    assert lasted == [(State.WAITING, 10), (State.CALLED, 1), (State.INTERVIEW, 20), (State.DONE, 0)]


def test_absent_only_after_a_recall_and_some_minutes():
    theme = a_theme(a_centre(no_show_minutes=3))
    ticket, seat = a_ticket(theme, NOON), a_seat([theme], NOON)
    actions.call_next(seat=seat, at=minutes(1))
    with pytest.raises(actions.TooEarly):
        actions.mark_no_show(seat=seat, ticket=ticket, at=minutes(30))
    actions.recall(seat=seat, ticket=ticket, at=minutes(30))
    with pytest.raises(actions.TooEarly):
        actions.mark_no_show(seat=seat, ticket=ticket, at=minutes(32))
    assert actions.mark_no_show(seat=seat, ticket=ticket, at=minutes(33)).state == State.NO_SHOW
    assert actions.come_back(ticket=ticket, at=minutes(34)).state == State.WAITING


def test_ten_more_minutes_keep_the_place():
    theme = a_theme(a_centre())
    first, second = a_ticket(theme, NOON), a_ticket(theme, minutes(1))
    actions.ask_for_time(ticket=first, at=minutes(2))
    one, two = a_seat([theme], NOON), a_seat([theme], NOON, place=2)
    assert actions.call_next(seat=one, at=minutes(3)) == second
    third = a_ticket(theme, minutes(4))
    assert actions.call_next(seat=two, at=minutes(12)) == first
    assert list(Ticket.objects.waiting()) == [third]


def test_a_colleague_cannot_finish_my_interview():
    theme = a_theme(a_centre())
    ticket = a_ticket(theme, NOON)
    mine, hers = a_seat([theme], NOON), a_seat([theme], NOON, place=2)
    actions.call_next(seat=mine, at=NOON)
    with pytest.raises(actions.Forbidden):
        actions.finish_interview(seat=hers, ticket=ticket, at=NOON)


def test_a_closed_seat_calls_nobody():
    theme = a_theme(a_centre())
    a_ticket(theme, NOON)
    seat = a_seat([theme], NOON)
    actions.close_seat(seat=seat, at=NOON)
    with pytest.raises(actions.SeatClosed):
        actions.call_next(seat=seat, at=NOON)
