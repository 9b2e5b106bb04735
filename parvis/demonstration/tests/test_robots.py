"""Robots play a day through the real actions, beside people, and can be stopped anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import pairwise
from uuid import uuid4

import pytest

from parvis.accounts.models import User
from parvis.centres.factories import a_person
from parvis.centres.models import Centre
from parvis.demonstration.ground import ground_of
from parvis.demonstration.robots import Robots
from parvis.demonstration.setting import set_up
from parvis.reception import actions
from parvis.reception.models import Act, Arrival, Expected, Passage, Seat, State, Ticket
from parvis.reception.models.ticket import OPEN_STATES

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
OPENS, CLOSES = 600, 960


@pytest.fixture
def ground():
    set_up(today=DAY, at=datetime(2026, 3, 3, 12, tzinfo=UTC), language="en")
    centre = Centre.objects.get(slug="ohjaamo-koivuranta")
    hours = centre.sites.get().hours
    hours.all().delete()
    hours.create(weekday=DAY.weekday(), opens=time(10), closes=time(16))
    return ground_of(centre, "seed-2")


def robots(ground):
    return Robots(ground, ground.whole_day(DAY, [(OPENS, CLOSES)]))


def seen(ground):
    tickets = Ticket.objects.filter(centre=ground.centre)
    return {
        "tickets": set(tickets.values_list("key", "state", "number")),
        "acts": set(Act.objects.filter(centre=ground.centre).values_list("key", "minutes", "ticket__key")),
        "seats": Seat.objects.filter(centre=ground.centre).count(),
    }


def test_a_whole_day_is_played_and_everybody_goes_home(ground):
    one = robots(ground)
    happened = one.play(0, 24 * 60 - 1)
    tickets = Ticket.objects.filter(centre=ground.centre)
    assert happened > 90
    assert set(tickets.values_list("key", flat=True)) == set(one.numbers)
    assert not tickets.filter(state__in=OPEN_STATES).exists()
    assert tickets.filter(state=State.DONE).count() > 0.6 * tickets.count()
    assert not Seat.objects.open().exists()
    received = tickets.filter(periods__state=State.INTERVIEW, periods__undone_at=None).distinct().count()
    assert Act.objects.exclude(ticket=None).count() >= 0.9 * received
    assert Expected.objects.count() == sum(v.announced is not None for v in one.visitors) + len(
        one.whole.missing
    )
    assert Passage.objects.filter(source=Passage.Source.SENSOR).count() >= 6
    for ticket in tickets.prefetch_related("periods"):
        periods = list(ticket.periods.all())
        assert periods[0].started_at == ticket.taken_at
        for period, following in pairwise(periods):
            assert period.ended_at == following.started_at


def test_stopped_and_gone_on_by_another_the_same_visitors_come_once(ground):
    for start, until in (
        (0, 700),
        (650, 650.5),
        (690, 800),
        (800, 1439),
    ):  # stopped before it could say how far it was
        robots(ground).play(start, until)
    played = robots(ground)
    assert set(Ticket.objects.values_list("key", flat=True)) == set(played.numbers)
    assert not Ticket.objects.open().exists()
    numbers = sorted(Ticket.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_half_a_day_leaves_people_on_duty_and_visitors_in_the_room(ground):
    one, talking = robots(ground), Ticket.objects.filter(state=State.INTERVIEW)
    one.play(0, 740)
    assert any(one.play(minute - 5, minute) >= 0 and talking.exists() for minute in range(745, 800, 5))
    assert Seat.objects.open().count() >= 2
    assert set(Seat.objects.open().values_list("person__email", flat=True)) <= {
        r.email for r in ground.robots
    }


def test_a_seat_that_somebody_holds_stays_theirs(ground):
    person = User.objects.get(email="adviser@koivuranta.example")
    at = ground.instant(DAY, 595)
    desk, place = ground.places[0]
    mine = actions.open_seat(
        desk=desk, place=place, person=person, themes=list(ground.themes.values()), languages=["fi"], at=at
    )
    robots(ground).play(0, 1439)
    mine.refresh_from_db()
    assert (mine.closed_at, mine.person) == (None, person)
    assert not mine.tickets.exists()
    assert not Seat.objects.filter(desk=desk, place=place).exclude(pk=mine.pk).exists()


def test_a_visitor_whom_a_person_called_is_left_to_them(ground):
    person = a_person(centre=ground.centre)
    one = robots(ground)
    one.play(0, 640)
    desk, place = ground.places[-1]
    at = ground.instant(DAY, 640)
    themes = list(ground.themes.values())
    mine = actions.open_seat(desk=desk, place=place, person=person, themes=themes, languages=["fi"], at=at)
    waiting = Ticket.objects.waiting().first() or actions.issue_ticket(
        centre=ground.centre,
        arriving=actions.Arriving(theme=themes[0], language="fi", arrival=Arrival.GREETER),
        key=uuid4(),
        at=at,
    )
    called = actions.call_chosen(seat=mine, ticket=waiting, reason="language", at=at)
    one.play(640, 760)
    called.refresh_from_db()
    assert (called.state, called.seat) == (State.CALLED, mine)


def test_somebody_who_was_not_drawn_is_received_too(ground):
    one = robots(ground)
    one.play(0, 640)
    theme = next(iter(one.duties)).themes[0]
    arriving = actions.Arriving(theme=ground.themes[theme], language="fi", arrival=Arrival.KIOSK)
    key = uuid4()
    actions.issue_ticket(centre=ground.centre, arriving=arriving, key=key, at=ground.instant(DAY, 640))
    one.play(640, 1439)
    ticket = Ticket.objects.get(key=key)
    assert ticket.state == State.DONE
    assert ticket.acts.count() <= 1


def test_a_closed_day_is_quiet(ground):
    assert Robots(ground, ground.whole_day(DAY, [])).play(0, 1439) == 0
