"""The page of the demonstration: there only where one was made, for director and administrator."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Centre
from parvis.demonstration.actions import set_clock
from parvis.demonstration.models import Demonstration
from parvis.demonstration.setting import set_up
from parvis.reception.factories import a_seat, a_ticket

pytestmark = pytest.mark.django_db
ELEVEN = datetime(2026, 3, 3, 10, 5, tzinfo=UTC)  # in Paris, five past


@pytest.fixture
def centre():
    set_up(today=ELEVEN.date(), at=ELEVEN, language="en")
    found = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    Centre.objects.update(is_demonstration=True)
    set_clock(centre=found, shows=ELEVEN, speed=0, real=timezone.now())
    Demonstration.objects.create(
        centre=found, seed="s", played_until=ELEVEN, player="me", player_seen_at=timezone.now()
    )
    return found


@pytest.fixture
def director(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    return client


def address(centre, name="page"):
    return reverse(f"demonstration:{name}", args=[centre.slug])


def test_clock_speeds_jumps_and_accounts(director, centre):
    a_ticket(centre.themes.all()[0], ELEVEN)
    page = director.get(address(centre)).content.decode()
    assert ">11:05<" in page
    assert "Time stands still." in page
    assert "<dt>Waiting</dt><dd>1</dd>" in page
    assert ">11:00<" not in page  # has passed
    assert ">14:00<" in page
    assert "After closing" in page
    assert "Wednesday morning" in page
    assert "reception@rivemont.example" in page
    assert "coordinator@rivemont.example" in page
    assert "robots-01" not in page


def test_the_clock_alone(director, centre):
    part = director.get(address(centre, "now")).content.decode()
    assert "11:05" in part
    assert "<h1" not in part


def test_faster_then_a_jump_then_no_way_back(director, centre):
    assert director.post(address(centre, "speed"), {"speed": "60"}).status_code == 302
    assert Centre.objects.get(pk=centre.pk).clock_speed == 60
    assert director.post(address(centre, "speed"), {"speed": "7"}).status_code == 302
    assert Centre.objects.get(pk=centre.pk).clock_speed == 60
    director.post(address(centre, "jump"), {"to": "2026-03-03T14:00:00+0100"})
    assert Demonstration.objects.get().jump_to == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
    page = director.post(address(centre, "jump"), {"to": "2026-03-03T09:00:00+0100"}, follow=True)
    assert "Time only goes forward here, too." in page.content.decode()
    director.post(address(centre, "jump"), {"to": "soon"})
    assert Demonstration.objects.get().jump_to == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)


def test_it_says_when_nobody_plays(director, centre):
    Demonstration.objects.update(player_seen_at=timezone.now() - timedelta(minutes=5))
    assert "Nobody plays at the moment" in director.get(address(centre)).content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.RECEPTIONIST, 403)])
def test_who_may(client, centre, role, status):
    client.force_login(a_person(role, centre=centre))
    assert client.get(address(centre)).status_code == status
    assert client.post(address(centre, "speed"), {"speed": "10"}).status_code == (
        302 if status == 200 else 403
    )


def test_somebody_of_another_centre_finds_nothing(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(address(centre)).status_code == 404


def test_in_a_real_centre_there_is_no_such_page_and_no_such_entry(client):
    real = a_centre()
    client.force_login(a_person(Role.DIRECTOR, centre=real))
    assert client.get(address(real)).status_code == 404
    assert client.post(address(real, "speed"), {"speed": "60"}).status_code == 404
    assert "/demonstration/" not in client.get(reverse("centres:team", args=[real.slug])).content.decode()


def test_the_menu_leads_there(director, centre):
    assert address(centre) in director.get(reverse("centres:team", args=[centre.slug])).content.decode()


def test_the_same_queries_however_many_are_there(director, centre):
    theme, asked = centre.themes.all()[0], []
    desks = list(centre.sites.get().spaces.get(kind="interviews").desks.all())
    for more in (desks[:1], desks[1:3]):
        for desk in more:
            a_ticket(theme, ELEVEN)
            a_seat([theme], ELEVEN, desk=desk)
        director.get(address(centre, "now"))
        with CaptureQueriesContext(connection) as queries:
            director.get(address(centre, "now"))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 7


def test_nothing_on_the_page_needs_a_script_to_be_evaluated(director, centre):
    """The strict Content-Security-Policy refuses htmx's trigger filters: ``every 1s [condition]``."""
    page = director.get(address(centre)).content.decode()
    assert 'hx-trigger="every 1s"' in page
