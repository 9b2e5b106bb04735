"""The first page: what Parvis is, or where one works."""

from __future__ import annotations

import pytest

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Assignment, Centre, Network


@pytest.fixture
def ana(db):
    return User.objects.create_user("ana@example.org", "long enough to be a phrase", name="Ana")


def centre(slug: str) -> Centre:
    network, _made = Network.objects.get_or_create(slug="n", name="Network")
    return Centre.objects.create(network=network, slug=slug, name=slug.title(), service_model="ohjaamo")


@pytest.mark.django_db
def test_a_stranger_is_welcome_and_sees_the_way_in(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/").content.decode()
    assert "Nobody asks who you are" in page
    assert "/account/login/" in page


@pytest.mark.django_db
def test_the_first_page_speaks_french(client):
    page = client.get("/", headers={"accept-language": "fr-BE,fr;q=0.9"}).content.decode()
    assert 'lang="fr"' in page
    assert "Nobody asks" not in page


def test_somebody_without_a_centre_learns_what_to_do(client, ana):
    client.force_login(ana)
    assert "Ask a director to invite you" in client.get("/").content.decode()


def test_a_person_sees_only_their_centres_and_roles(client, ana):
    here, _elsewhere = centre("lyon"), centre("turku")
    Assignment.objects.create(person=ana, role=Role.ADVISER, centre=here)
    client.force_login(ana)
    page = client.get("/").content.decode()
    assert "Hello, Ana" in page
    assert "Lyon" in page
    assert "Adviser" in page
    assert "Turku" not in page


def test_a_coordinator_sees_every_centre_of_the_network(client, ana):
    here, there = centre("lyon"), centre("turku")
    Assignment.objects.create(person=ana, role=Role.NETWORK_COORDINATOR, network=here.network)
    client.force_login(ana)
    page = client.get("/").content.decode()
    assert here.name in page
    assert there.name in page


def test_three_centres_cost_as_many_queries_as_one(client, ana, django_assert_num_queries):
    client.force_login(ana)
    for slug in ("lyon", "turku", "porto"):
        Assignment.objects.create(person=ana, role=Role.DIRECTOR, centre=centre(slug))
        with django_assert_num_queries(
            5
        ):  # session with person, roles, centres, may one open another, nights
            client.get("/")


def test_who_set_parvis_up_may_open_the_first_centre(client, db):
    client.force_login(User.objects.create_superuser("first@example.org", name="First"))
    assert "/centres/new/" in client.get("/").content.decode()


def test_an_adviser_may_not_open_another_centre(client, ana):
    Assignment.objects.create(person=ana, role=Role.ADVISER, centre=centre("lyon"))
    client.force_login(ana)
    assert "/centres/new/" not in client.get("/").content.decode()
