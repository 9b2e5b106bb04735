"""The evening in the browser's words: open tickets, the gap, the signature, corrections."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import CodeList
from parvis.reception.factories import a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Correction, State

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
EVENING = NOON.replace(hour=18)
TODAY = "2026-03-12"


@pytest.fixture
def centre():
    return coded_centre(clock_set_at=EVENING, clock_showed=EVENING, clock_speed=0)


@pytest.fixture
def director(centre, client):
    person = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(person)
    return person


def page(name, centre, **more):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug, **more})


def sign(client, centre, **more):
    return client.post(page("closing", centre), {"door_count": "", "remark": ""} | more)


def test_without_reasons_in_the_list_the_gap_is_explained_in_words(centre, director, client):
    centre.codes.filter(list=CodeList.GAP).delete()
    assert "Why the counts differ" not in client.get(page("closing", centre)).content.decode()
    answer = sign(client, centre, door_count="7")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["remark"]
    assert sign(client, centre, door_count="7", remark="A school class looked around").status_code == 302


def test_open_tickets_are_ended_one_by_one_or_all(centre, director, client):
    first, second, third = (a_ticket(centre.themes.get(), NOON) for _n in range(3))
    assert len(client.get(page("closing", centre)).context["open"]) == 3
    client.post(page("closing_resolve", centre, day=TODAY, ticket=first.pk), {"ending": "void"})
    client.post(page("closing_resolve", centre, day=TODAY, ticket=second.pk), {"ending": "done"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.VOID, State.WAITING)
    assert sign(client, centre).status_code == 422
    client.post(page("closing_resolve_all", centre, day=TODAY))
    third.refresh_from_db()
    assert third.state == State.LEFT
    assert sign(client, centre).status_code == 302


def test_whoever_is_handed_in_after_the_signature_is_ended_too(centre, director, client):
    sign(client, centre)
    late = a_ticket(centre.themes.get(), NOON)  # of a kiosk that had no network
    text = client.get(page("closing", centre)).content.decode()
    assert page("closing_resolve", centre, day=TODAY, ticket=late.pk) in text
    client.post(page("closing_resolve_all", centre, day=TODAY))
    late.refresh_from_db()
    assert late.state == State.LEFT


def test_a_gap_is_explained_before_the_signature(centre, director, client):
    an_act(centre, NOON)
    refused = sign(client, centre, door_count=5)
    assert refused.status_code == 422
    assert "Choose a reason or add a remark." in refused.content.decode()
    assert refused.context["form"]["door_count"].value() == "5"
    reason = codes_of(centre, CodeList.GAP, "companions")[0]
    sign(client, centre, door_count=5, reasons=[reason.pk])
    day = centre.days.get()
    assert (day.signed_by, day.door_count, list(day.gap_reasons.all())) == (director, 5, [reason])


def test_a_remark_names_nobody(centre, director, client):
    refused = sign(client, centre, remark="Compteur en panne, dixit Mme Dupont")
    assert refused.status_code == 422
    assert not centre.days.filter(signed_at__isnull=False).exists()


def test_a_correction_is_kept_with_its_author_and_refused_without_reason(centre, director, client):
    an_act(centre, NOON)
    sign(client, centre)
    an_act(centre, EVENING)
    shown = client.get(page("closing", centre))
    assert shown.context["correction"]["subject"].value() == "contacts"
    data = {"key": str(uuid4()), "subject": "acts", "after": 2, "reason": "saisi après"}
    address = page("closing_correct", centre, day=TODAY)
    assert client.post(address, data | {"reason": ""}).status_code == 422
    for _twice in range(2):
        assert client.post(address, data).status_code == 302
    one = Correction.objects.get()
    assert (one.subject, one.before, one.after, one.made_by) == ("acts", 1, 2, director)
    assert client.post(address, data | {"key": uuid4()}).status_code == 422


def test_a_receptionist_signs_but_does_not_correct(centre, client):
    an_act(centre, NOON)
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert sign(client, centre).status_code == 302
    assert "correction" not in client.get(page("closing", centre)).context
    data = {"key": uuid4(), "subject": "acts", "after": 2, "reason": "x"}
    assert client.post(page("closing_correct", centre, day=TODAY), data).status_code == 403


def test_days_that_nobody_signed_are_listed(centre, director, client):
    an_act(centre, NOON - timedelta(days=2))
    an_act(centre, NOON)
    shown = client.get(page("days", centre))
    assert [line.figures.date.isoformat() for line in shown.context["lines"]] == [TODAY, "2026-03-10"]
    assert [line.figures.date.isoformat() for line in shown.context["waiting"]] == ["2026-03-10"]


@pytest.mark.parametrize("day", ["2026-03-13", "2026-02-30", "yesterday"])
def test_a_day_that_is_none_or_to_come_is_not_found(centre, director, client, day):
    assert client.get(page("closing_day", centre, day=day)).status_code == 404


@pytest.mark.parametrize("name", ["closing", "days"])
def test_who_may(centre, client, name):
    for role, expected in ((Role.RECEPTIONIST, 200), (Role.ADVISER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert client.get(page(name, centre)).status_code == expected
    client.force_login(a_person(Role.DIRECTOR, centre=coded_centre()))
    assert client.get(page(name, centre)).status_code == 404


def test_a_ticket_of_another_centre_is_not_found(centre, director, client):
    ticket = a_ticket(coded_centre().themes.get(), NOON)
    address = page("closing_resolve", centre, day=TODAY, ticket=ticket.pk)
    assert client.post(address, {"ending": "left"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_evening_costs_a_fixed_number_of_queries(
    centre, director, client, rows, django_assert_num_queries
):
    for _row in range(rows):
        a_ticket(centre.themes.get(), NOON)
        an_act(centre, NOON)
    with django_assert_num_queries(15):
        client.get(page("closing", centre))


def test_a_day_without_anybody_needs_no_signature(client):
    quiet = coded_centre()
    client.force_login(a_person(Role.RECEPTIONIST, centre=quiet))
    shown = client.get(reverse("reception:closing", args=[quiet.slug])).content.decode()
    assert "a day without anything needs no signature" in shown
    assert "every ticket has ended" not in shown
