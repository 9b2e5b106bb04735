"""Places are kept, offered in the order of waiting, given back: what is promised is never more than there is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from parvis.agenda.actions.places import (
    NotLikeThat,
    NotOpen,
    Wish,
    accept_offer,
    come,
    decline_offer,
    take_address_back,
    withdraw,
)
from parvis.agenda.actions.seats import is_due, settle, settle_all, settle_later
from parvis.agenda.actions.telling import send_messages
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Address, AgendaSettings, Coming, Event, Registration, Session, Where
from parvis.centres.factories import a_centre

pytestmark = pytest.mark.django_db
State = Coming.State


@pytest.fixture
def house():
    return House()


class House:
    """A session in two days, with places for four."""

    def __init__(self, **fields):
        self.centre = a_centre()
        self.now = self.centre.now()
        event = an_event(self.centre, registration=Registration.REMINDER)
        begins = self.now + timedelta(days=2)
        self.session = a_session(event, begins, **{"room_seats": 4} | fields)

    def comes(self, wanted=1, **more):
        said = {"wanted": wanted, "language": "en"} | more
        key, email, at = said.pop("key", uuid4()), said.pop("email", ""), said.pop("at", self.now)
        return come(session=self.session, wish=Wish(**said), key=key, at=at, email=email)

    def said(self, coming):
        coming.refresh_from_db()
        return coming.state, coming.seats, coming.offered

    def taken(self):
        self.session.refresh_from_db()
        return self.session.room_taken

    def event(self, **fields):
        Event.objects.filter(pk=self.session.event_id).update(**fields)
        self.session = Session.objects.select_related("event", "centre").get(pk=self.session.pk)


def test_a_place_is_kept_under_a_friendly_name(house):
    first, second = house.comes(), house.comes(3)
    assert [(one.state, one.seats, one.number) for one in (first, second)] == [("held", 1, 1), ("held", 3, 2)]
    assert first.word
    assert first.word != second.word
    assert house.taken() == 4


def test_a_second_try_finds_the_first(house):
    key = uuid4()
    assert house.comes(2, key=key) == house.comes(2, key=key)
    assert (house.taken(), Coming.objects.count()) == (2, 1)


def test_who_comes_too_late_waits_and_fewer_is_fine_takes_what_is_there(house):
    house.comes(3)
    assert house.said(house.comes(2)) == ("waiting", 0, 0)
    assert house.said(house.comes(2, fewer=True)) == ("held", 1, 0)
    assert house.taken() == 4


def test_where_only_a_count_is_wanted_there_is_no_name(house):
    house.event(registration=Registration.COUNT)
    assert (house.comes(email="bird@example.org").word, Address.objects.count()) == ("", 0)


def test_without_a_limit_everybody_has_a_place():
    house = House(room_seats=None)
    assert {house.comes(5).state for _n in range(9)} == {State.HELD}
    assert house.taken() == 45


def test_online_and_on_site_are_counted_apart():
    house = House(room_seats=1, online_seats=1, link="https://example.org/room")
    assert house.comes().state == house.comes(where=Where.ONLINE).state == State.HELD
    assert house.comes(where=Where.ONLINE).state == State.WAITING
    assert (house.taken(), house.session.online_taken) == (1, 1)


@pytest.mark.parametrize("wrong", [{"wanted": 6}, {"wanted": 0}, {"wanted": 1, "where": Where.ONLINE}])
def test_what_the_event_does_not_offer_is_refused(house, wrong):
    with pytest.raises(NotLikeThat):
        house.comes(**wrong)


@pytest.mark.parametrize(
    "change",
    [
        {"registration": Registration.NONE},
        {"state": Event.State.DRAFT},
        {"state": Event.State.WITHDRAWN},
    ],
)
def test_nobody_registers_where_there_is_no_registration(house, change):
    house.event(**change)
    with pytest.raises(NotOpen):
        house.comes()


def test_nobody_registers_once_it_has_begun_or_is_cancelled(house):
    with pytest.raises(NotOpen):
        house.comes(at=house.session.begins_at)
    Session.objects.update(state=Session.State.CANCELLED)
    with pytest.raises(NotOpen):
        house.comes()


def test_a_place_given_back_is_offered_to_who_waits_first(house):
    first, second, third = house.comes(4), house.comes(2), house.comes(2)
    withdraw(coming=first, at=house.now)
    assert [house.said(one)[0] for one in (first, second, third)] == ["withdrawn", "offered", "offered"]
    assert house.taken() == 4  # what is offered is taken
    withdraw(coming=first, at=house.now)  # clicked twice
    assert house.taken() == 4


def test_who_wants_four_is_passed_over_by_two_and_keeps_their_rank(house):
    first, second = house.comes(2), house.comes(2)
    four, one = house.comes(4), house.comes(1)
    withdraw(coming=first, at=house.now)
    assert (house.said(four), house.said(one)) == (("waiting", 0, 0), ("offered", 0, 1))
    decline_offer(coming=one, at=house.now)
    withdraw(coming=second, at=house.now)
    assert house.said(four) == ("offered", 0, 4)


def test_fewer_is_fine_is_offered_what_is_there(house):
    house.comes(3)
    last = house.comes(1)
    waits = house.comes(3, fewer=True)
    withdraw(coming=last, at=house.now)
    assert house.said(waits) == ("offered", 0, 1)
    assert house.said(accept_offer(coming=waits, at=house.now)) == ("held", 1, 0)


def test_a_part_of_an_offer_can_be_taken_and_the_rest_goes_on(house):
    first = house.comes(4)
    waits, next_one = house.comes(4), house.comes(2)
    withdraw(coming=first, at=house.now)
    for _twice in range(2):
        accept_offer(coming=waits, seats=2, at=house.now)
    assert (house.said(waits), house.said(next_one)) == (("held", 2, 0), ("offered", 0, 2))


def test_an_offer_runs_out_and_goes_to_the_next(house):
    first = house.comes(4)
    waits, next_one = house.comes(4), house.comes(4)
    withdraw(coming=first, at=house.now)
    waits.refresh_from_db()
    assert waits.offered_until == house.now + timedelta(hours=24)
    later = waits.offered_until
    assert [is_due(house.session, at) for at in (house.now, later)] == [False, True]
    assert house.said(accept_offer(coming=waits, at=later)) == ("lapsed", 0, 0)
    assert house.said(next_one) == ("offered", 0, 4)
    assert house.taken() == 4


def test_an_offer_never_lasts_beyond_the_beginning(house):
    AgendaSettings.objects.create(centre=house.centre, offer_hours=100)
    first, waits = house.comes(4), house.comes(1)
    withdraw(coming=first, at=house.now)
    waits.refresh_from_db()
    assert waits.offered_until == house.session.begins_at
    settle(session=house.session, at=house.session.begins_at)
    assert (house.said(waits)[0], house.taken()) == ("lapsed", 0)


def test_an_offer_ends_where_the_session_is_moved_before_its_deadline(house):
    first, waits = house.comes(4), house.comes(1)
    withdraw(coming=first, at=house.now)
    Session.objects.update(begins_at=house.now + timedelta(hours=2))
    house.session.refresh_from_db()
    later = house.now + timedelta(hours=2)
    assert is_due(house.session, later)
    assert house.said(accept_offer(coming=waits, at=later))[0] == "lapsed"


def test_fewer_of_what_is_held_frees_the_others(house):
    first, waits = house.comes(4), house.comes(2)
    withdraw(coming=first, keep=2, at=house.now)
    assert (house.said(first), house.said(waits)) == (("held", 2, 0), ("offered", 0, 2))
    assert house.said(withdraw(coming=first, keep=3, at=house.now)) == ("held", 2, 0)


def test_who_waits_for_fewer_may_be_next(house):
    house.comes(3)
    waits = house.comes(2)
    assert house.said(withdraw(coming=waits, keep=1, at=house.now)) == ("offered", 0, 1)


def test_more_seats_are_offered_when_they_are_there(house):
    house.comes(4)
    waits = house.comes(2)
    Session.objects.update(room_seats=6)
    settle(session=house.session, at=house.now)
    assert (house.said(waits), house.taken()) == (("offered", 0, 2), 6)


def test_places_of_those_who_have_not_come_are_released(house):
    house.event(release_minutes=30)
    absent, waits = house.comes(4), house.comes(2)
    moment = house.session.begins_at - timedelta(minutes=30)
    settle(session=house.session, at=moment - timedelta(seconds=1))
    assert house.said(absent)[0] == "held"
    settle(session=house.session, at=moment)
    assert (house.said(absent)[0], house.said(waits)) == ("released", ("offered", 0, 2))
    accept_offer(coming=waits, at=moment)
    settle(session=house.session, at=moment + timedelta(minutes=1))
    assert house.said(waits) == ("held", 2, 0)


def test_the_hour_does_what_is_due(house):
    first, waits = house.comes(4), house.comes(2)
    withdraw(coming=first, at=house.now)
    Coming.objects.filter(pk=waits.pk).update(offered_until=house.now - timedelta(minutes=1))
    assert settle_all(at=house.now) == 1
    assert house.said(waits)[0] == "lapsed"
    assert settle_all(at=house.now) == 0
    settle_later.call(house.session.pk)


def test_of_a_cancelled_session_nothing_is_offered(house):
    first, waits = house.comes(4), house.comes(2)
    Session.objects.update(state=Session.State.CANCELLED)
    withdraw(coming=first, at=house.now)
    assert house.said(waits)[0] == "waiting"


@pytest.mark.django_db(transaction=True)
def test_an_address_is_told_of_the_registration_and_of_each_offer_once(house):
    first = house.comes(4)
    key = uuid4()
    waits = house.comes(2, key=key, email="bird@example.org")
    house.comes(2, key=key, email="bird@example.org")
    withdraw(coming=first, at=house.now)
    for _twice in range(2):
        send_messages.call(house.session.pk)
    assert [one.subject for one in mail.outbox] == [
        "Your registration: Workshop",
        "Places have become free: Workshop",
    ]
    take_address_back(coming=waits)
    assert Address.objects.count() == 0


def test_who_withdraws_leaves_no_address(house):
    coming = house.comes(email="bird@example.org")
    withdraw(coming=coming, at=house.now)
    assert Address.objects.count() == 0
