from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Seat, State, Ticket
from parvis.reception.tests.pages import a_house, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def sat_down(house, **more):
    return a_seat([house.jobs], house.centre.now(), person=house.adviser, languages=["en"], **more)


def test_without_a_seat_one_is_asked_to_sit_down(house):
    client = house.as_(house.adviser)
    assert client.get(address(house, "desk")).url == address(house, "seat")
    page = client.get(address(house, "seat")).content.decode()
    assert "Desk 1, seat 1" in page
    assert "Desk 2, seat 2" in page


def test_sitting_down_opens_the_seat(house):
    said = {"place": f"{house.desks[1].pk}-2", "themes": [house.jobs.pk], "languages": ["en", "nl"]}
    response = house.as_(house.adviser).post(address(house, "seat"), said)
    seat = Seat.objects.get()
    assert response.url == address(house, "desk")
    assert (seat.desk, seat.place, seat.languages, list(seat.themes.all())) == (
        house.desks[1],
        2,
        ["en", "nl"],
        [house.jobs],
    )


def test_sitting_down_without_a_theme_says_so_and_keeps_the_rest(house):
    said = {"place": f"{house.desks[0].pk}-1", "languages": ["nl"]}
    response = house.as_(house.adviser).post(address(house, "seat"), said)
    assert response.status_code == 422
    assert Seat.objects.count() == 0
    assert response.context["form"]["languages"].value() == ["nl"]
    assert response.context["form"].errors["themes"]


def test_a_taken_place_is_not_offered(house):
    a_seat([house.jobs], house.centre.now(), desk=house.desks[0], languages=["en"])
    page = house.as_(house.adviser).get(address(house, "seat")).content.decode()
    assert "Desk 1, seat 1" not in page
    assert "Desk 1, seat 2" in page


def test_a_whole_interview_from_the_page(house):
    seat = sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.adviser)
    assert ticket.name_in("en") in client.get(address(house, "desk")).content.decode()
    client.post(address(house, "call_next"))
    for step in ("ticket_recall", "ticket_start", "ticket_finish"):
        assert client.post(address(house, step, ticket=ticket.pk)).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.state, ticket.seat) == (State.DONE, seat)
    assert client.post(address(house, "ticket_undo", ticket=ticket.pk)).status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == State.INTERVIEW


def test_an_empty_queue_is_told_with_409(house):
    sat_down(house)
    response = house.as_(house.adviser).post(address(house, "call_next"))
    assert response.status_code == 409
    assert "Nobody is waiting for you right now." in response.content.decode()


def test_the_loser_of_a_chosen_call_hears_it_and_sees_who_waits(house):
    sat_down(house)
    now = house.centre.now()
    chosen, other = a_ticket(house.jobs, now, language="en"), a_ticket(house.jobs, now, language="en")
    rival = a_seat([house.jobs], now, desk=house.desks[1], languages=["en"])
    actions.call_next(seat=rival, at=now)
    client = house.as_(house.adviser)
    response = client.post(address(house, "ticket_call", ticket=chosen.pk), {"reason": "short"})
    assert response.status_code == 409
    assert "A colleague has just called this visitor" in response.content.decode()
    assert other.name_in("en") in response.content.decode()


def test_nobody_is_called_before_others_without_a_reason_of_the_list(house):
    sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.adviser)
    for said in ({}, {"reason": "because"}):
        assert client.post(address(house, "ticket_call", ticket=ticket.pk), said).status_code == 409
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING


def test_handing_over_to_the_person_on_duty(house):
    seat = sat_down(house)
    now = house.centre.now()
    ticket = a_ticket(house.jobs, now, language="en")
    other = a_seat([house.training], now, desk=house.desks[1], languages=["en"])
    actions.call_next(seat=seat, at=now)
    client = house.as_(house.adviser)
    client.post(address(house, "ticket_hand_over", ticket=ticket.pk), {"to": f"seat-{other.pk}"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.for_seat) == (State.WAITING, other)


def test_a_word_for_the_colleague_stands_with_the_visitor(house):
    now, other = house.centre.now(), a_person(Role.ADVISER, centre=house.centre)
    seat, theirs = sat_down(house), a_seat([house.training], house.centre.now(), person=other, place=2)
    ticket = a_ticket(house.jobs, now, language="en")
    actions.call_next(seat=seat, at=now)
    said = {"to": f"seat-{theirs.pk}", "note": "Has the form already"}
    house.as_(house.adviser).post(address(house, "ticket_hand_over", ticket=ticket.pk), said)
    assert "Has the form already" in house.as_(other).get(address(house, "desk")).content.decode()
    actions.call_next(seat=theirs, at=now)
    assert "From your colleague" in house.as_(other).get(address(house, "desk")).content.decode()
    assert "Has the form" not in house.as_(other).get(f"/t/{ticket.token}/").content.decode()


def test_a_name_in_that_word_is_refused_and_the_rest_kept(house):
    seat, now = sat_down(house), house.centre.now()
    ticket = a_ticket(house.jobs, now, language="en")
    actions.call_next(seat=seat, at=now)
    said = {"to": f"theme-{house.training.pk}", "note": "Madame Dupont, 06 12 34 56 78"}
    page = house.as_(house.adviser).post(address(house, "ticket_hand_over", ticket=ticket.pk), said)
    assert page.status_code == 422
    form = page.context["hand_over"]
    assert (form["to"].value(), form["note"].value()) == (said["to"], said["note"])
    assert Ticket.objects.get().state == State.CALLED


def test_whom_one_may_hand_over_to_is_drawn_when_it_is_asked_for(house):
    seat = sat_down(house)
    now = house.centre.now()
    ticket = a_ticket(house.jobs, now, language="en")
    actions.call_next(seat=seat, at=now)
    client, choose = house.as_(house.adviser), address(house, "ticket_hand_over", ticket=ticket.pk)
    assert "A theme: whoever is free first" not in client.get(address(house, "desk")).content.decode()
    part = client.get(choose, headers={"HX-Request": "true"}).content.decode()
    assert "A theme: whoever is free first" in part
    assert "<html" not in part
    page = client.get(choose).content.decode()
    assert "A theme: whoever is free first" in page
    assert "<html" in page


def test_nobody_is_handed_over_who_is_no_longer_here(house):
    sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client, choose = house.as_(house.adviser), address(house, "ticket_hand_over", ticket=ticket.pk)
    assert client.get(choose).url == address(house, "desk")
    assert client.get(choose, headers={"HX-Request": "true"}).headers["HX-Retarget"] == "#desk"


def test_end_of_duty_waits_for_the_visitor(house):
    seat = sat_down(house)
    a_ticket(house.jobs, house.centre.now(), language="en")
    actions.call_next(seat=seat, at=house.centre.now())
    client = house.as_(house.adviser)
    assert client.post(address(house, "duty_close")).status_code == 409
    Ticket.objects.get().periods.update(seat=None)
    actions.leave(ticket=Ticket.objects.get(), at=house.centre.now())
    assert client.post(address(house, "duty_close")).url == address(house, "seat")
    seat.refresh_from_db()
    assert seat.closed_at is not None


def test_the_list_comes_alone_until_the_visitor_here_changes(house):
    seat = sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.adviser)
    seen = {"seen": f"next-{ticket.pk}"}
    assert "HX-Retarget" not in client.get(address(house, "turn"), seen).headers
    actions.call_next(seat=seat, at=house.centre.now())
    assert client.get(address(house, "turn"), seen).headers["HX-Retarget"] == "#desk"
    actions.ask_for_time(ticket=ticket, at=house.centre.now())
    assert "HX-Retarget" not in client.get(address(house, "turn"), {"seen": ""}).headers


def test_a_page_that_shows_how_it_is_hears_nothing(house):
    sat_down(house)
    first = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.adviser)
    seen = client.get(address(house, "desk")).context["page"]
    said = {"seen": seen.seen, "seen_list": seen.seen_list}
    assert client.get(address(house, "turn"), said).status_code == 204
    a_ticket(house.jobs, house.centre.now(), language="en", size=3)
    later = client.get(address(house, "turn"), said)
    assert "4 people wait for you" in later.content.decode()  # a group is as many as came
    assert first.name_in("en") in later.content.decode()


def test_what_is_left_to_code_comes_with_the_steps_that_may_change_it(house):
    sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    client = house.as_(house.adviser)

    def shown(name, **parts):
        return 'id="left-to-code"' in client.post(address(house, name, **parts)).content.decode()

    assert [shown("call_next"), shown("ticket_recall", ticket=ticket.pk)] == [False, False]
    assert [shown("ticket_start", ticket=ticket.pk), shown("ticket_finish", ticket=ticket.pk)] == [
        False,
        True,
    ]
    assert shown("ticket_undo", ticket=ticket.pk)


def test_who_may_not(house):
    sat_down(house)
    ticket = a_ticket(house.jobs, house.centre.now(), language="en")
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=house.centre)
    for name, parts, get in [
        ("desk", {}, True),
        ("seat", {}, True),
        ("turn", {}, True),
        ("call_next", {}, False),
        ("ticket_start", {"ticket": ticket.pk}, False),
        ("duty_close", {}, False),
    ]:
        for person, status in [(house.greeter, 403), (coordinator, 403), (house.stranger, 404)]:
            client = house.as_(person)
            where = address(house, name, **parts)
            assert (client.get(where) if get else client.post(where)).status_code == status


def test_another_centres_ticket_is_not_found(house):
    sat_down(house)
    elsewhere = a_house()
    ticket = a_ticket(elsewhere.jobs, elsewhere.centre.now(), language="en")
    response = house.as_(house.adviser).post(
        address(house, "ticket_call", ticket=ticket.pk), {"reason": "short"}
    )
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["desk", "turn"])
def test_one_or_three_visitors_cost_the_same(house, name):
    seat = sat_down(house)
    now = house.centre.now()
    client = house.as_(house.adviser)

    def cost():
        with CaptureQueriesContext(connection) as counted:
            client.get(address(house, name))
        return len(counted)

    def more():
        done = a_ticket(house.jobs, now, language="en")
        actions.call_chosen(seat=seat, ticket=done, reason="short", at=now)
        actions.finish_interview(seat=seat, ticket=done, at=now)
        a_ticket(house.jobs, now + timedelta(seconds=1), language="en")
        actions.ask_for_time(ticket=a_ticket(house.jobs, now, language="en"), at=now)

    more()
    one = cost()
    more()
    more()
    assert cost() == one


def test_only_the_latest_interviews_to_code_are_shown(house):
    seat, at = sat_down(house), house.centre.now()
    client = house.as_(house.adviser)
    for count in (8, 9):
        while Ticket.objects.filter(state=State.DONE).count() < count:
            a_ticket(house.jobs, at, language="en")
            ticket = actions.call_next(seat=seat, at=at)
            actions.finish_interview(seat=seat, ticket=ticket, at=at)
        page = client.get(address(house, "desk")).content.decode()
        assert page.count("/act/") == 8
        assert ("There are more" in page) == (count == 9)
