from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.centres.models import TicketStyle
from parvis.reception import actions, streams
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device
from parvis.reception.tests.pages import a_house
from parvis.rota.factories import a_duty_slot, a_half_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def screen(house):
    return reverse("reception:board", args=[a_device(house.centre, Device.Kind.BOARD).token])


def test_the_called_ticket_stands_there_in_its_own_language_with_the_way(house, screen, client):
    now = house.centre.now()
    ticket = a_ticket(house.jobs, now, language="fr")
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["fr"])
    actions.call_next(seat=seat, at=now)
    page = client.get(screen).content.decode()
    assert ticket.name_in("fr") in page
    assert f"{ticket.name_in('fr')}, bureau 1" in page  # what a voice says
    assert "Straight ahead" in page
    assert house.adviser.name not in page


def test_the_rota_says_for_what_somebody_is_there(house, screen, client):
    centre, day = house.centre, house.centre.local_day(house.centre.now())
    assert "Somebody is there for" not in client.get(screen).content.decode()
    half_day = a_half_day(centre, day, time(0), ends=time(23, 59))
    a_duty_slot(centre, house.adviser, day, time(0), theme=house.jobs, half_day=half_day)
    page = client.get(screen).content.decode()
    assert ("Somebody is there for" in page, "00:00–23:59" in page) == (True, True)
    assert house.adviser.name not in page


def test_nobody_called_invites_to_sit(screen, client):
    assert "Take a seat" in client.get(screen).content.decode()


def test_who_sits_without_a_ticket_is_fetched_and_not_called(house, screen, client):
    house.centre.ticket_style = TicketStyle.NONE
    house.centre.save()
    now = house.centre.now()
    a_ticket(house.jobs, now, language="fr")
    a_ticket(house.jobs, now, language="fr")
    actions.call_next(seat=a_seat([house.jobs], now, person=house.adviser, languages=["fr"]), at=now)
    page = client.get(screen).content.decode()
    assert "Somebody comes to you." in page
    assert "data-ring" not in page
    assert "Nobody is waiting." not in page


def test_a_revoked_or_other_device_opens_nothing(house, client):
    board = a_device(house.centre, Device.Kind.BOARD, revoked_at=house.centre.now())
    kiosk = a_device(house.centre, Device.Kind.KIOSK)
    for token in (board.token, kiosk.token, "nothing"):
        assert client.get(reverse("reception:board", args=[token])).status_code == 404


def test_the_stream_says_the_same_as_the_page(house, screen, client):
    a_ticket(house.jobs, house.centre.now(), language="fr")
    topic = streams.topic(house.centre)
    text = streams.read(topic, frozenset({"board:en"}))["board:en"]
    inside = client.get(screen).content.decode()
    assert "".join(text.split()) in "".join(inside.split())


def test_the_pulse_changes_with_each_step_only(house):
    topic, now = streams.topic(house.centre), house.centre.now()

    def pulse():
        return streams.read(topic, frozenset({"pulse"}))["pulse"]

    quiet = pulse()
    assert pulse() == quiet
    a_ticket(house.jobs, now, language="fr")
    arrived = pulse()
    actions.call_next(seat=a_seat([house.jobs], now, languages=["fr"]), at=now)
    assert len({quiet, arrived, pulse()}) == 3


def test_one_or_three_tickets_cost_the_same(house, screen, client):
    now = house.centre.now()

    def more(n):
        seat = a_seat([house.jobs], now, desk=house.desks[n], languages=["fr"])
        for _ in range(2):
            a_ticket(house.jobs, now, language="fr")
        actions.call_next(seat=seat, at=now)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get(screen)
        return len(counted)

    more(0)
    one = cost()
    more(1)
    assert cost() == one
