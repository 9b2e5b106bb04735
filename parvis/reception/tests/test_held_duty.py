"""Sitting down and leaving write what was held of the rota, to the minute."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import Desk
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.reception import actions
from parvis.reception.actions.duty import end_forgotten_duties
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Seat
from parvis.reception.tests.pages import a_house, address
from parvis.rota.models import DutySlot, Held
from parvis.rota.tests.duty import DAY, a_half_day, a_slot, at, terms

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def house():
    house = a_house()
    relation = an_institution(house.centre, "Chamber")
    belong(centre=house.centre, person=house.adviser, to=relation.institution, on=DAY - timedelta(days=90))
    house.chamber = relation.institution
    return house


def sits(house, when, *themes, **more):
    return a_seat(list(themes) or [house.jobs], when, person=house.adviser, languages=["en"], **more)


def stretches():
    """Everything held: (slot, theme, from, to, how it ended), in the order of time; times as the centre's clock shows them."""
    return [
        (
            held.slot,
            held.theme,
            held.centre.local(held.begun_at).strftime("%H:%M"),
            held.ended_at and held.centre.local(held.ended_at).strftime("%H:%M"),
            held.ending,
        )
        for held in Held.objects.order_by("begun_at", "pk")
    ]


def test_a_planned_slot_is_held_from_sitting_down_to_leaving(house):
    slot = a_slot(house.adviser, house.training, a_half_day(house.centre))
    seat = sits(house, at(house.centre, 8, 52, second=40), house.jobs, house.training)
    assert stretches() == [(slot, house.training, "08:52", None, "")]
    actions.pause_seat(seat=seat, at=at(house.centre, 10))
    actions.resume_seat(seat=seat)
    actions.close_seat(seat=seat, at=at(house.centre, 12, 7, second=59))
    actions.close_seat(seat=seat, at=at(house.centre, 12, 30))
    assert stretches() == [(slot, house.training, "08:52", "12:07", "seat")]
    held = Held.objects.get()
    assert (held.institution, held.minutes, held.date) == (house.chamber, 195, DAY)


@pytest.mark.parametrize(("minute", "planned"), [(29, False), (30, True)])
def test_half_an_hour_before_is_early_enough(house, minute, planned):
    slot = a_slot(house.adviser, house.training, a_half_day(house.centre))
    sits(house, at(house.centre, 8, minute))
    assert Held.objects.get().slot == (slot if planned else None)


@pytest.mark.parametrize("state", ["absent", "cancelled"])
def test_a_slot_that_does_not_stand_is_not_held(house, state):
    a_slot(house.adviser, house.training, a_half_day(house.centre), state=state)
    sits(house, at(house.centre, 9))
    assert stretches() == [(None, house.jobs, "09:00", None, "")]


def test_time_that_was_not_planned_is_for_its_one_theme_or_for_several(house):
    seat = sits(house, at(house.centre, 9), house.jobs)
    sits(house, at(house.centre, 10), house.jobs, house.training)
    sits(house, at(house.centre, 10, 30), house.training, house.jobs)
    actions.close_seat(seat=seat, at=at(house.centre, 11))
    assert stretches() == [
        (None, house.jobs, "09:00", "10:00", "seat"),
        (None, None, "10:00", "11:00", "seat"),
    ]


def test_a_seat_kept_at_noon_is_divided_between_the_two_slots(house):
    first = a_slot(house.adviser, house.jobs, a_half_day(house.centre))
    second = a_slot(house.adviser, house.training, a_half_day(house.centre, (13, 17)))
    seat = sits(house, at(house.centre, 9))
    sits(house, at(house.centre, 12, 45))  # the languages changed, say
    actions.close_seat(seat=seat, at=at(house.centre, 17, 5))
    assert stretches() == [
        (first, house.jobs, "09:00", "13:00", "seat"),
        (second, house.training, "13:00", "17:05", "seat"),
    ]


def test_moving_to_another_desk_and_two_seats_a_day_lose_nothing(house):
    slot = a_slot(house.adviser, house.jobs, a_half_day(house.centre))
    for begun, ended, desk in [((9, 0), (10, 15), 0), ((10, 15), (12, 0), 1), ((14, 0), (16, 0), 0)]:
        seat = sits(house, at(house.centre, *begun), desk=house.desks[desk])
        actions.close_seat(seat=seat, at=at(house.centre, *ended))
    assert stretches() == [
        (slot, house.jobs, "09:00", "10:15", "seat"),
        (slot, house.jobs, "10:15", "12:00", "seat"),
        (None, house.jobs, "14:00", "16:00", "seat"),
    ]


def test_leaving_the_team_ends_it(house):
    sits(house, at(house.centre, 9))
    team.remove_from_team(place=house.centre, person=house.adviser, at=at(house.centre, 10))
    assert [(held.minutes, held.ending) for held in Held.objects.all()] == [(60, "seat")]


@pytest.mark.parametrize(("minute", "ended", "ending"), [(10, "17:10", "day"), (45, "17:00", "forgotten")])
def test_signing_the_day_ends_it(house, minute, ended, ending):
    slot = a_slot(house.adviser, house.jobs, a_half_day(house.centre, (13, 17)))
    sits(house, at(house.centre, 13))
    when = at(house.centre, 17, minute)
    signed = {"door_count": None, "reasons": [], "remark": "", "by": house.greeter}
    actions.sign_day(centre=house.centre, day=DAY, at=when, **signed)
    assert stretches() == [(slot, house.jobs, "13:00", ended, ending)]


def test_the_night_ends_what_was_forgotten_with_its_half_day(house):
    slot = a_slot(house.adviser, house.jobs, a_half_day(house.centre))
    seat = sits(house, at(house.centre, 9))
    assert end_forgotten_duties(at=at(house.centre, 23)) == 0
    assert [end_forgotten_duties(at=at(house.centre, 3, day=NEXT)) for _twice in range(2)] == [1, 0]
    seat.refresh_from_db()
    assert stretches() == [(slot, house.jobs, "09:00", "12:00", "forgotten")]
    assert seat.closed_at == at(house.centre, 12)


def test_without_a_slot_a_forgotten_seat_ends_with_the_centres_half_day_or_counts_nothing(house):
    sits(house, at(house.centre, 10))
    end_forgotten_duties(at=at(house.centre, 3, day=NEXT))
    a_half_day(house.centre)
    sits(house, at(house.centre, 11))
    end_forgotten_duties(at=at(house.centre, 3, day=NEXT))
    assert [(held.minutes, held.ending) for held in Held.objects.order_by("pk")] == [
        (0, "forgotten"),
        (60, "forgotten"),
    ]


def test_a_visitor_who_still_sits_there_keeps_the_seat_but_not_the_time(house):
    a_half_day(house.centre)
    seat = sits(house, at(house.centre, 11))
    a_ticket(house.jobs, at(house.centre, 11), language="en")
    actions.start_interview(
        seat=seat, ticket=actions.call_next(seat=seat, at=at(house.centre, 11)), at=at(house.centre, 11)
    )
    assert end_forgotten_duties(at=at(house.centre, 3, day=NEXT)) == 0
    assert Seat.objects.open().get() == seat
    assert [(held.minutes, held.date) for held in Held.objects.all()] == [(60, DAY)]


def test_sitting_down_the_next_day_ends_what_nobody_ended(house):
    a_half_day(house.centre)
    sits(house, at(house.centre, 11))
    sits(house, at(house.centre, 9, day=NEXT))
    assert [(held.date, held.ending) for held in Held.objects.order_by("pk")] == [
        (DAY, "forgotten"),
        (NEXT, ""),
    ]


def test_the_page_is_filled_in_from_the_slot(house):
    now = house.centre.now()
    day = house.centre.local_day(now)
    half_day = a_half_day(house.centre, (0, 24), day)
    room = house.desks[1].space
    Desk.objects.filter(pk=house.desks[0].pk).update(closed_on=day)
    a_slot(house.adviser, house.training, half_day, space=room)
    terms(house.adviser, house.centre, house.training, languages=["nl", "en", "uk"])
    page = house.as_(house.adviser).get(address(house, "seat"))
    form = page.context["form"]
    assert (form["themes"].value(), form["languages"].value()) == ([house.training.pk], ["en", "nl"])
    assert form["place"].value() == f"{house.desks[1].pk}-1"
    assert "The rota expects you from 00:00 to 23:59 for “Find training”" in page.content.decode()


def test_without_a_slot_the_page_is_as_it_was(house):
    page = house.as_(house.adviser).get(address(house, "seat")).content.decode()
    assert "The rota expects you" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_greeter_sees_who_is_expected_and_not_there_yet(house, people):
    now = house.centre.now()
    half_day = a_half_day(house.centre, (0, 24), house.centre.local_day(now))
    other = a_centre()
    a_slot(a_person(Role.ADVISER, centre=other), a_theme(other), a_half_day(other, (0, 24), half_day.date))
    for _one in range(people):
        a_slot(a_person(Role.ADVISER, centre=house.centre), house.jobs, half_day)
    greeter = house.as_(house.greeter)
    page = greeter.get(address(house, "greeter"))
    assert f"{people} expected" in page.content.decode()
    assert [duty.coming for duty in page.context["duties"]] == [people, 0]
    somebody = DutySlot.objects.filter(centre=house.centre)[0].person
    seat = a_seat([house.jobs], now, person=somebody, languages=["en"])
    assert [duty.coming for duty in greeter.get(address(house, "greeter")).context["duties"]] == [
        people - 1,
        0,
    ]
    actions.close_seat(seat=seat, at=now + timedelta(minutes=5))
    assert [duty.coming for duty in greeter.get(address(house, "greeter")).context["duties"]] == [
        people - 1,
        0,
    ]
