"""What the server could not take after an outage: told by the device, settled by staff, forgotten by the device."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme, where_it_is_noon
from parvis.reception import actions
from parvis.reception.actions.refused import MOST_OPEN
from parvis.reception.factories import a_device, a_seat
from parvis.reception.models import Device, RefusedEntry, State, Ticket

pytestmark = pytest.mark.django_db
Why, Dropped = RefusedEntry.Why, RefusedEntry.Dropped


@pytest.fixture
def centre():
    return a_centre(language="en", languages=["en", "fr"], time_zone=where_it_is_noon())


@pytest.fixture
def theme(centre):
    return a_theme(centre, "jobs")


@pytest.fixture
def closed(centre):
    return a_theme(centre, "gone", valid_to=timezone.now().date())


@pytest.fixture
def kiosk(centre):
    return a_device(centre, Device.Kind.KIOSK)


def said(asked, **more):
    usual = {"key": str(uuid4()), "theme": asked.pk, "language": "fr", "size": 1, "age": 900}
    return usual | more


def send(device, *entries, problems=()):
    address = reverse("reception:entries", kwargs={"token": device.token})
    body = json.dumps({"entries": entries, "problems": problems, "lease": None})
    return Client().post(address, body, content_type="application/json")


def refused(device, asked, **more):
    """An arrival that was refused, as the device tells of it."""
    entry = said(asked, **more)
    assert send(device, problems=[entry]).json()["settled"] == []
    return RefusedEntry.objects.get(key=entry["key"])


def test_a_device_tells_what_was_refused_and_it_is_kept_once(kiosk, closed):
    block = actions.lease_numbers(device=kiosk, key=uuid4(), count=5, at=timezone.now() - timedelta(hours=1))
    entry = said(closed, number=block.first, size=2)
    (answer,) = send(kiosk, entry).json()["answers"]
    assert "refused" in answer
    for _ in range(3):
        assert send(kiosk, problems=[entry]).json()["settled"] == []
    (kept,) = RefusedEntry.objects.all()
    assert (kept.why, kept.theme, kept.number, kept.size, kept.language) == (
        Why.THEME,
        closed,
        block.first,
        2,
        "fr",
    )
    assert timedelta(seconds=895) < timezone.now() - kept.arrived_at < timedelta(seconds=960)


def test_let_in_under_another_theme_it_is_a_ticket_with_the_shown_number(kiosk, theme, closed):
    block = actions.lease_numbers(device=kiosk, key=uuid4(), count=5, at=timezone.now() - timedelta(hours=1))
    entry, at = refused(kiosk, closed, number=block.first), timezone.now()
    ticket = actions.let_in(entry=entry, theme=theme, language="fr", at=at)
    assert (ticket.number, ticket.theme, ticket.state, ticket.key) == (
        block.first,
        theme,
        State.WAITING,
        entry.key,
    )
    assert actions.let_in(entry=entry, theme=theme, language="fr", at=at) == ticket
    with pytest.raises(actions.StateChanged):
        actions.drop_refused(entry=entry, reason=Dropped.LEFT, at=at)
    assert Ticket.objects.count() == 1


def test_who_came_on_an_earlier_day_and_stands_there_again_waits_today(centre, kiosk, theme, closed):
    at = timezone.now()
    block = actions.lease_numbers(device=kiosk, key=uuid4(), count=5, at=at - timedelta(days=1))
    entry = refused(kiosk, closed, number=block.first, age=24 * 3600)
    ticket = actions.let_in(entry=entry, theme=theme, language="fr", at=at)
    today = centre.local_day(at)
    assert (ticket.date, ticket.taken_at, ticket.number) == (today, centre.bounds(today)[0], 1)
    assert actions.call_next(seat=a_seat([theme], at), at=at) == ticket


def test_the_device_hears_that_it_is_settled(kiosk, theme, closed):
    one, two, three = (said(closed) for _ in range(3))
    send(kiosk, problems=[one, two, three])
    at = timezone.now()
    actions.let_in(entry=RefusedEntry.objects.get(key=one["key"]), theme=theme, language="fr", at=at)
    actions.drop_refused(entry=RefusedEntry.objects.get(key=two["key"]), reason=Dropped.TRIAL, at=at)
    assert send(kiosk, problems=[one, two, three]).json()["settled"] == [one["key"], two["key"]]


def test_dropped_twice_the_first_reason_stays(kiosk, theme, closed):
    entry, at = refused(kiosk, closed), timezone.now()
    actions.drop_refused(entry=entry, reason=Dropped.LEFT, at=at)
    assert actions.drop_refused(entry=entry, reason=Dropped.TRIAL, at=at).dropped == Dropped.LEFT
    with pytest.raises(actions.StateChanged):
        actions.let_in(entry=entry, theme=theme, language="fr", at=at)
    assert Ticket.objects.count() == 0


def test_one_that_was_taken_after_all_is_settled_by_itself(kiosk, theme):
    entry = said(theme)
    send(kiosk, entry)
    assert send(kiosk, problems=[entry]).json()["settled"] == [entry["key"]]
    assert RefusedEntry.objects.get().ticket == Ticket.objects.get()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"language": "xx"}, Why.LANGUAGE),
        ({"theme": 999_999_999}, Why.OTHER),
        ({"theme": "x' OR 1"}, Why.OTHER),
        ({"seated_in": 999_999_999}, Why.SEAT),
        ({"size": 10**9}, Why.OTHER),
        ({"number": -4}, Why.OTHER),
    ],
)
def test_why_is_found_out_by_the_server(kiosk, theme, more, why):
    entry = refused(kiosk, theme, **more)
    assert (entry.why, entry.size, entry.number) == (why, 1, None)


@pytest.mark.parametrize("more", [{"key": "x"}, {"age": "soon"}, {"age": -1}, {"key": ["x"]}])
def test_what_cannot_be_told_apart_is_not_kept(kiosk, theme, more):
    assert send(kiosk, problems=[said(theme, **more)]).json()["settled"] == []
    assert RefusedEntry.objects.count() == 0


def test_another_device_or_centre_learns_nothing(kiosk, theme, closed):
    entry = said(closed)
    send(kiosk, problems=[entry])
    actions.drop_refused(entry=RefusedEntry.objects.get(), reason=Dropped.LEFT, at=timezone.now())
    stranger = a_device(a_centre(), Device.Kind.KIOSK)
    assert send(stranger, problems=[entry]).json()["settled"] == []
    ticket = said(theme)
    send(kiosk, ticket)
    assert send(stranger, problems=[ticket]).json()["settled"] == []
    assert RefusedEntry.objects.count() == 1


def test_a_lost_tablet_does_not_fill_the_list(kiosk, closed):
    for _ in range(MOST_OPEN // 50 + 1):
        send(kiosk, problems=[said(closed) for _ in range(50)])
    assert RefusedEntry.objects.count() == MOST_OPEN
    assert send(kiosk, problems=[said(closed) for _ in range(51)]).status_code == 400


# The page


def signed_in(centre, role=Role.RECEPTIONIST):
    client = Client()
    client.force_login(a_person(role, centre=centre, language="en"))
    return client


def address(centre, name="refused", **parts):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug} | parts)


def test_staff_read_and_let_in(centre, kiosk, theme, closed):
    entry, client = refused(kiosk, closed), signed_in(centre)
    assert "1 arrival could not be taken" in client.get(address(centre, "greeter")).content.decode()
    text = client.get(address(centre)).content.decode()
    assert "The theme is no longer offered" in text
    assert "Find gone" in text
    to = address(centre, "refused_let_in", pk=entry.pk)
    for _ in range(2):
        assert client.post(to, {"theme": theme.pk, "language": "fr"}).url == address(centre)
    assert Ticket.objects.get().theme == theme
    text = client.get(address(centre)).content.decode()
    assert "Nothing to settle" in text
    assert "let in for Find jobs" in text
    late = client.post(address(centre, "refused_drop", pk=entry.pk), {"reason": "left"})
    assert late.status_code == 409


def test_staff_drop_with_a_reason(centre, kiosk, closed):
    entry, client = refused(kiosk, closed), signed_in(centre)
    to = address(centre, "refused_drop", pk=entry.pk)
    assert client.post(to, {"reason": "because"}).status_code == 422
    for _ in range(2):
        assert client.post(to, {"reason": "received"}).status_code == 302
    assert "Was received without a ticket" in client.get(address(centre)).content.decode()


def test_a_closed_theme_is_refused_beside_its_form(centre, kiosk, closed):
    entry, client = refused(kiosk, closed), signed_in(centre)
    response = client.post(
        address(centre, "refused_let_in", pk=entry.pk), {"theme": closed.pk, "language": "fr"}
    )
    assert (response.status_code, response.context["wrong"]) == (422, entry.pk)
    assert Ticket.objects.count() == 0


def test_who_may_settle(centre, kiosk, closed):
    entry = refused(kiosk, closed)
    to = address(centre, "refused_drop", pk=entry.pk)
    elsewhere = a_centre()
    assert signed_in(centre, Role.ADVISER).post(to, {"reason": "left"}).status_code == 403
    assert signed_in(elsewhere).post(to, {"reason": "left"}).status_code == 404
    own = address(elsewhere, "refused_drop", pk=entry.pk)
    assert signed_in(elsewhere).post(own, {"reason": "left"}).status_code == 404
    assert RefusedEntry.objects.get().settled_at is None


def test_as_many_queries_for_one_as_for_three(centre, kiosk, theme, closed):
    client, spent = signed_in(centre), []
    for more in (1, 2):
        for _ in range(more):
            refused(kiosk, closed)
            entry = refused(kiosk, closed)
            actions.let_in(entry=entry, theme=theme, language="fr", at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get(address(centre))
        spent.append(len(queries))
    assert spent[0] == spent[1]
