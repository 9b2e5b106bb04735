"""Addresses and fields that nobody's page makes are refused; none of them is a fault of the server."""

from __future__ import annotations

import pytest

from parvis.rota.tests import clock
from parvis.rota.tests.cover_house import a_house

pytestmark = pytest.mark.django_db
HUGE = "9" * 5000


@pytest.fixture
def house():
    house = a_house()
    clock.stands(house.centre, house.early)
    return house


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"history/?before={HUGE}", 200),
        ("held/days/0001-01-01/", 404),
        ("held/days/9999-12-31/", 404),
        ("needs/make/?first=9999-12-31&last=9999-12-31", 422),
        ("weeks/9999-12-31/", 404),
        (f"absences/{10**30}/", 404),
    ],
)
def test_an_address_from_nowhere(house, path, status):
    address = f"/c/{house.centre.slug}/rota/{path}"
    assert house.client(house.planner).get(address).status_code == status


@pytest.mark.parametrize("name", ["d.²", f"d.{10**30}", "d.1.2", "u.every.9.morning", "u.every.².morning"])
def test_an_answer_about_nothing(house, name):
    address = house.address("say", person_id=house.planner.pk)
    assert house.client(house.planner).post(address, {name: "can"}).status_code == 404


def test_a_number_of_seats_that_is_none(house):
    sent = {f"seats-1-morning-{house.jobs.pk}": "²"}
    answer = house.client(house.planner).post(house.address("needs_from_demand"), sent)
    assert (answer.status_code, answer.url) == (302, house.address("needs"))
