"""Entries of a device: exactly once, in order, with the number that the visitor was shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from parvis.centres.factories import a_centre, a_theme
from parvis.reception import actions
from parvis.reception.actions import Arriving, Entry
from parvis.reception.factories import a_device, a_ticket
from parvis.reception.models import Arrival, Device, NumberLease, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def theme():
    return a_theme(a_centre())


@pytest.fixture
def kiosk(theme):
    return a_device(theme.centre, Device.Kind.KIOSK)


def entry(theme, *, minutes=0.0, number=None, key=None):
    arriving = Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK)
    return Entry(key=key or uuid4(), arriving=arriving, age=timedelta(minutes=minutes), number=number)


def leased(kiosk, at=NOON, count=10):
    return actions.lease_numbers(device=kiosk, key=uuid4(), count=count, at=at)


def test_an_entry_sent_twice_is_one_ticket(theme, kiosk):
    said = entry(theme)
    tickets = {actions.take_entry(device=kiosk, entry=said, at=NOON).pk for _ in range(3)}
    assert len(tickets) == 1
    assert Ticket.objects.count() == 1


def test_a_leased_number_is_the_tickets_number_and_the_arrival_is_when_it_was(theme, kiosk):
    block = leased(kiosk, NOON - timedelta(hours=1))
    ticket = actions.take_entry(device=kiosk, entry=entry(theme, minutes=20, number=block.first + 2), at=NOON)
    assert (ticket.number, ticket.taken_at) == (block.first + 2, NOON - timedelta(minutes=20))


def test_no_arrival_is_in_the_future_or_before_the_block(theme, kiosk):
    block = leased(kiosk, NOON - timedelta(minutes=10))
    early = actions.take_entry(device=kiosk, entry=entry(theme, minutes=600, number=block.first), at=NOON)
    late = actions.take_entry(device=kiosk, entry=entry(theme, minutes=-600, number=block.last), at=NOON)
    assert (early.taken_at, late.taken_at) == (block.leased_at, NOON)


def test_an_evening_entry_sent_next_morning_belongs_to_the_evening(theme, kiosk):
    evening, morning = NOON + timedelta(hours=6), NOON + timedelta(hours=20)
    block = leased(kiosk, evening)
    ticket = actions.take_entry(
        device=kiosk, entry=entry(theme, minutes=13 * 60, number=block.first), at=morning
    )
    assert (ticket.date, ticket.number) == (block.date, block.first)


def test_the_number_shown_while_our_answer_was_lost_wins(theme, kiosk):
    block, said = leased(kiosk), entry(theme)
    first = actions.take_entry(device=kiosk, entry=said, at=NOON)
    again = actions.take_entry(
        device=kiosk, entry=entry(theme, number=block.first, key=said.key), at=NOON + timedelta(minutes=1)
    )
    assert (again.pk, again.number) == (first.pk, block.first)
    assert again.word == Ticket.objects.get(pk=first.pk).word
    assert again.word != first.word


def test_a_late_first_try_does_not_take_the_shown_number_back(theme, kiosk):
    block, said = leased(kiosk), entry(theme)
    shown = entry(theme, number=block.first, key=said.key)
    actions.take_entry(device=kiosk, entry=shown, at=NOON)
    assert actions.take_entry(device=kiosk, entry=said, at=NOON).number == block.first


@pytest.mark.parametrize("number", [1, 99])
def test_a_number_that_is_not_the_devices_loses_nobody(theme, kiosk, number):
    a_ticket(theme, NOON)
    leased(a_device(theme.centre, Device.Kind.GREETER))
    ticket = actions.take_entry(device=kiosk, entry=entry(theme, number=number), at=NOON)
    assert ticket.number == 12


def test_a_number_used_twice_by_a_muddled_device_loses_nobody(theme, kiosk):
    block = leased(kiosk)
    numbers = [
        actions.take_entry(device=kiosk, entry=entry(theme, number=block.first), at=NOON).number
        for _ in range(2)
    ]
    assert numbers == [block.first, block.last + 1]


def test_another_centres_key_or_theme_is_refused(theme, kiosk):
    other = a_theme(a_centre())
    theirs = a_ticket(other, NOON)
    with pytest.raises(actions.NotOfThisCentre):
        actions.take_entry(device=kiosk, entry=entry(theme, key=theirs.key), at=NOON)
    with pytest.raises(actions.NotOfThisCentre):
        actions.take_entry(device=kiosk, entry=entry(other), at=NOON)


def test_a_block_is_renewed_only_when_it_runs_low(kiosk):
    key = uuid4()
    assert actions.renew_lease(device=kiosk, key=key, left=16, size=30, at=NOON) is None
    block = actions.renew_lease(device=kiosk, key=key, left=12, size=30, at=NOON)
    assert block.last - block.first + 1 == 18
    assert actions.renew_lease(device=kiosk, key=key, left=12, size=30, at=NOON) == block
    assert NumberLease.objects.count() == 1
