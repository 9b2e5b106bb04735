from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.roles import Role
from parvis.centres.factories import a_code, a_person
from parvis.centres.models import CodeList, Space
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Announcement, Arrival, Expected, State, Ticket
from parvis.reception.tests.pages import a_house, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def said(house, **more):
    usual = {"key": uuid4(), "theme": house.jobs.pk, "language": "nl", "size": 1, "arrival": Arrival.GREETER}
    return usual | more


def test_three_taps_give_a_ticket(house):
    response = house.as_(house.greeter).post(address(house, "tickets"), said(house))
    ticket = Ticket.objects.get()
    assert (ticket.theme, ticket.language, ticket.arrival) == (house.jobs, "nl", Arrival.GREETER)
    assert ticket.name_in("en") in response.content.decode()


def test_the_same_form_sent_twice_is_one_ticket(house):
    client, form = house.as_(house.greeter), said(house)
    for _ in range(2):
        assert client.post(address(house, "tickets"), form).status_code == 200
    assert Ticket.objects.count() == 1


def test_a_group_with_priority_on_the_phone(house):
    frail = a_code(house.centre, CodeList.PRIORITY, "frail")
    more = {"size": 4, "priority": frail.pk, "arrival": Arrival.PHONE_CALL}
    house.as_(house.greeter).post(address(house, "tickets"), said(house, **more))
    ticket = Ticket.objects.get()
    assert (ticket.size, ticket.priority, ticket.arrival) == (4, frail, Arrival.PHONE_CALL)


def test_seated_without_a_ticket(house):
    space = Space.objects.get(site__centre=house.centre)
    response = house.as_(house.greeter).post(address(house, "tickets"), said(house, seated_in=space.pk))
    assert Ticket.objects.get().seated_in == space
    assert "Seated: Advice" in response.content.decode()


def test_a_wrong_size_is_told_beside_the_field_and_the_rest_is_kept(house):
    response = house.as_(house.greeter).post(address(house, "tickets"), said(house, size=0))
    assert response.status_code == 422
    assert Ticket.objects.count() == 0
    page = response.content.decode()
    assert 'value="nl" checked' in page
    assert "greater than or equal to 1" in page


def test_another_centres_theme_is_refused(house):
    elsewhere = a_house()
    response = house.as_(house.greeter).post(address(house, "tickets"), said(house, theme=elsewhere.jobs.pk))
    assert response.status_code == 422
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "state"), [("leave", State.LEFT), ("time", State.PARKED), ("void", State.VOID)]
)
def test_changes_and_their_undo(house, change, state):
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.greeter)
    client.post(address(house, "ticket_change", ticket=ticket.pk, change=change))
    ticket.refresh_from_db()
    assert ticket.state == state
    client.post(address(house, "ticket_change", ticket=ticket.pk, change="undo"))
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING


def test_an_unknown_change_is_not_found(house):
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    where = address(house, "ticket_change", ticket=ticket.pk, change="delete")
    assert house.as_(house.greeter).post(where).status_code == 404


def test_a_class_is_announced_and_arrives_once(house):
    client = house.as_(house.greeter)
    day = house.centre.local_day(house.centre.now() + timedelta(days=1))
    form = {"kind": "class", "day": day, "time": "10:00", "size": 24}
    client.post(address(house, "expected"), said(house, **form))
    expected = Expected.objects.get()
    assert (house.centre.local(expected.at).hour, expected.size) == (10, 24)
    assert "24 people" in client.get(address(house, "expected")).content.decode()
    for _ in range(2):
        client.post(address(house, "expected_arrived", pk=expected.pk))
    ticket = Ticket.objects.get()
    assert (ticket.arrival, ticket.size, ticket.expected) == (Arrival.CLASS, 24, expected)
    client.post(address(house, "expected_cancelled", pk=expected.pk))
    expected.refresh_from_db()
    assert expected.cancelled_at is None


def test_an_announcement_is_told_and_taken_down(house):
    client = house.as_(house.greeter)
    form = {"key": uuid4(), "minutes": 20, "theme": house.training.pk, "lasting": 30}
    client.post(address(house, "announcements"), form)
    client.post(address(house, "announcements"), form)
    told = Announcement.objects.get()
    assert "20 minutes more than usual" in client.get(address(house, "announcements")).content.decode()
    assert "20 minutes more than usual" in client.get(address(house, "greeter")).content.decode()
    client.post(address(house, "announcement_end", pk=told.pk))
    assert "20 minutes" not in client.get(address(house, "greeter")).content.decode()


def test_an_announcement_names_nobody_and_says_something(house):
    client = house.as_(house.greeter)
    named = {"key": uuid4(), "text": "Madame Dupont est absente", "lasting": 30}
    empty = {"key": uuid4(), "lasting": 30}
    assert [client.post(address(house, "announcements"), form).status_code for form in (named, empty)] == [
        422,
        422,
    ]
    assert Announcement.objects.count() == 0


def test_who_may_not(house):
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    for name, parts, get in [
        ("greeter", {}, True),
        ("greeter_now", {}, True),
        ("tickets", {}, False),
        ("ticket_change", {"ticket": ticket.pk, "change": "void"}, False),
        ("expected", {}, True),
        ("announcements", {}, True),
    ]:
        for person, status in [(house.adviser, 403), (house.partnership, 403), (house.stranger, 404)]:
            client = house.as_(person)
            where = address(house, name, **parts)
            assert (client.get(where) if get else client.post(where)).status_code == status


@pytest.mark.parametrize("name", ["greeter", "greeter_now", "expected", "announcements"])
def test_one_or_three_of_everything_cost_the_same(house, name):
    client, now = house.as_(house.greeter), house.centre.now()

    def more(n):
        for _ in range(3):
            a_ticket(house.jobs, now, language="en")
        person = a_person(Role.ADVISER, centre=house.centre)
        seat = a_seat([house.jobs], now, desk=house.desks[n], person=person, languages=["en"])
        actions.call_next(seat=seat, at=now)
        actions.ask_for_time(ticket=a_ticket(house.jobs, now, language="en"), at=now)
        actions.leave(ticket=a_ticket(house.jobs, now, language="en"), at=now)
        actions.announce(
            centre=house.centre, key=uuid4(), at=now, lasting=timedelta(hours=1), theme=house.jobs, minutes=5
        )
        actions.expect(
            centre=house.centre,
            key=uuid4(),
            kind=Expected.Kind.APPOINTMENT,
            at=now,
            theme=house.jobs,
            language="en",
            size=1,
        )

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get(address(house, name))
        return len(counted)

    more(0)
    one = cost()
    more(1)
    assert cost() == one
