"""The clicker, the hours, the sensor's address, and the devices behind them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.reception import actions
from parvis.reception.factories import a_device
from parvis.reception.models import Device, Passage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 30, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def centre():
    return a_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0)


@pytest.fixture
def sensor(centre):
    return a_device(centre, Device.Kind.SENSOR)


def page(name, centre, **more):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug, **more})


def tell(client, device, body, token=None):
    authority = {} if device is None else {"HTTP_AUTHORIZATION": f"Bearer {token or device.token}"}
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(reverse("reception:sensor"), data, content_type="application/json", **authority)


def test_a_sensors_reading_counts_once(client, sensor):
    reading = {"key": str(uuid4()), "count": 14, "at": "2026-03-12T11:00:00+01:00"}
    first, again = tell(client, sensor, reading), tell(client, sensor, reading)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == {"key": reading["key"], "count": 14, "hour": 11, "date": "2026-03-12"}
    passage = Passage.objects.get()
    assert (passage.count, passage.source, passage.device) == (14, "sensor", sensor)
    sensor.refresh_from_db()
    assert sensor.seen_at == NOON


def test_only_a_sensor_in_use_is_heard(client, centre, sensor):
    reading = {"key": str(uuid4()), "count": 1}
    board = a_device(centre, Device.Kind.BOARD)
    assert tell(client, None, reading).status_code == 401
    assert tell(client, board, reading).status_code == 401
    assert tell(client, sensor, reading, token="nothing").status_code == 401
    actions.revoke_device(device=sensor, at=NOON)
    refused = tell(client, sensor, reading)
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert not Passage.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        b"\xff\xfe",
        "[" * 4000,
        "[]",
        {"count": 1},
        {"key": "x", "count": 1},
        {"key": str(uuid4())},
        {"key": str(uuid4()), "count": 0},
        {"key": str(uuid4()), "count": True},
        {"key": str(uuid4()), "count": 1.5},
        {"key": str(uuid4()), "count": 10**6},
        {"key": str(uuid4()), "count": 1, "at": "yesterday"},
        {"key": str(uuid4()), "count": 1, "at": "2026-03-12T11:00:00"},
        {"key": str(uuid4()), "count": 1, "at": "2026-13-45T11:00:00Z"},
        {"key": str(uuid4()), "count": 1, "at": 5},
        "{" + " " * 5000 + "}",
    ],
)
def test_a_reading_that_is_none_is_refused_with_a_sentence(client, sensor, body):
    refused = tell(client, sensor, body)
    assert refused.status_code == 400
    assert refused.json()["detail"]
    assert not Passage.objects.exists()


@pytest.mark.parametrize("at", ["2026-03-12T14:00:00+01:00", "2026-03-01T14:00:00+01:00"])
def test_a_time_that_cannot_be_is_refused(client, sensor, at):
    assert tell(client, sensor, {"key": str(uuid4()), "count": 1, "at": at}).status_code == 422


def test_a_sensor_that_talks_without_end_is_slowed_down(client, sensor):
    for _n in range(60):
        assert tell(client, sensor, {"key": str(uuid4()), "count": 1}).status_code == 201
    refused = tell(client, sensor, {"key": str(uuid4()), "count": 1})
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    known = str(Passage.objects.all()[0].key)
    assert tell(client, sensor, {"key": known, "count": 1}).status_code == 200


def test_the_key_of_another_door_is_refused(client, centre, sensor):
    reading = {"key": str(uuid4()), "count": 1}
    tell(client, sensor, reading)
    assert tell(client, a_device(centre, Device.Kind.SENSOR), reading).status_code == 409


def test_clicks_are_counted_and_taken_back(client, centre):
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    click = {"key": str(uuid4()), "site": centre.sites.get().pk, "count": 1}
    address = page("passage_clicks", centre)
    for _twice in range(2):
        told = client.post(address, click, HTTP_ACCEPT="application/json")
        assert (told.status_code, told.json()) == (200, {"counted": 1, "total": 1})
    assert client.post(address, click).status_code == 302
    told = client.post(address, click | {"undo": "1"}, HTTP_ACCEPT="application/json")
    assert told.json() == {"counted": 0, "total": 0}
    assert client.post(address, {"key": "x"}).status_code == 422
    assert client.post(address, click | {"site": a_centre().sites.get().pk}).status_code == 404


def test_an_hour_is_typed_in_and_taken_back(client, centre):
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    entry = {"key": str(uuid4()), "site": centre.sites.get().pk, "hour": 11, "count": 17}
    address = page("passage_hours", centre)
    assert client.post(address, entry).status_code == 302
    shown = client.get(page("passages", centre)).context["page"].doors[0]
    assert (shown.total, [line.typed for line in shown.hours if line.hour == 11]) == (17, [17])
    assert client.post(address, entry | {"hour": 13, "key": uuid4()}).status_code == 409
    assert client.post(address, entry | {"count": "many"}).status_code == 422
    client.post(address, entry | {"count": "", "key": uuid4()})
    assert client.get(page("passages", centre)).context["page"].doors[0].total == 0


def test_devices_are_set_up_renamed_renewed_and_stopped(client, centre):
    client.force_login(a_person(Role.ADMINISTRATOR, centre=centre))
    site = centre.sites.get()
    made = client.post(page("devices", centre), {"kind": "board", "name": "Salle", "site": site.pk})
    device = Device.objects.get()
    assert made.url == page("device", centre, pk=device.pk)
    shown = client.get(made.url).content.decode()
    assert device.token in shown
    assert "<svg" in shown
    client.post(made.url, {"name": "Salle d’attente"})
    client.post(page("device_renew", centre, pk=device.pk))
    renewed = Device.objects.get()
    assert renewed.name == "Salle d’attente"
    assert renewed.token != device.token
    client.post(page("device_revoke", centre, pk=device.pk))
    assert Device.objects.get().revoked_at == NOON
    assert renewed.token not in client.get(made.url).content.decode()


def test_a_sensors_page_shows_its_key_and_address(client, centre, sensor):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    shown = client.get(page("device", centre, pk=sensor.pk)).content.decode()
    assert sensor.token in shown
    assert reverse("reception:sensor") in shown


def test_a_device_is_not_named_after_somebody(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    site = centre.sites.get()
    refused = client.post(
        page("devices", centre), {"kind": "board", "name": "Tablette de Nathalie", "site": site.pk}
    )
    assert refused.status_code == 422
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("name", "may", "may_not"),
    [
        ("passages", Role.RECEPTIONIST, Role.ADVISER),
        ("devices", Role.ADMINISTRATOR, Role.RECEPTIONIST),
    ],
)
def test_who_may(client, centre, name, may, may_not):
    for role, expected in ((may, 200), (may_not, 403)):
        client.force_login(a_person(role, centre=centre))
        assert client.get(page(name, centre)).status_code == expected
    client.force_login(a_person(may, centre=a_centre()))
    assert client.get(page(name, centre)).status_code == 404


def test_a_device_of_another_centre_is_not_found(client, centre):
    other = a_device(a_centre(), Device.Kind.BOARD)
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert client.get(page("device", centre, pk=other.pk)).status_code == 404
    assert client.post(page("device_revoke", centre, pk=other.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_a_fixed_number_of_queries(client, centre, rows, django_assert_num_queries):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    for number in range(rows):
        a_device(centre, Device.Kind.BOARD)
        actions.count_passages(
            site=centre.sites.get(), key=uuid4(), count=1, at=NOON, counted_at=NOON - timedelta(hours=number)
        )
    with django_assert_num_queries(4):
        client.get(page("passages", centre))
    with django_assert_num_queries(5):
        client.get(page("devices", centre))
