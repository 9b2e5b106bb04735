"""The player follows the centre's clock, jumps, catches up, and is alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from parvis.centres.models import Centre
from parvis.demonstration import actions
from parvis.demonstration.demonstrate import demonstrate
from parvis.demonstration.models import Demonstration
from parvis.demonstration.player import NotYours, Player, claim, release
from parvis.reception.models import Day, Seat, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(beneath):
    """Made once: each test plays on from there."""
    with beneath():
        demonstrate(at=NOON, language="en", days=2, seed="seven")


@pytest.fixture
def demonstration(made):
    """The small centre: quick to play."""
    found = Demonstration.objects.select_related("centre").get(centre__slug="ohjaamo-koivuranta")
    still_at(found, NOON)
    return found


def still_at(demonstration, shows):
    actions.set_clock(centre=demonstration.centre, shows=shows, speed=0, real=timezone.now())


def player_of(demonstration, name="one"):
    fresh = Demonstration.objects.select_related("centre").get(pk=demonstration.pk)
    return Player(fresh, name)


def today(demonstration):
    return Ticket.objects.filter(centre=demonstration.centre, date=date(2026, 3, 3))


def test_nothing_happens_while_the_clock_stands_still(demonstration):
    before = today(demonstration).count()
    assert player_of(demonstration).tick(timezone.now()) == 0
    assert today(demonstration).count() == before


def test_visitors_come_as_the_clock_goes_on(demonstration):
    before = today(demonstration).count()
    still_at(demonstration, NOON + timedelta(hours=1))
    player = player_of(demonstration)
    assert player.tick(timezone.now()) > 5
    assert today(demonstration).count() > before
    assert player.demonstration.played_until == NOON + timedelta(hours=1)


def test_a_jump_shows_the_day_passing_and_ends_where_it_was_sent(demonstration):
    target = NOON + timedelta(minutes=30)
    actions.jump(demonstration=demonstration, to=target)
    player = player_of(demonstration)
    clocks = []
    while player.tick(timezone.now()) is not None and player.demonstration.jump_to:
        clocks.append(Centre.objects.get(pk=demonstration.centre_id).now())
    assert clocks == sorted(clocks)
    assert len(clocks) == 5
    centre = Centre.objects.get(pk=demonstration.centre_id)
    assert (centre.now(), centre.clock_speed) == (target, 0)
    assert player.demonstration.played_until == target


def test_one_cannot_go_back(demonstration):
    with pytest.raises(actions.Backwards):
        actions.jump(demonstration=demonstration, to=NOON - timedelta(minutes=1))


def test_the_next_morning_finds_yesterday_signed_and_everybody_gone(demonstration):
    target = NOON + timedelta(days=1)
    actions.jump(demonstration=demonstration, to=target)
    player = player_of(demonstration)
    while player.demonstration.jump_to or player.tick(timezone.now()):
        player.tick(timezone.now())
    day = Day.objects.get(centre=demonstration.centre, date=date(2026, 3, 3))
    assert day.signed_by.email == "reception@koivuranta.example"
    assert not today(demonstration).open().exists()
    assert Ticket.objects.filter(centre=demonstration.centre, date=date(2026, 3, 4)).exists()
    assert set(
        Seat.objects.open().filter(centre=demonstration.centre).values_list("opened_at__date", flat=True)
    ) == {date(2026, 3, 4)}


def test_days_that_were_missed_whole_are_written(demonstration):
    actions.jump(demonstration=demonstration, to=NOON + timedelta(days=7))
    player = player_of(demonstration)
    while player.tick(timezone.now()) or player.demonstration.jump_to:
        pass
    days = Day.objects.filter(centre=demonstration.centre, date__gt=date(2026, 3, 3)).order_by("date")
    assert [day.date.day for day in days] == [4, 5, 6, 9, 10]
    assert [day.is_signed for day in days] == [True] * 4 + [False]


def test_one_process_plays_at_a_time(demonstration):
    now = timezone.now()
    claim(demonstration, player="one", real=now)
    with pytest.raises(NotYours):
        player_of(demonstration, "two").tick(now + timedelta(seconds=5))
    player_of(demonstration, "one").tick(now + timedelta(seconds=5))
    player_of(demonstration, "two").tick(now + timedelta(seconds=40))  # the first has not been heard of
    release(player="two")
    player_of(demonstration, "three").tick(now + timedelta(seconds=41))


def test_after_a_night_the_clock_goes_to_a_lively_moment(demonstration):
    still_at(demonstration, NOON + timedelta(hours=9))
    Centre.objects.update(clock_speed=1)
    player = player_of(demonstration)
    player.wake(NOON + timedelta(hours=9))
    shown = demonstration.centre.local(player.demonstration.jump_to)
    assert (shown.date(), shown.hour) == (date(2026, 3, 4), 13)  # on Wednesdays it opens at noon


def test_on_a_day_off_the_demonstration_opens_all_the_same(demonstration):
    sunday = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    still_at(demonstration, sunday)
    Centre.objects.update(clock_speed=1)
    player = player_of(demonstration)
    player.wake(sunday)
    assert demonstration.centre.local(player.demonstration.jump_to).date() == date(2026, 3, 8)
    while player.tick(timezone.now()) or player.demonstration.jump_to:
        pass
    assert Ticket.objects.filter(centre=demonstration.centre, date=date(2026, 3, 8)).exists()


def test_speeds(demonstration):
    real = timezone.now()
    actions.set_speed(demonstration=demonstration, speed=60, real=real)
    centre = Centre.objects.get(pk=demonstration.centre_id)
    assert (centre.clock_speed, centre.clock_showed) == (60, NOON)
    actions.set_clock(centre=centre, shows=real, speed=1, real=real)
    assert centre.clock_set_at is None
